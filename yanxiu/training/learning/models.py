"""Lay out what watching leaves: an allowance a person, coverage a lesson, completions.

The person is the first key column and nothing points elsewhere, so that the tables can be
distributed over machines by person.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class SpansField(models.Field[str, str]):
    """Hold media time as a set of half-open millisecond spans (int4multirange, as its text)."""

    def db_type(self, connection: object) -> str:
        """Name the column's type in PostgreSQL."""
        del connection
        return "int4multirange"

    def select_format(
        self, compiler: object, sql: str, params: tuple[str | int, ...]
    ) -> tuple[str, tuple[str | int, ...]]:
        """Read the set as text: drivers disagree about multiranges."""
        del compiler
        return f"{sql}::text", params

    def get_placeholder_sql(
        self, value: str, compiler: object, connection: object
    ) -> tuple[str, tuple[str, ...]]:
        """Write the set from text."""
        del compiler, connection
        return "%s::int4multirange", (value,)


class Pulse(models.Model):
    """Say what a process that takes beats did in a few seconds; swept after some days.

    `beats`, `refused` and `faults` count by name what became of beats, spans and requests;
    `commits` how long writing a batch took, in the buckets of `quantiles.BOUNDS_S` and one more.
    """

    pk = models.CompositePrimaryKey("process_id", "at")
    process_id = models.UUIDField()
    at = models.DateTimeField()
    over_ms = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    place = models.CharField(max_length=80)
    beats = models.JSONField()
    refused = models.JSONField()
    faults = models.JSONField()
    commits = models.JSONField()
    batches = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    beat_every_s = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="learning_pulse_at")]

    def __str__(self) -> str:
        return f"{self.place} {self.at}"


class Allowance(models.Model):
    """Hold how much media time a person may still be credited with now: one clock a person."""

    person_id = models.UUIDField(primary_key=True)
    balance_ms = models.BigIntegerField()
    at = models.DateTimeField()
    version = models.BigIntegerField()
    player = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.person_id)


class Coverage(models.Model):
    """Hold which milliseconds of a lesson a person has watched, and where she stopped."""

    pk = models.CompositePrimaryKey("person_id", "lesson_id")
    person_id = models.UUIDField()
    lesson_id = models.UUIDField()
    media_version = models.PositiveSmallIntegerField()
    covered = SpansField()
    position_ms = models.PositiveIntegerField()
    touched_at = models.DateTimeField()
    # As whom she watches it: the identity of the time when half of it was not yet watched.
    identity_version = models.PositiveSmallIntegerField(null=True)
    # Nothing past it counts before a question is answered; null where none were ever placed.
    gate_ms = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id}"


class Completion(models.Model):
    """Be the award: a person has watched a lesson completely, once and for good.

    Rows are only added, so that a few bytes a page tell where those of an hour lie.
    """

    pk = models.CompositePrimaryKey("person_id", "lesson_id")
    person_id = models.UUIDField()
    lesson_id = models.UUIDField()
    media_version = models.PositiveSmallIntegerField()
    completed_at = models.DateTimeField()
    credited_s = models.PositiveIntegerField()
    # Who she was when she watched; null where she had given no name yet, or before it was kept.
    identity_version = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            BrinIndex(fields=["completed_at"], pages_per_range=16, name="learning_completion_when")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id}"


class Question(models.Model):
    """Be what was asked of a person at a gate of a lesson: words, of which one is right.

    `place` counts the gates of the lesson, `turn` the questions at one gate.
    """

    pk = models.CompositePrimaryKey("person_id", "lesson_id", "place", "turn")
    person_id = models.UUIDField()
    lesson_id = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    turn = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    choices = models.JSONField()
    right = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.place}.{self.turn}"


class Reply(models.Model):
    """Be what a person answered to a question, once and for good."""

    pk = models.CompositePrimaryKey("person_id", "lesson_id", "place", "turn")
    person_id = models.UUIDField()
    lesson_id = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    turn = models.PositiveIntegerField()
    choice = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.place}.{self.turn}"


class Viewing(models.Model):
    """Say that a student has looked at a lesson, and for how long: it earns nothing.

    Kept apart from what teachers earn, so that it can be put away and deleted.
    """

    pk = models.CompositePrimaryKey("person_id", "lesson_id")
    person_id = models.UUIDField()
    lesson_id = models.UUIDField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    watched_s = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id}"
