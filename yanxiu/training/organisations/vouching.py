"""Decide which officers may say the two words for a new number, and let them: never one alone.

The school's officer vouches, after some days the county's too; an officer above the school
approves. Nobody does both, nobody for herself, and no right that is new does it together with
whoever has given it: else one officer would appoint her own second.
Source: docs/rules/phone-change.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import FETCH_RAISE, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import phone_changes, phone_refusals, refusals, scopes
from yanxiu.training.organisations.models import Officer, PhoneChange, PhoneChangeAnswer
from yanxiu.training.organisations.phone_changes import Step, Word
from yanxiu.training.people.models import Identity, Person

Means, Reason = PhoneChangeAnswer.Means, PhoneChangeAnswer.Reason
# A right that is younger than this does nothing together with whoever has given or lent it.
SEASONED = timedelta(days=90)
MOST = 50
MEANS = (Means.IN_PERSON, Means.VIDEO, Means.KNOWN_PHONE)
REASONS = (Reason.UNKNOWN, Reason.NOT_OURS, Reason.UNREACHED, Reason.OTHER)


@dataclass(frozen=True, slots=True)
class Tally:
    """Say how many requests wait in a branch, and since when the oldest does."""

    waiting: int
    oldest_at: datetime | None


def waiting(held: list[Officer]) -> list[PhoneChange]:
    """Return what waits for a word of officers in this branch, the oldest first, with `name`."""
    found = _named(_waiting(held)).order_by("asked_at", "id")
    return list(found.fetch_mode(FETCH_RAISE)[:MOST])


def tally(held: list[Officer]) -> Tally:
    """Return how many wait in this branch."""
    counted = _waiting(held).aggregate(waiting=Count("pk"), oldest_at=Min("asked_at"))
    return Tally(**counted)


def answerable(held: list[Officer], *, by: Person, at: datetime) -> Q:
    """Return the condition that a request waits for a word of this person.

    Whether a young right stands against it, `against` says of each.
    """
    of_school = [each for each in held if each.level == Officer.Level.SCHOOL]
    vouches = scopes.phone_changes.doing("vouch", of_school)
    vouches |= scopes.phone_changes.doing("vouch", held) & Q(rises_at__lte=at)
    approves = scopes.phone_changes.doing("approve", held)
    said = PhoneChangeAnswer.objects.filter(change=OuterRef("pk"))
    wanted = (vouches & ~Exists(said)) | (approves & Exists(said) & ~Exists(said.filter(by=by)))
    return wanted & Q(ended_at=None, due_at=None) & ~Q(person=by)


def find(held: list[Officer], change_id: UUID) -> PhoneChange | None:
    """Return a request of the officer's branch, whatever its state; None outside of it."""
    found = phone_changes.whole().filter(scopes.phone_changes.visible(held), pk=change_id)
    return _named(found).first()


def against(
    change: PhoneChange, *, held: list[Officer], by: Person, at: datetime
) -> Refused | None:
    """Return why this officer may not say the word that is wanted now, or None where she may."""
    found = _right(change, held=held, by=by, at=at)
    return found if isinstance(found, Refused) else None


@transaction.atomic
def vouch(
    change: PhoneChange, means: str, *, held: list[Officer], by: Person, at: datetime
) -> PhoneChange:
    """Say that it is she, and how one knows; raises what stands against it, or `MeansMissing`."""
    if means not in MEANS:
        raise phone_refusals.MeansMissing
    return _say(change, Word(Step.VOUCH, means=means), held=held, by=by, at=at)


@transaction.atomic
def approve(change: PhoneChange, *, held: list[Officer], by: Person, at: datetime) -> PhoneChange:
    """Say the second word: the two days begin. Raises what stands against it."""
    return _say(change, Word(Step.APPROVE), held=held, by=by, at=at)


@transaction.atomic
def decline(
    change: PhoneChange,
    *,
    held: list[Officer],
    no: tuple[str, str],
    by: Person,
    at: datetime,
) -> PhoneChange:
    """Say no with (reason, sentence), at either step; raises also `ReasonMissing`."""
    reason, sentence = no
    if reason not in REASONS or (reason == Reason.OTHER and not sentence.strip()):
        raise refusals.ReasonMissing
    word = Word(phone_changes.step(phone_changes.held_still(change)), no=no)
    return _say(change, word, held=held, by=by, at=at)


