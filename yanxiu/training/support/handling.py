"""Let agents take tickets, hand them over, and put them back: one agent a ticket."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from yanxiu.training.notices import notes
from yanxiu.training.people.models import Person
from yanxiu.training.support import agents, refusals
from yanxiu.training.support.models import Closure, Handling, Ticket
from yanxiu.training.trail import entries


@transaction.atomic
def take(ticket: Ticket, *, by: Person, at: datetime) -> Handling:
    """Take a ticket in hand, again for who has it; raises as `_check` does, or `AlreadyTaken`."""
    _check(ticket, by)
    return ensure(ticket, by=by, at=at)


def ensure(ticket: Ticket, *, by: Person, at: datetime) -> Handling:
    """Return that an agent has this ticket, which is taken where nobody has it.

    Runs in its caller's transaction, which holds the ticket. Raises `AlreadyTaken`.
    """
    taken = Handling.objects.filter(ticket=ticket, until=None).first()
    if taken is None:
        taken = Handling.objects.create(ticket=ticket, agent=by, since=at)
        _note("ticket_taken", ticket, by=by, at=at)
    elif taken.agent_id != by.id:
        raise refusals.AlreadyTaken(agent=agents.name_of(taken.agent_id))
    return taken


def take_next(*, by: Person, at: datetime) -> Ticket | None:
    """Take what has waited longest and is not her own; None where nothing waits.

    Agents who press at once each get another one.
    """
    held = Handling.objects.filter(ticket=OuterRef("pk"), until=None)
    queue = Ticket.objects.filter(~Exists(held), waits_since__isnull=False).exclude(person=by)
    with transaction.atomic():
        ordered = queue.order_by("waits_since", "id")
        found = ordered.select_for_update(skip_locked=True, of=("self",)).first()
        if found:
            ensure(found, by=by, at=at)
    return found


@transaction.atomic
def hand_over(ticket: Ticket, to: Person, *, by: Person, at: datetime) -> Handling:
    """Hand a ticket of one's own hand to another agent, who is told.

    Raises `NotInHand`, `NoAgent`, or as `_check` does.
    """
    _check(ticket, to)
    if agents.held(to.id, at=at) is None:
        raise refusals.NoAgent
    _let_go(ticket, by=by, at=at)
    handed = Handling.objects.create(ticket=ticket, agent=to, since=at)
    facts = {"agent": agents.name_of(by.id), "title": ticket.title}
    notes.tell(to.id, "ticket_received", facts=facts, link=f"/desk/tickets/{ticket.pk}/", at=at)
    _note("ticket_handed_over", ticket, by=by, at=at, to=str(to.id))
    return handed


@transaction.atomic
def put_back(ticket: Ticket, *, by: Person, at: datetime) -> None:
    """Put a ticket back into the queue; raises `NotInHand` where one does not have it."""
    _let_go(ticket, by=by, at=at)
    _note("ticket_put_back", ticket, by=by, at=at)


def _let_go(ticket: Ticket, *, by: Person, at: datetime) -> None:
    held = Handling.objects.filter(ticket=ticket, agent=by, until=None)
    taken = held.select_for_update().first()
    if taken is None:
        raise refusals.NotInHand
    Handling.objects.filter(pk=taken.pk).update(until=at)


def _check(ticket: Ticket, agent: Person) -> None:
    """Hold a ticket still; raise `OwnTicket` or `TicketClosed`."""
    if ticket.person_id == agent.id:
        raise refusals.OwnTicket
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    if Closure.objects.filter(ticket=ticket, undone_at=None).exists():
        raise refusals.TicketClosed


def _note(verb: str, ticket: Ticket, *, by: Person, at: datetime, **detail: object) -> None:
    told = {"number": ticket.number} | detail
    entries.record(verb, subject=("ticket", ticket.id), by=by.id, at=at, detail=told)
