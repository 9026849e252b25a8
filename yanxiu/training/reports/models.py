"""Lay out what officers read: how each teacher stands, and how each node stands at an instant.

All of it is computed from the rows of other domains and can be thrown away and made again.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids


class Standing(models.Model):
    """Hold how a person stands in a training, at the post that her school answers for."""

    pk = models.CompositePrimaryKey("training_id", "person_id")
    training_id = models.UUIDField()
    person_id = models.UUIDField()
    path = models.CharField(max_length=60, db_collation="C")
    name = models.CharField(max_length=60)
    verified_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    enrolled_at = models.DateTimeField(null=True)
    learned_s = models.PositiveIntegerField(default=0)
    recognised_s = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    certified_at = models.DateTimeField(null=True)
    # While hours are held nothing is recognised; `completed_at` says when they were earned.
    held_since = models.DateTimeField(null=True)
    held_s = models.PositiveIntegerField(default=0)

    class Meta:
        # In the order of the list of teachers, so that a page of any branch is read off it.
        indexes = [
            models.Index(
                fields=["training_id", "path", "name", "person_id"], name="reports_standing_list"
            ),
            # Whoever may claim a certificate and has not: few of all.
            models.Index(
                fields=["training_id", "person_id"],
                condition=models.Q(
                    enrolled_at__isnull=False,
                    verified_at__isnull=False,
                    completed_at__isnull=False,
                    certified_at=None,
                ),
                name="reports_standing_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_id} {self.person_id}"


class Figures(models.Model):
    """Hold a node's numbers in a training as of an instant; `on` keeps one row a day for charts."""

    pk = models.CompositePrimaryKey("training_id", "path", "on")
    training_id = models.UUIDField()
    path = models.CharField(max_length=60, db_collation="C")
    on = models.DateField()
    as_of = models.DateTimeField()
    registered = models.PositiveIntegerField()
    verified = models.PositiveIntegerField()
    enrolled = models.PositiveIntegerField()
    learning = models.PositiveIntegerField()
    complete = models.PositiveIntegerField()
    certified = models.PositiveIntegerField()
    laggards = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    # A version that serves meanwhile knows nothing of it: it writes a row without.
    held = models.PositiveIntegerField(default=0, db_default=0)
    held_s = models.PositiveBigIntegerField(default=0, db_default=0)
    oldest_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.path} {self.on}"


class Roll(models.Model):
    """Be one run of the roll: of when the numbers are, and how many did not add up before it.

    `people` is how many persons it looked at, None for everybody.
    """

    at = models.DateTimeField(primary_key=True)
    took_ms = models.PositiveIntegerField()
    people = models.PositiveIntegerField(null=True)
    differences = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.at)


class Export(models.Model):
    """Be a file that an officer asked for, made by a job, for as long as her grant holds.

    `kind` names an entry of `reports.kinds`; `wanted` holds the filters as they stood in the
    address; `path` is the node it covers. `done` rows are gathered and `after` says where the last
    batch ended; `bound` of them are in the file.
    """

    class Why(models.TextChoices):
        """Name why an export was stopped."""

        CANCELLED = "cancelled", _("已停止")
        RIGHT = "right", _("管理权限已收回，已停止")
        SCOPE = "scope", _("发现超出范围的数据，已停止")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    kind = models.CharField(max_length=20)
    by_id = models.UUIDField()
    grant_id = models.UUIDField()
    path = models.CharField(max_length=60, db_collation="C")
    wanted = models.JSONField(default=dict)
    token = models.CharField(max_length=22, unique=True)
    at = models.DateTimeField()
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    after = models.CharField(max_length=60, blank=True)
    is_gathered = models.BooleanField(default=False)
    bound = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    why_stopped = models.CharField(max_length=10, choices=Why.choices, blank=True)
    expires_at = models.DateTimeField(null=True)
    filename = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by_id", "-at"], name="reports_exports")]

    def __str__(self) -> str:
        return str(self.id)


class ExportPart(models.Model):
    """Hold a sealed piece of an export: a batch of rows while it is made, then the file itself."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    is_file = models.BooleanField()
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["export", "is_file", "number"], name="reports_part_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.export_id} {self.number}"


class Reminder(models.Model):
    """Be one call on the laggards of a node: by whom, how many were due, how many were told.

    `node` is what the node was called then; persons up to `after` have been gone through.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    training_id = models.UUIDField()
    path = models.CharField(max_length=60, db_collation="C")
    node = models.CharField(max_length=120)
    by_id = models.UUIDField()
    grant_id = models.UUIDField()
    at = models.DateTimeField()
    total = models.PositiveIntegerField()
    people = models.PositiveIntegerField(default=0)
    after = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["training_id", "path", "-at"], name="reports_reminders")]

    def __str__(self) -> str:
        return str(self.id)


class Reminded(models.Model):
    """Say when a person was last reminded of a training: nobody is called twice in a few days."""

    pk = models.CompositePrimaryKey("training_id", "person_id")
    training_id = models.UUIDField()
    person_id = models.UUIDField()
    at = models.DateTimeField()
    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="reports_reminded_person")]

    def __str__(self) -> str:
        return f"{self.training_id} {self.person_id}"
