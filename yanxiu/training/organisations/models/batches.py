"""Lay out what an officer answered at once, so that the outcome of each row can be read again."""

from django.db import models

from yanxiu.foundation import ids
from yanxiu.training.organisations.models.posts import Decision
from yanxiu.training.people.models import Person


class Batch(models.Model):
    """Be one answer to many requests; its id comes with the form, so that it is given only once.

    `answers` holds for each request [id, code, facts]: what stood against it, "" where nothing did.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Decision.Outcome.choices)
    reason = models.CharField(max_length=20, choices=Decision.Reason.choices, blank=True)
    sentence = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="organisations_batches")]

    def __str__(self) -> str:
        return str(self.id)
