"""Open tickets, say more, answer, close: what passes between whoever asks and the help desk.

Source: docs/rules/tickets.md.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from yanxiu.foundation.facts import because
from yanxiu.foundation.pictures import Picture
from yanxiu.training.notices import notes
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.support import attachments, drafts, handling, refusals
from yanxiu.training.support.models import Closure, Handling, Merge, Message, Ticket
from yanxiu.training.trail import entries

TEXT_MOST, TITLE_MOST, SENTENCE_MOST = 2_000, 40, 400
PICTURES_MOST = 3
# Tickets that one person may have open, and messages that she may write in an hour.
OPEN_MOST, HOURLY_MOST = 5, 20
# So long after its end a ticket goes on when its owner writes again.
REOPENS_FOR = timedelta(days=30)

_NUMBERS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """Hold what somebody says: a text, and pictures that have been re-encoded."""

    text: str
    pictures: Sequence[Picture] = ()


def title(text: str) -> str:
    """Return the first line of a text, cut to what a list shows."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= TITLE_MOST else f"{first[: TITLE_MOST - 1]}…"


@transaction.atomic
def open_new(person: Person, topic: str, said: Said, *, at: datetime) -> Ticket:
    """Open a ticket of a person's own; what she had drafted is done with.

    Raises `NothingSaid`, `SaidTooMuch`, `TooManyPictures`, `TooManyTickets` or `TooManyMessages`.
    """
    _check(said)
    _check_pace(person, at)
    if Ticket.objects.filter(person=person).exclude(closures__in=_standing()).count() >= OPEN_MOST:
        raise refusals.TooManyTickets(most=OPEN_MOST)
    ticket = _numbered(person, topic, said, at)
    _say(ticket, said, is_answer=False, by=person, at=at)
    drafts.drop(person, None)
    _note("ticket_opened", ticket, by=person, at=at)
    return ticket


@transaction.atomic
def write(ticket: Ticket, said: Said, *, by: Person, at: datetime) -> None:
    """Add what its owner says; a ticket that has ended lately goes on.

    Raises as `open_new` does, `TicketOver` where it ended long ago, and `GoesOnElsewhere`.
    """
    _check(said)
    _check_pace(by, at)
    fresh = _held_still(ticket)
    ended = _closure(fresh)
    if ended and (merge := Merge.objects.filter(ticket=fresh).select_related("into").first()):
        raise refusals.GoesOnElsewhere(number=merge.into.number)
    if ended and ended.at <= at - REOPENS_FOR:
        raise refusals.TicketOver(days=REOPENS_FOR.days)
    if ended:
        Closure.objects.filter(pk=ended.pk).update(undone_at=at)
        _note("ticket_reopened", fresh, by=by, at=at)
    _say(fresh, said, is_answer=False, by=by, at=at)
    Ticket.objects.filter(pk=fresh.pk, waits_since=None).update(waits_since=at)
    drafts.drop(by, fresh)
    _note("ticket_written", fresh, by=by, at=at)


@transaction.atomic
def answer(ticket: Ticket, said: Said, *, by: Person, at: datetime) -> None:
    """Add the desk's answer and tell the owner; it is her turn then.

    Who answers has the ticket in hand from then on. Raises `AlreadyTaken`, `OwnTicket`,
    `TicketClosed`, `NothingSaid`, `SaidTooMuch` or `TooManyPictures`.
    """
    _check(said)
    fresh = open_for_agent(ticket, by=by, at=at)
    _say(fresh, said, is_answer=True, by=by, at=at)
    Ticket.objects.filter(pk=fresh.pk).update(waits_since=None)
    drafts.drop(by, fresh)
    _tell(fresh, "ticket_answered", {"title": fresh.title}, at)
    _note("ticket_answered", fresh, by=by, at=at)


@transaction.atomic
def close(ticket: Ticket, code: str, *, sentence: str = "", by: Person, at: datetime) -> None:
    """End a ticket with a code and, if there is more to say, a sentence; its owner is told.

    Raises `AlreadyTaken`, `OwnTicket`, `TicketClosed` or `ReasonMissing`.
    """
    if code not in Closure.Code.values or code == Closure.Code.WITHDRAWN:
        raise refusals.ReasonMissing
    fresh = open_for_agent(ticket, by=by, at=at)
    sentence = sentence.strip()[:SENTENCE_MOST]
    ended = end(fresh, code, sentence, by=by, at=at)
    outcome = because(Closure.Code(ended.code).label, sentence)
    _tell(fresh, "ticket_closed", {"title": fresh.title, "outcome": outcome}, at)


