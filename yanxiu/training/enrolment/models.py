"""Lay out who takes part in which training."""

from django.db import models

from yanxiu.foundation import ids
from yanxiu.training.catalogue.models import Training
from yanxiu.training.people.models import Person


class Enrolment(models.Model):
    """Say that a person takes part in a training, since when; watching needs it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "training"], name="enrolment_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Turned(models.Model):
    """Remember who was turned away for her school's type, to tell her when that is mended."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="+")
    school_id = models.UUIDField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "training", "school_id"],
                condition=models.Q(told_at=None),
                name="enrolment_turned_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school_id"],
                condition=models.Q(told_at=None),
                name="enrolment_turned_at_school",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
