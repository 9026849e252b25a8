"""Lay out the account of everybody's hours: entries that only grow, and what officers amend.

The ledger has the person as its first key column and points nowhere, so that it can be distributed
over machines by person.
"""

from django.db import models

from yanxiu.foundation import ids

SENTENCE_MOST = 200


class LedgerEntry(models.Model):
    """Be one line of a person's account of hours; never changed, set right by a later line.

    `award` follows a completion, `reversal` and `adjust` take from and add to what a course has
    learned, `kept` says how much of a course stays recognised though a new rulebook's cap is lower.
    `at` is when it came about; `mark` seals the line together with the one before it.
    """

    class Kind(models.TextChoices):
        """Name what a line does."""

        AWARD = "award"
        REVERSAL = "reversal"
        ADJUST = "adjust"
        KEPT = "kept"

    pk = models.CompositePrimaryKey("person_id", "number")
    person_id = models.UUIDField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    training_id = models.UUIDField()
    course_id = models.UUIDField()
    lesson_id = models.UUIDField(null=True)
    media_version = models.PositiveSmallIntegerField(null=True)
    rulebook_version = models.PositiveSmallIntegerField()
    identity_version = models.PositiveSmallIntegerField(null=True)
    seconds = models.IntegerField()
    cause = models.CharField(max_length=80)
    sentence = models.CharField(max_length=SENTENCE_MOST, default="")
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    mark = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "lesson_id"],
                condition=models.Q(kind="award"),
                name="credits_award_once",
            ),
            # Lines that are no awards are few; this is also how pages find them.
            models.UniqueConstraint(
                fields=["person_id", "cause"],
                condition=~models.Q(kind="award"),
                name="credits_cause_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=~models.Q(kind="award"), name="credits_changed_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"


class LedgerMark(models.Model):
    """Say up to which instant completions have been written into the ledger, and what was checked.

    One row a task, `name`; `after` is the last person of a walk that is under way.
    """

    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField()
    after = models.UUIDField(null=True)
    found = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.at}"


class Amendment(models.Model):
    """Be an officer's word that a teacher's seconds in a course are wrong; another confirms it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person_id = models.UUIDField()
    training_id = models.UUIDField()
    course_id = models.UUIDField()
    seconds = models.IntegerField()
    sentence = models.CharField(max_length=SENTENCE_MOST)
    path = models.CharField(max_length=60, db_collation="C")
    by_id = models.UUIDField()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "course_id"],
                condition=models.Q(answered_at=None),
                name="credits_one_amendment",
            ),
        ]
        indexes = [
            models.Index(fields=["path", "-at"], name="credits_amendments"),
            models.Index(fields=["person_id"], name="credits_amendments_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AmendmentAnswer(models.Model):
    """Be the second officer's word on an amendment, once: confirmed, declined or taken back."""

    class Outcome(models.TextChoices):
        """Name what became of it."""

        CONFIRMED = "confirmed"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    amendment = models.OneToOneField(
        Amendment, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    sentence = models.CharField(max_length=SENTENCE_MOST, default="")
    by_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.outcome}"
