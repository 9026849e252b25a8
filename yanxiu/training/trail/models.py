"""Keep one row for every act; rows are only ever added."""

from django.db import models


class Entry(models.Model):
    """Say who did what to whom, and when; ids are plain values that outlive their rows."""

    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="trail_subject"),
            models.Index(fields=["actor_id", "id"], name="trail_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"