def _say(
    change: PhoneChange, word: Word, *, held: list[Officer], by: Person, at: datetime
) -> PhoneChange:
    fresh = phone_changes.held_still(change)
    found = _right(fresh, held=held, by=by, at=at)
    if isinstance(found, Refused):
        raise found
    return phone_changes.say(fresh, Word(word.step, word.means, word.no, found), by=by, at=at)


def _right(
    change: PhoneChange, *, held: list[Officer], by: Person, at: datetime
) -> Officer | Refused:
    """Return the right by which an officer may say the next word, or why she may not."""
    if change.ended_at or change.due_at:
        return phone_refusals.PhoneChangeOver()
    if change.post is None:
        return phone_refusals.NotTheVoucher()
    if change.person_id == by.id:
        return phone_refusals.OwnPhoneChange()
    if phone_changes.said(change, by):
        return phone_refusals.SameOfficial()
    if phone_changes.step(change) == Step.VOUCH:
        return _voucher(change, held, at)
    return _approver(change, held, by, at)


def _voucher(change: PhoneChange, held: list[Officer], at: datetime) -> Officer | Refused:
    able = _able("vouch", change, held)
    school = [each for each in able if each.level == Officer.Level.SCHOOL]
    if school:
        return school[0]
    if able:
        when = f"{change.rises_at.astimezone(CHINA):%m-%d %H:%M}"
        return able[0] if change.rises_at <= at else phone_refusals.VouchingNotRisen(when=when)
    return phone_refusals.NotTheVoucher()


def _approver(
    change: PhoneChange, held: list[Officer], by: Person, at: datetime
) -> Officer | Refused:
    able = _able("approve", change, held)
    if not able:
        return phone_refusals.NotAboveSchool()
    first = next(each for each in change.answers.all() if each.step == Step.VOUCH)
    free = [each for each in able if not _are_one(first, each, by, at)]
    return free[0] if free else phone_refusals.GaveTheRight(days=SEASONED.days)


def _able(act: str, change: PhoneChange, held: list[Officer]) -> list[Officer]:
    """Return the rights that reach the request and were not lent by the very person it is about."""
    return [
        each
        for each in held
        if scopes.phone_changes.may(act, [each], change) and change.person_id != _lender(each)
    ]


def _are_one(first: PhoneChangeAnswer, right: Officer, by: Person, at: datetime) -> bool:
    """Tell whether one officer may stand behind both words: by a right that is new, or lent."""
    voucher = first.grant
    if voucher is None:
        return True
    behind = [_behind(each) for each in (voucher, right) if _is_fresh(each, at)]
    is_hers = any(givers & {by.id, first.by_id} for givers in behind)
    return is_hers or (len(behind) > 1 and bool(behind[0] & behind[1]))


def _is_fresh(right: Officer, at: datetime) -> bool:
    """Tell whether a right is too young to stand by itself; a lent one always is."""
    return right.stands_in_for is not None or at - right.from_at < SEASONED


def _behind(right: Officer) -> set[UUID]:
    return {each for each in (right.given_by_id, _lender(right)) if each}


def _lender(right: Officer) -> UUID | None:
    return right.stands_in_for.person_id if right.stands_in_for else None


def _waiting(held: list[Officer]) -> QuerySet[PhoneChange]:
    in_branch = scopes.phone_changes.visible(held)
    return phone_changes.whole().filter(in_branch, ended_at=None, due_at=None)


def _named(found: QuerySet[PhoneChange]) -> QuerySet[PhoneChange]:
    """Add the person's `name`, and whether somebody `is_vouched` for her."""
    current = Identity.objects.filter(person=OuterRef("person"), until=None)
    vouched = PhoneChangeAnswer.objects.filter(change=OuterRef("pk"), step=Step.VOUCH)
    return found.annotate(name=Subquery(current.values("name")[:1]), is_vouched=Exists(vouched))
