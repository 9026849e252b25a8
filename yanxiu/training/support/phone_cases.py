"""Let two different agents decide on another number by a picture, where no officer can vouch.

An agent never sees the document's number: she types what she reads on the picture, and is told
whether it is the account's. Source: docs/rules/phone-change.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import (
    phone_changes,
    phone_pictures,
    phone_refusals,
    vouching,
)
from yanxiu.training.organisations.models import PhoneChange, PhoneChangeAnswer
from yanxiu.training.organisations.phone_changes import Step, Word
from yanxiu.training.people import documents, identities, names, tries
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.support import agents, refusals
from yanxiu.training.support.models import Agent
from yanxiu.training.trail import entries
from yanxiu.training.trail.models import Entry

Means, Reason = PhoneChangeAnswer.Means, PhoneChangeAnswer.Reason
MOST, READINGS, WHY_MOST = 50, 5, 200
# So long may an agent who has said why see the picture and the new number.
LOOK_LASTS = timedelta(minutes=10)
REASONS = (
    *(Reason.PICTURE_UNCLEAR, Reason.PICTURE_DIFFERS, Reason.UNREACHED),
    *(Reason.UNKNOWN, Reason.OTHER),
)

_LOOKED = "phone_change_picture_seen"


@dataclass(frozen=True, slots=True)
class Read:
    """Hold what an agent reads on the picture."""

    name: str
    number: str


def waiting() -> list[PhoneChange]:
    """Return what waits for agents, the oldest first, each with `is_vouched`."""
    found = _at_desk().filter(ended_at=None, due_at=None, picture_at__isnull=False)
    vouched = PhoneChangeAnswer.objects.filter(change=OuterRef("pk"), step=Step.VOUCH)
    return list(found.annotate(is_vouched=Exists(vouched)).order_by("asked_at", "id")[:MOST])


def find(change_id: UUID) -> PhoneChange | None:
    """Return a request of the help desk's, whatever its state; None for what a school answers."""
    return _at_desk().filter(pk=change_id).first()


def against(change: PhoneChange, *, by: Person, at: datetime) -> Refused | None:
    """Return why this agent may not say the word that is wanted now, or None where she may."""
    right = agents.held(by.id, at=at)
    if right is None:
        return refusals.NoAgent()
    return _state(change) or _hers(change, right, at)


def _state(change: PhoneChange) -> Refused | None:
    """Return why nobody may say a word, or None where somebody may."""
    if change.ended_at or change.due_at:
        return phone_refusals.PhoneChangeOver()
    if change.picture_at is None or change.picture_removed_at:
        return phone_refusals.PictureWanted()
    return None


def _hers(change: PhoneChange, right: Agent, at: datetime) -> Refused | None:
    """Return why whoever has this right may not, though somebody else may."""
    if change.person_id == right.person_id:
        return phone_refusals.OwnPhoneChange()
    first = next((each for each in change.answers.all() if each.step == Step.VOUCH), None)
    if first and first.by_id == right.person_id:
        return phone_refusals.SameOfficial()
    if first and _are_one(first, right, at):
        return phone_refusals.GaveTheRight(days=vouching.SEASONED.days)
    return None


@transaction.atomic
def look(change: PhoneChange, why: str, *, by: Person, at: datetime) -> None:
    """Note that an agent looks at the picture and why; only who may answer may look.

    Raises what stands against an answer, or `PictureNotAsked` without a reason.
    """
    _check(change, by=by, at=at)
    if not why.strip():
        raise phone_refusals.PictureNotAsked
    entries.record(
        _LOOKED,
        subject=("person", change.person_id),
        by=by.id,
        at=at,
        detail={"change": str(change.id), "why": why.strip()[:WHY_MOST]},
    )