@transaction.atomic
def withdraw(ticket: Ticket, *, by: Person, at: datetime) -> None:
    """End a ticket as its owner wishes: solved, or not wanted any more. Raises `TicketClosed`."""
    fresh = _held_still(ticket)
    if _closure(fresh):
        raise refusals.TicketClosed
    end(fresh, Closure.Code.WITHDRAWN, "", by=by, at=at)


def open_for_agent(ticket: Ticket, *, by: Person, at: datetime) -> Ticket:
    """Return a ticket that is open, held still and in this agent's hand, taken if need be.

    Runs in its caller's transaction. Raises `AlreadyTaken`, `OwnTicket` or `TicketClosed`.
    """
    if ticket.person_id == by.id:
        raise refusals.OwnTicket
    fresh = _held_still(ticket)
    if _closure(fresh):
        raise refusals.TicketClosed
    handling.ensure(fresh, by=by, at=at)
    return fresh


def end(ticket: Ticket, code: str, sentence: str, *, by: Person, at: datetime) -> Closure:
    """End a ticket that is open and held still, in its caller's transaction."""
    ended = Closure.objects.create(ticket=ticket, code=code, sentence=sentence, by=by, at=at)
    Ticket.objects.filter(pk=ticket.pk).update(waits_since=None)
    Handling.objects.filter(ticket=ticket, until=None).update(until=at)
    _note("ticket_closed", ticket, by=by, at=at, code=code)
    return ended


def conversation(ticket: Ticket) -> list[Message]:
    """Return all that was said, the earliest first, with the pictures but for their content.

    What was said in tickets that go on in this one is told with it. Each has `name`: whose it is,
    for the desk alone.
    """
    # A union, not an OR: each half is served by an index.
    merged = Merge.objects.filter(into=ticket).values("ticket_id")
    every = Ticket.objects.filter(pk=ticket.pk).values("pk").union(merged, all=True)
    told = Message.objects.filter(ticket__in=every).select_related("ticket")
    called = Identity.objects.filter(person=OuterRef("by"), until=None).values("name")[:1]
    told = told.annotate(name=Subquery(called)).prefetch_related(attachments.prefetched())
    return list(told.order_by("at", "id"))


def _standing() -> QuerySet[Closure]:
    return Closure.objects.filter(undone_at=None)


def _check(said: Said) -> None:
    # A sign of any script will do; emoji and punctuation alone tell nobody anything.
    if not any(unicodedata.category(each)[0] in "LN" for each in said.text):
        raise refusals.NothingSaid
    if len(said.text) > TEXT_MOST:
        raise refusals.SaidTooMuch(most=TEXT_MOST, count=len(said.text))
    if len(said.pictures) > PICTURES_MOST:
        raise refusals.TooManyPictures(most=PICTURES_MOST)


def _check_pace(person: Person, at: datetime) -> None:
    # One message at a time of one person: both limits see whatever she has sent before.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    recent = Message.objects.filter(ticket__person=person, is_answer=False)
    if recent.filter(at__gt=at - timedelta(hours=1)).count() >= HOURLY_MOST:
        raise refusals.TooManyMessages


def _numbered(person: Person, topic: str, said: Said, at: datetime) -> Ticket:
    """Write the ticket down under a number that nobody can guess the neighbours of."""
    while True:
        number = f"{secrets.randbelow(_NUMBERS):09d}"
        try:
            with transaction.atomic():
                return Ticket.objects.create(
                    number=number,
                    person=person,
                    topic=topic,
                    title=title(said.text),
                    opened_at=at,
                    waits_since=at,
                )
        except IntegrityError:
            continue


def _held_still(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_for_update().get(pk=ticket.pk)


def _closure(ticket: Ticket) -> Closure | None:
    return ticket.closures.filter(undone_at=None).first()


def _say(ticket: Ticket, said: Said, *, is_answer: bool, by: Person, at: datetime) -> None:
    text = said.text.strip()
    message = Message.objects.create(ticket=ticket, by=by, is_answer=is_answer, text=text, at=at)
    attachments.keep(message, said.pictures)


def _tell(ticket: Ticket, kind: str, facts: dict[str, object], at: datetime) -> None:
    link = reverse("my_ticket", args=[ticket.pk])
    notes.tell(ticket.person_id, kind, facts=facts, link=link, at=at)


def _note(verb: str, ticket: Ticket, *, by: Person, at: datetime, **detail: object) -> None:
    told = {"number": ticket.number} | detail
    entries.record(verb, subject=("ticket", ticket.id), by=by.id, at=at, detail=told)
