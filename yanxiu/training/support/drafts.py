"""Keep what somebody has begun to write, until she sends or discards it."""

from datetime import datetime
from uuid import UUID

from yanxiu.training.people.models import Person
from yanxiu.training.support.models import Draft, Ticket

# Longer than any message may be, so that one that is too long can be shortened; the rest is cut.
TEXT_MOST = 10_000


def keep(person: Person, ticket: Ticket | None, *, topic: str, text: str, at: datetime) -> None:
    """Keep a draft in the place of the one before; an empty one is none."""
    if not text.strip():
        drop(person, ticket)
        return
    kept = {"topic": topic, "text": text[:TEXT_MOST], "at": at}
    Draft.objects.update_or_create(person=person, ticket=ticket, defaults=kept)


def of(person_id: UUID, ticket: Ticket | None) -> Draft | None:
    """Return what she has begun to write, for a new ticket or more to one."""
    return Draft.objects.filter(person_id=person_id, ticket=ticket).first()


def drop(person: Person, ticket: Ticket | None) -> None:
    """Discard a draft."""
    Draft.objects.filter(person=person, ticket=ticket).delete()