def has_looked(change: PhoneChange, *, by: Person, at: datetime) -> bool:
    """Tell whether an agent has asked for the picture just now."""
    looks = Entry.objects.filter(verb=_LOOKED, subject_kind="person", actor_id=by.id)
    hers = looks.filter(subject_id=str(change.person_id), at__gt=at - LOOK_LASTS)
    return hers.filter(detail__change=str(change.id)).exists()


def picture(change: PhoneChange, *, by: Person, at: datetime) -> bytes:
    """Return the picture to an agent who has just asked for it by `look`; raises as that does."""
    _check(change, by=by, at=at)
    if not has_looked(change, by=by, at=at):
        raise phone_refusals.PictureNotAsked
    found = phone_pictures.opened(change)
    if found is None:
        raise phone_refusals.PictureWanted
    return found


def agree(change: PhoneChange, read: Read, *, by: Person, at: datetime) -> PhoneChange:
    """Say the word that is wanted: the picture shows her, and says what the account says.

    Raises what stands against it, `PictureNotAsked`, `PictureDiffers` or `TooManyReadings`.
    """
    _check(change, by=by, at=at)
    if not has_looked(change, by=by, at=at):
        raise phone_refusals.PictureNotAsked
    _compare(change, read, by=by, at=at)
    with transaction.atomic():
        fresh = phone_changes.held_still(change)
        _check(fresh, by=by, at=at)
        word = Word(phone_changes.step(fresh), means=Means.PICTURE)
        return phone_changes.say(fresh, word, by=by, at=at)


@transaction.atomic
def decline(change: PhoneChange, *, no: tuple[str, str], by: Person, at: datetime) -> PhoneChange:
    """Say no with (reason, sentence), at either step; raises also `ReasonMissing`."""
    reason, sentence = no
    if reason not in REASONS or (reason == Reason.OTHER and not sentence.strip()):
        raise refusals.ReasonMissing
    fresh = phone_changes.held_still(change)
    _check(fresh, by=by, at=at)
    return phone_changes.say(fresh, Word(phone_changes.step(fresh), no=no), by=by, at=at)


def _check(change: PhoneChange, *, by: Person, at: datetime) -> None:
    refused = against(change, by=by, at=at)
    if refused:
        raise refused


def _compare(change: PhoneChange, read: Read, *, by: Person, at: datetime) -> None:
    """Raise `PictureDiffers` where the account says otherwise; wrong readings are counted."""
    key = f"picture:{change.id}:{by.id}"
    with transaction.atomic():
        tries.begin(key)
        wrong = tries.count(key, at=at)
        fits = wrong < READINGS and _fits(change, read)
        if wrong < READINGS and not fits:
            tries.add(key, at=at)
    if wrong >= READINGS:
        raise phone_refusals.TooManyReadings
    if not fits:
        raise phone_refusals.PictureDiffers(left=READINGS - wrong - 1)


def _fits(change: PhoneChange, read: Read) -> bool:
    identity = identities.current(change.person_id)
    if identity is None:
        return False
    number = documents.normalise(identity.document_kind, read.number)
    return identities.says(
        identity,
        name=names.normalise(read.name),
        document_kind=identity.document_kind,
        number=number,
    )


def _are_one(first: PhoneChangeAnswer, right: Agent, at: datetime) -> bool:
    """Tell whether one may stand behind both words, by a right that is new."""
    of_first = Agent.objects.filter(person=first.by_id, from_at__lte=first.at)
    other = of_first.order_by("-from_at").first()
    if other is None:
        return True
    people = {right.person_id, other.person_id}
    young = [each.given_by_id for each in (right, other) if at - each.from_at < vouching.SEASONED]
    given = [giver for giver in young if giver]
    return bool(people & set(given)) or (len(given) > 1 and given[0] == given[1])


def _at_desk() -> QuerySet[PhoneChange]:
    current = Identity.objects.filter(person=OuterRef("person"), until=None)
    found = phone_changes.whole().filter(post=None)
    return found.annotate(name=Subquery(current.values("name")[:1]))
