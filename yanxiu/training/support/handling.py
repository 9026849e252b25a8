"""Let agents take tickets, hand them over, and put them back: one agent a ticket."""

from datetime import datetime

from django.db import IntegrityError, transaction

from yanxiu.training.people.models import Person
from yanxiu.training.support import refusals
from yanxiu.training.support.models import Closure, Handling, Ticket
from yanxiu.training.trail import entries


@transaction.atomic
def take(ticket: Ticket, *, by: Person, at: datetime) -> Handling:
    """Take a ticket in hand; raises `OwnTicket`, `TicketClosed` or `AlreadyTaken`."""
    _check(ticket, by)
    try:
        with transaction.atomic():
            taken = Handling.objects.create(ticket=ticket, agent=by, since=at)
    except IntegrityError as error:
        raise refusals.AlreadyTaken from error
    _note("ticket_taken", ticket, by=by, at=at)
    return taken


@transaction.atomic
def hand_over(ticket: Ticket, to: Person, *, by: Person, at: datetime) -> Handling:
    """Hand a ticket of one's own hand to another agent; raises `NotInHand` or `OwnTicket`."""
    _check(ticket, to)
    put_back(ticket, by=by, at=at)
    handed = Handling.objects.create(ticket=ticket, agent=to, since=at)
    _note("ticket_handed_over", ticket, by=by, at=at, to=str(to.id))
    return handed


@transaction.atomic
def put_back(ticket: Ticket, *, by: Person, at: datetime) -> None:
    """Put a ticket back into the queue; raises `NotInHand` where one does not have it."""
    if not Handling.objects.filter(ticket=ticket, agent=by, until=None).update(until=at):
        raise refusals.NotInHand
    _note("ticket_put_back", ticket, by=by, at=at)


def _check(ticket: Ticket, agent: Person) -> None:
    if ticket.person_id == agent.id:
        raise refusals.OwnTicket
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    if Closure.objects.filter(ticket=ticket, undone_at=None).exists():
        raise refusals.TicketClosed


def _note(verb: str, ticket: Ticket, *, by: Person, at: datetime, **detail: object) -> None:
    entries.record(verb, subject=("ticket", ticket.id), by=by.id, at=at, detail=detail)
