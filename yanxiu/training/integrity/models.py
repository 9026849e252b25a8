"""Lay out doubts and what came of them: a doubt is a fact that was found, never a verdict.

`path` is the school's place in the tree when a doubt was found: whose officers look at it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.learning.models import SpansField

TEXT_MOST = 2_000
SENTENCE_MOST = 400


class Doubt(models.Model):
    """Be a fact about somebody's watching on a day that an officer may want to look at.

    Found by the numbers of docs/rules/doubts.md; `facts` holds what was found, as it was then. It
    changes nothing by itself.
    """

    class Kind(models.TextChoices):
        """Name what was found."""

        PLAYERS = "players", _("多处同时播放")
        HASTE = "haste", _("持续超出可认定速度")
        BURST = "burst", _("长时间无记录后集中补传")
        NIGHT = "night", _("整夜连续观看")
        DEVICE = "device", _("一台设备多人交替学习")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person_id = models.UUIDField()
    training_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    found_at = models.DateTimeField()
    path = models.CharField(max_length=60, db_collation="C")
    facts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "training_id", "kind", "on"], name="integrity_doubt_once"
            ),
        ]
        indexes = [models.Index(fields=["path", "found_at"], name="integrity_doubts_of_branch")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Clearance(models.Model):
    """Be an officer's word that there is nothing behind a doubt, and why."""

    doubt = models.OneToOneField(
        Doubt, primary_key=True, on_delete=models.PROTECT, related_name="clearance"
    )
    sentence = models.CharField(max_length=SENTENCE_MOST)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.doubt_id)


class Hold(models.Model):
    """Say that somebody's hours of a training are not recognised for now, by whom and why.

    Recording goes on and nothing is deleted. `level` and `node` name the office that placed it;
    one that was lifted by a `Lift` is `lifted_at` an instant.
    """

    class Reason(models.TextChoices):
        """Name why hours are held, as the teacher reads it."""

        NOT_HERSELF = "not_herself", _("疑似由他人代为学习")
        FOR_OTHERS = "for_others", _("疑似一人代多人学习")
        BY_PROGRAM = "by_program", _("疑似由程序代替观看")
        UNEXPLAINED = "unexplained", _("学习记录需要说明")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person_id = models.UUIDField()
    training_id = models.UUIDField()
    doubt = models.ForeignKey(Doubt, on_delete=models.PROTECT, related_name="holds")
    path = models.CharField(max_length=60, db_collation="C")
    level = models.CharField(max_length=10)
    node = models.CharField(max_length=60)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    sentence = models.CharField(max_length=SENTENCE_MOST)
    by_id = models.UUIDField()
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "training_id"],
                condition=models.Q(lifted_at=None),
                name="integrity_one_hold",
            ),
        ]
        indexes = [
            models.Index(fields=["path", "at"], name="integrity_holds_of_branch"),
            models.Index(fields=["person_id", "at"], name="integrity_holds_of_person"),
            models.Index(fields=["at"], name="integrity_held_at"),
            models.Index(fields=["lifted_at"], name="integrity_lifted_at"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Appeal(models.Model):
    """Be a teacher's word against a hold; one that was answered, or is needless, is settled."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="appeals")
    text = models.CharField(max_length=TEXT_MOST)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hold"], condition=models.Q(settled_at=None), name="integrity_one_appeal"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AppealAnswer(models.Model):
    """Be the answer of an office above the one that placed the hold, with its reasons."""

    class Outcome(models.TextChoices):
        """Name the answers."""

        GRANTED = "granted", _("解除暂缓认定")
        UPHELD = "upheld", _("维持暂缓认定")

    appeal = models.OneToOneField(
        Appeal, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    sentence = models.CharField(max_length=SENTENCE_MOST)
    level = models.CharField(max_length=10)
    node = models.CharField(max_length=60)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.outcome}"


class Lift(models.Model):
    """Say that a hold has ended, by which office and why: every second counts again."""

    hold = models.OneToOneField(
        Hold, primary_key=True, on_delete=models.PROTECT, related_name="lift"
    )
    sentence = models.CharField(max_length=SENTENCE_MOST)
    node = models.CharField(max_length=60)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.hold_id)


class AppealDraft(models.Model):
    """Hold what a teacher has begun to write against a hold and not sent."""

    hold = models.OneToOneField(
        Hold, primary_key=True, on_delete=models.CASCADE, related_name="draft"
    )
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.hold_id)


class Lending(models.Model):
    """Say that a player was lent a lease: to whom, for which lesson, on which device.

    Evidence for a month; written by the page that lends, never by a beat. `device` is the
    fingerprint of the mark that a browser keeps, None where it keeps none; no network is noted.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.UUIDField()
    id = models.UUIDField(default=ids.uuid7)
    training_id = models.UUIDField()
    lesson_id = models.UUIDField()
    player = models.CharField(max_length=64)
    device = models.BinaryField(max_length=32, null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="integrity_lent_at")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at}"


class Presence(models.Model):
    """Say in which minutes of a day in China somebody's watching was seen, by samples.

    Every ten minutes a job looks at who has been watching: `seen` holds the tens of minutes, of
    them `short` those in which all that time allows was used up, and `several` those in which four
    lessons or more moved at once. Evidence for a month.
    """

    pk = models.CompositePrimaryKey("person_id", "on")
    person_id = models.UUIDField()
    on = models.DateField()
    seen = SpansField()
    short = SpansField()
    several = SpansField()

    class Meta:
        indexes = [models.Index(fields=["on", "person_id"], name="integrity_seen_on")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"
