"""Keep one row for every act; rows are only ever added."""

from django.db import models


class Entry(models.Model):
    """Say who did what to whom, and when; ids are plain values that outlive their rows.

    `path` is the node of the tree that the act belongs to: whoever serves it or above reads it.
    """

    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    path = models.CharField(max_length=60, blank=True, default="", db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="trail_subject"),
            models.Index(fields=["actor_id", "id"], name="trail_actor"),
            models.Index(fields=["path", "id"], name="trail_path"),
            models.Index(fields=["at", "id"], name="trail_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"
