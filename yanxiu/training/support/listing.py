"""Read tickets as lists show them: a person's own, what waits for the desk, what an agent has.

`Row.waited` is counted in hours that are worked: docs/rules/opening-hours.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)

from yanxiu.training.people.models import Identity
from yanxiu.training.support import line, opening
from yanxiu.training.support.models import Closure, Handling, Ticket

PAGE = 20


class State(StrEnum):
    """Name whose turn it is."""

    WAITING = "waiting"
    IN_HAND = "in_hand"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a ticket with whose turn it is, who has it, and how long its owner has waited.

    `agent` is the name of who has it, for her colleagues alone.
    """

    ticket: Ticket
    state: State
    agent_id: UUID | None
    agent: str
    closed: str
    last_word: str
    waited: timedelta


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of tickets; `onward` is where the next one begins, None at the end."""

    rows: list[Row]
    onward: UUID | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Hold how many tickets wait, since when, and how many an agent has in hand.

    `waited` is the longest wait in hours that are worked.
    """

    waiting: int
    waited: timedelta
    mine: int


def told() -> QuerySet[Ticket]:
    """Return tickets with what their state hangs on.

    `agent_id` and `agent` are who has each in hand, `closed` the code of its end, `last_word` the
    sentence that was said then.
    """
    hand = Handling.objects.filter(ticket=OuterRef("pk"), until=None)
    named = Identity.objects.filter(person=OuterRef("agent_id"), until=None).values("name")[:1]
    end = Closure.objects.filter(ticket=OuterRef("pk"), undone_at=None)
    return Ticket.objects.annotate(
        agent_id=Subquery(hand.values("agent_id")[:1], output_field=UUIDField()),
        agent=Subquery(named),
        closed=Subquery(end.values("code")[:1], output_field=CharField()),
        last_word=Subquery(end.values("sentence")[:1], output_field=CharField()),
    )


def of(person_id: UUID, *, after: UUID | None = None, at: datetime) -> Page:
    """Return a person's tickets, the latest first, twenty at a time.

    `after` is the `onward` of the page before; what is none begins at the beginning.
    """
    mine = told().filter(person_id=person_id)
    last = Ticket.objects.filter(person_id=person_id, pk=after).first() if after else None
    if last:
        mine = mine.filter(
            Q(opened_at__lt=last.opened_at) | Q(opened_at=last.opened_at, id__lt=last.id)
        )
    found = list(mine.order_by("-opened_at", "-id")[: PAGE + 1])
    rows = [row(each, at=at) for each in found[:PAGE]]
    return Page(rows, rows[-1].ticket.id if len(found) > PAGE else None)


def own(person_id: UUID, ticket_id: UUID) -> Ticket | None:
    """Return a ticket of a person's own, or None where she has no such ticket."""
    mine = told().select_related("merge__into").filter(person_id=person_id, pk=ticket_id)
    return mine.first()


def find(ticket_id: UUID) -> Ticket | None:
    """Return a ticket with its owner and her `name`, as the desk sees it, or None."""
    name = Identity.objects.filter(person=OuterRef("person"), until=None).values("name")[:1]
    whole = told().select_related("person__account", "merge__into").annotate(name=Subquery(name))
    return whole.filter(pk=ticket_id).first()


def numbered(number: str) -> Ticket | None:
    """Return the ticket whose number somebody says on the telephone, or None."""
    return Ticket.objects.filter(number=number).first()


def waiting(*, topic: str = "", after: UUID | None = None, at: datetime) -> Page:
    """Return what waits for the desk and nobody has in hand, the longest wait first.

    `after` is the `onward` of the page before; what has been taken since begins at the beginning.
    """
    held = Handling.objects.filter(ticket=OuterRef("pk"), until=None)
    queue = told().filter(~Exists(held), waits_since__isnull=False)
    if topic:
        queue = queue.filter(topic=topic)
    last = queue.filter(pk=after).first() if after else None
    if last:
        queue = queue.filter(
            Q(waits_since__gt=last.waits_since) | Q(waits_since=last.waits_since, id__gt=last.id)
        )
    found = list(queue.order_by("waits_since", "id")[: PAGE + 1])
    rows = [row(each, at=at) for each in found[:PAGE]]
    return Page(rows, rows[-1].ticket.id if len(found) > PAGE else None)


def tally(agent_id: UUID, *, at: datetime) -> Tally:
    """Return how many wait and how many an agent has in hand, in one query."""
    held = Handling.objects.filter(ticket=OuterRef("pk"), until=None)
    mine, waits = Exists(held.filter(agent=agent_id)), Q(waits_since__isnull=False)
    queue = Ticket.objects.filter(waits | Q(mine)).annotate(is_free=~Exists(held), is_mine=mine)
    found = queue.aggregate(
        number=Count("pk", filter=waits & Q(is_free=True)),
        oldest=Min("waits_since", filter=Q(is_free=True)),
        mine=Count("pk", filter=Q(is_mine=True)),
    )
    oldest = found["oldest"]
    waited = opening.worked(line.hours(), oldest, at) if oldest else timedelta()
    return Tally(found["number"], waited, found["mine"])


def in_hand(agent_id: UUID, *, at: datetime) -> list[Row]:
    """Return what an agent has in hand: first those who wait for her, the longest first."""
    held = Handling.objects.filter(ticket=OuterRef("pk"), agent_id=agent_id, until=None)
    mine = told().filter(Exists(held))
    ordered = mine.order_by(F("waits_since").asc(nulls_last=True), "id")
    return [row(each, at=at) for each in ordered]


def row(ticket: Ticket, *, at: datetime) -> Row:
    """Return a ticket that `told` has read with whose turn it is."""
    agent_id: UUID | None = getattr(ticket, "agent_id", None)
    closed: str = getattr(ticket, "closed", None) or ""
    waits = ticket.waits_since
    waited = opening.worked(line.hours(), waits, at) if waits else timedelta()
    last_word: str = getattr(ticket, "last_word", None) or ""
    agent: str = getattr(ticket, "agent", None) or ""
    state = _state(ticket, agent_id, closed)
    return Row(ticket, state, agent_id, agent, closed, last_word, waited)


def _state(ticket: Ticket, agent_id: UUID | None, closed: str) -> State:
    if closed:
        return State.CLOSED
    if not ticket.waits_since:
        return State.ANSWERED
    return State.IN_HAND if agent_id else State.WAITING
