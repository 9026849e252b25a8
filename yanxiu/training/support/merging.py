"""Merge two tickets of one person: what was asked twice is answered once.

Rule: docs/rules/desk.md.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from yanxiu.training.people.models import Person
from yanxiu.training.support import listing, refusals, tickets
from yanxiu.training.support.models import Closure, Merge, Ticket
from yanxiu.training.trail import entries


def candidates(ticket: Ticket) -> QuerySet[Ticket]:
    """Return the other tickets of the same person that have not ended, the latest first."""
    ended = Closure.objects.filter(ticket=OuterRef("pk"), undone_at=None)
    hers = listing.told().filter(~Exists(ended), person_id=ticket.person_id)
    return hers.exclude(pk=ticket.pk).order_by("-opened_at", "-id")


@transaction.atomic
def merge(ticket: Ticket, into: Ticket, *, by: Person, at: datetime) -> None:
    """Let a ticket go on in another one of the same person, which waits as long as either.

    Raises `NotOnePersons`, `HasMerged`, `AlreadyTaken`, `OwnTicket` or `TicketClosed`.
    """
    if ticket.pk == into.pk or ticket.person_id != into.person_id:
        raise refusals.NotOnePersons
    # In one order, so that two who merge both ways wait for each other and never in a circle.
    for each in sorted((ticket, into), key=lambda one: one.pk):
        tickets.open_for_agent(each, by=by, at=at)
    if Merge.objects.filter(into=ticket).exists():
        raise refusals.HasMerged
    waits = [each.waits_since for each in Ticket.objects.filter(pk__in=(ticket.pk, into.pk))]
    since = min((each for each in waits if each), default=None)
    Merge.objects.create(ticket=ticket, into=into, by=by, at=at)
    sentence = _("已并入工单 %(number)s，请在那里继续。") % {"number": into.number}
    tickets.end(ticket, Closure.Code.DUPLICATE, sentence, by=by, at=at)
    Ticket.objects.filter(pk=into.pk).update(waits_since=since)
    _note(ticket, into, by=by, at=at)


def _note(ticket: Ticket, into: Ticket, *, by: Person, at: datetime) -> None:
    detail: dict[str, object] = {"number": ticket.number, "into": str(into.id)}
    subject = ("ticket", ticket.id)
    entries.record("ticket_merged", subject=subject, by=by.id, at=at, detail=detail)
