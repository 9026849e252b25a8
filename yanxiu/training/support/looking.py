"""Let agents open what a person sees: from a ticket in hand, or by two exact facts; all noted.

Rule: docs/rules/desk.md.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yanxiu.foundation import periods
from yanxiu.training.people import accounts, documents, identities, names
from yanxiu.training.people.models import HeldNumber, Identity, Person
from yanxiu.training.support import refusals
from yanxiu.training.support.models import Handling, Look, Ticket
from yanxiu.training.trail import entries

# So many people a day may an agent search for; who is not found counts too.
A_DAY = 50


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what somebody said of herself, in normal form; at least two are there."""

    phone: str = ""
    name: str = ""
    document_kind: str = ""
    number: str = ""

    @property
    def given(self) -> int:
        """Return how many are there."""
        return sum(map(bool, (self.phone, self.name, self.number)))


def left(agent_id: UUID, *, at: datetime) -> int:
    """Return how many people an agent may still search for today."""
    return max(0, A_DAY - _spent(agent_id, at))


def search(facts: Facts, *, by: Person, at: datetime) -> Look:
    """Return a look at the one whom all these facts fit, once it is written down.

    Who was found today is found again without counting anew. Raises `TwoFacts`, `TooManyPeople`,
    or `NobodyFits`, which is counted and tells of no fact whether it is right.
    """
    if facts.given < 2:  # noqa: PLR2004 - two facts, as the rule says
        raise refusals.TwoFacts
    with transaction.atomic():
        look = _search(facts, by=by, at=at)
    if look.person_id is None:
        raise refusals.NobodyFits
    return look


@transaction.atomic
def open_from(ticket: Ticket, *, by: Person, at: datetime) -> Look:
    """Return a look at who wrote a ticket that the agent has in hand, once it is written down.

    Raises `NotInHand`.
    """
    if not Handling.objects.filter(ticket=ticket, agent=by, until=None).exists():
        raise refusals.NotInHand
    same = {"agent": by, "person_id": ticket.person_id, "ticket": ticket, "on": _day(at)}
    look, is_new = Look.objects.get_or_create(**same, defaults={"at": at})
    if is_new:
        _note("person_looked_at", look, at=at, ticket=ticket.number)
    return look


def opened(look_id: UUID, *, by: Person, at: datetime) -> Look | None:
    """Return a look of an agent's own that still stands, or None.

    It stands on its day, and one from a ticket only while she has that in hand.
    """
    own = Look.objects.filter(pk=look_id, agent=by, on=_day(at), person__isnull=False)
    look = own.select_related("ticket").first()
    if look is None or look.ticket is None:
        return look
    is_held = Handling.objects.filter(ticket=look.ticket, agent=by, until=None).exists()
    return look if is_held else None


def _search(facts: Facts, *, by: Person, at: datetime) -> Look:
    # One search of an agent after the other: each sees what the others have counted.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    person_id = _who(facts)
    today = Look.objects.filter(agent=by, on=_day(at), ticket=None)
    look = today.filter(person=person_id).first() if person_id else None
    if look is None:
        if _spent(by.id, at) >= A_DAY:
            raise refusals.TooManyPeople(most=A_DAY)
        look = Look.objects.create(agent=by, person_id=person_id, on=_day(at), at=at)
    _note("person_sought" if person_id else "nobody_found", look, at=at)
    return look


def _who(facts: Facts) -> UUID | None:
    """Return the one whom all facts fit, or None where nobody or more than one does."""
    found = _by_number(facts) if facts.number else None
    if facts.phone:
        account = accounts.known(facts.phone)
        has_phone = {account.person_id} if account else set()
        found = has_phone if found is None else found & has_phone
    if facts.name and found:
        name = names.normalise(facts.name)
        called = Identity.objects.filter(person__in=found, until=None, name=name)
        found = set(called.values_list("person_id", flat=True))
    return found.pop() if found and len(found) == 1 else None


def _by_number(facts: Facts) -> set[UUID]:
    """Return who gives this number: who holds it alone, once an officer has confirmed it."""
    number = documents.normalise(facts.document_kind, facts.number)
    fingerprint = identities.fingerprint(facts.document_kind, number)
    holder = HeldNumber.objects.filter(number_fingerprint=fingerprint).first()
    if holder:
        return {holder.person_id}
    given = Identity.objects.filter(number_fingerprint=fingerprint, until=None)
    return set(given.values_list("person_id", flat=True))


def _spent(agent_id: UUID, at: datetime) -> int:
    return Look.objects.filter(agent=agent_id, on=_day(at), ticket=None).count()


def _day(at: datetime) -> date:
    return at.astimezone(periods.CHINA).date()


def _note(verb: str, look: Look, *, at: datetime, **detail: object) -> None:
    subject = ("person", look.person_id or "")
    entries.record(verb, subject=subject, by=look.agent_id, at=at, detail=detail)
