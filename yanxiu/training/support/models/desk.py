"""Lay out who answers at the help desk, with what words, and at whom each has looked.

Rule: docs/rules/desk.md.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import ids
from yanxiu.training.people.models import Person
from yanxiu.training.support.models.tickets import Ticket


class Agent(models.Model):
    """Be a right: this person answers at the help desk, from then until then.

    Without `given_by` it was given by whoever holds the database.
    """

    class Role(models.TextChoices):
        """Name what agents may do: a lead also says who answers, and with what words."""

        AGENT = "agent", _("客服")
        LEAD = "lead", _("客服组长")

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="desk_rights")
    role = models.CharField(max_length=10, choices=Role.choices)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="support_one_right"
            )
        ]

    def __str__(self) -> str:
        return self.role


class CannedAnswer(models.Model):
    """Be words that agents may begin an answer with; changed ones are a new row.

    `topic` says for which tickets they are offered first, "" for all alike.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    title = models.CharField(max_length=30)
    topic = models.CharField(max_length=20, choices=Ticket.Topic.choices, blank=True)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title"], condition=models.Q(ended_at=None), name="support_one_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Look(models.Model):
    """Say that an agent opened what a person sees, on a day in China; rows are only ever added.

    `ticket` is the one that it was opened from; without it she had been searched for, and without
    `person` nobody was found.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "on", "person", "ticket"],
                condition=models.Q(person__isnull=False),
                nulls_distinct=False,
                name="support_one_look_a_day",
            )
        ]
        indexes = [models.Index(fields=["agent", "on"], name="support_looks_of_day")]

    def __str__(self) -> str:
        return str(self.id)


class Merge(models.Model):
    """Say that a ticket goes on in another one of the same person; rows are only ever added."""

    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.PROTECT, related_name="merge"
    )
    into = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="merged")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.into_id}"
