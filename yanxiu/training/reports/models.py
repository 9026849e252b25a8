"""Lay out what officers read: how each teacher stands, and how each node stands at an instant.

All of it is computed from the rows of other domains and can be thrown away and made again.
"""

from django.db import models

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

    class Meta:
        indexes = [models.Index(fields=["training_id", "path"], name="reports_standing_path")]

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
    oldest_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.path} {self.on}"


class Export(models.Model):
    """Be a file that an officer asked for, made by a job, with the grant's scope sealed into it.

    `wanted` holds the filters as they stood in the address; `path` is the node it covers.
    """

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
    finished_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    filename = models.CharField(max_length=200, blank=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["by_id", "-at"], name="reports_exports")]

    def __str__(self) -> str:
        return str(self.id)


class Reminder(models.Model):
    """Be one call on laggards: who was reminded, by whom, so that nobody is called twice a day."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    training_id = models.UUIDField()
    path = models.CharField(max_length=60, db_collation="C")
    by_id = models.UUIDField()
    at = models.DateTimeField()
    people = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["training_id", "path", "-at"], name="reports_reminders")]

    def __str__(self) -> str:
        return str(self.id)
