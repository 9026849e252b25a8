"""Lay out what people are told."""

from django.db import models

from yanxiu.foundation import ids
from yanxiu.training.people.models import Person


class Notice(models.Model):
    """Be one thing that a person is told; its sentence is made from `kind` and `facts` on reading.

    `link` is the path where she can do something about it, empty where there is nothing to do.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="notices_of_person")]

    def __str__(self) -> str:
        return self.kind
