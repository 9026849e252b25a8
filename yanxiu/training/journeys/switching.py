"""Change as what somebody uses the platform: a student's data are put away or taken out with it.

Rule: docs/rules/personas.md.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction

from yanxiu.training.learning import viewings
from yanxiu.training.people import personas, seals
from yanxiu.training.people.models import Account, Person, Persona


class Row(msgspec.Struct):
    """Be what a seal holds of one lesson that a student has looked at."""

    lesson_id: UUID
    first_at: datetime
    last_at: datetime
    watched_s: int


_encode, _decoder = msgspec.json.Encoder().encode, msgspec.json.Decoder(dict[str, list[Row]])
VIEWINGS = "viewings"


@transaction.atomic
def switch(account: Account, to: str, *, at: datetime) -> None:
    """Use the platform as `to` from now on; raises what `personas.change` raises.

    Who stops being a student has her data put away for thirty days; becoming one again within them
    brings all of it back.
    """
    before = personas.change(account, to, at=at)
    if before == Persona.Kind.STUDENT:
        _put_away(account.person, at=at)
    if to == Persona.Kind.STUDENT:
        _take_out(account.person, at=at)


def counts(person_id: UUID) -> Mapping[str, int]:
    """Return how much there is that a change away from student would put away."""
    return {VIEWINGS: viewings.count(person_id)}


def delete(*, at: datetime) -> int:
    """Delete what was put away thirty days ago; return how many people's."""
    return seals.sweep(at=at)


def _put_away(person: Person, *, at: datetime) -> None:
    rows = viewings.take_away(person.id)
    if rows:
        seals.close(person, _encode({VIEWINGS: rows}), counts={VIEWINGS: len(rows)}, at=at)


def _take_out(person: Person, *, at: datetime) -> None:
    content = seals.open_for(person, at=at)
    if content:
        rows = [msgspec.structs.asdict(row) for row in _decoder.decode(content)[VIEWINGS]]
        viewings.bring_back(person.id, rows)
