"""Share what every decision about somebody's hours needs: who may, one at a time, with a reason."""

from uuid import UUID

from yanxiu.foundation.refusals import Refused
from yanxiu.training.integrity import refusals
from yanxiu.training.integrity.models import Doubt
from yanxiu.training.organisations import levels, scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Person


def against_deciding(doubt: Doubt, *, held: list[Officer], by: Person) -> Refused | None:
    """Return why this officer may not decide about a doubt, or None where she may."""
    if not scopes.doubts.may("answer", held, doubt):
        return refusals.NotCounty()
    return refusals.OwnHours() if doubt.person_id == by.id else None


def check(refused: Refused | None) -> None:
    """Raise what stands against a deed, where something does."""
    if refused:
        raise refused


def worded(sentence: str) -> str:
    """Return the reason as it was written; raise `WhyMissing` where none was."""
    words = sentence.strip()
    if not words:
        raise refusals.WhyMissing
    return words


def alone(person_id: UUID) -> None:
    """Let nobody else decide about this person's hours until the transaction ends."""
    Person.objects.select_for_update(no_key=True).get(pk=person_id)


def office_of(path: str, held: list[Officer]) -> Officer:
    """Return the nearest of these grants above the schools that covers a path."""
    able = [grant for grant in held if grant.level in scopes.ABOVE_SCHOOLS]
    return max(
        (grant for grant in able if levels.covers(grant.path, path)),
        key=lambda grant: levels.ORDER.index(grant.level),
    )
