"""Read the requests of an officer's branch: what waits and since when, and each case whole."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from django.db.models import (
    FETCH_RAISE,
    CharField,
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast

from yanxiu.training.organisations import competence, grants, matching, scopes
from yanxiu.training.organisations.models import Decision, Officer, Verification
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail.models import Entry

PAGE = 20
# What the trail calls a case, and the deed of telling that it has risen.
VERIFICATION, RISEN = "verification", "case_risen"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PLACE = re.compile(r"(\d{1,16})-([0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tally:
    """Say how many teachers wait, at how many schools, and the longest since when."""

    waiting: int
    schools: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Work:
    """Say how many an officer may answer now, and how many of those are as the roster says."""

    mine: int
    matching: int


@dataclass(frozen=True, slots=True)
class Place:
    """Mark a row of the list, so that a page begins right behind or ends right before it."""

    at: datetime
    id: UUID

    @classmethod
    def of(cls, asked: Verification) -> Self:
        """Return the place of a request."""
        return cls(asked.requested_at, asked.id)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` wrote; raise ValueError for anything else."""
        found = _PLACE.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(_EPOCH + int(found[1]) * _MICROSECOND, UUID(found[2]))

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.id.hex}"


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of the list and the places where the ones beside it begin, where there are."""

    rows: list[Verification]
    before: Place | None
    after: Place | None


def waiting(held: list[Officer]) -> QuerySet[Verification]:
    """Return the requests that wait in the officer's branch, the oldest first.

    `sent_back` tells whether the school has sent the same teacher back before.
    """
    sent_back = Decision.objects.filter(
        verification__post=OuterRef("post"), outcome=Decision.Outcome.REJECTED
    )
    return (
        _waiting(held)
        .annotate(sent_back=Exists(sent_back))
        .select_related("identity", "post__school__county")
        .order_by("requested_at", "id")
        .fetch_mode(FETCH_RAISE)
    )


def tally(held: list[Officer]) -> Tally:
    """Return how many wait in the officer's branch."""
    counted = _waiting(held).aggregate(
        waiting=Count("pk"),
        schools=Count("post__school", distinct=True),
        oldest_at=Min("requested_at"),
    )
    return Tally(**counted)


def work(held: list[Officer], *, by: Person, at: datetime) -> Work:
    """Return how much of it is for this officer; asks nothing where she only reads."""
    if not scopes.verifications.ever("answer", held):
        return Work(0, 0)
    mine = _waiting(held).filter(competence.answerable(held, by=by, at=at))
    counted = mine.annotate(on_roster=matching.exact()).aggregate(
        mine=Count("pk"), matching=Count("pk", filter=Q(on_roster=True))
    )
    return Work(**counted)


def matches(
    held: list[Officer], *, by: Person, seen_at: datetime, at: datetime
) -> QuerySet[Verification]:
    """Return what the officer may approve at once: as the roster says, asked when she looked."""
    found = _waiting(held).filter(competence.answerable(held, by=by, at=at), matching.exact())
    return found.filter(requested_at__lte=seen_at).order_by("requested_at", "id")


def orphaned(at: datetime) -> QuerySet[Verification]:
    """Return what still waits for a school that nobody else serves any more."""
    officers = Officer.objects.filter(grants.current(at), school=OuterRef("post__school"))
    others = officers.exclude(person=OuterRef("post__person"))
    found = Verification.objects.filter(withdrawn_at=None, decision=None, rises_at__gt=at)
    return found.exclude(Exists(others))


def rising(at: datetime, *, most: int) -> list[Verification]:
    """Return cases that have risen to their county and of which nobody has been told yet."""
    told = Entry.objects.filter(
        subject_kind=VERIFICATION,
        subject_id=Cast(OuterRef("pk"), CharField()),
        verb=RISEN,
    )
    found = Verification.objects.filter(withdrawn_at=None, decision=None, rises_at__lte=at)
    untold = found.exclude(Exists(told)).select_related("post__school")
    return list(untold.order_by("rises_at", "id")[:most])


def page(
    held: list[Officer],
    *,
    text: str = "",
    matching_only: bool = False,
    after: Place | None = None,
    before: Place | None = None,
) -> Page:
    """Return the page behind one place or before another of those whose name holds `text`."""
    found = waiting(held)
    if text:
        found = found.filter(identity__name__icontains=text)
    if matching_only:
        found = found.filter(matching.exact())
    if before:
        rows = list(found.filter(_earlier(before)).reverse()[: PAGE + 1])
        return _page(rows[PAGE - 1 :: -1], more_before=len(rows) > PAGE, more_after=True)
    rows = list((found.filter(_later(after)) if after else found)[: PAGE + 1])
    return _page(rows[:PAGE], more_before=after is not None, more_after=len(rows) > PAGE)


def find(held: list[Officer], verification_id: UUID) -> Verification | None:
    """Return a request of the officer's branch, whatever its state; None outside of it."""
    found = _told(Verification.objects.filter(scopes.verifications.visible(held)))
    whole = found.select_related("post__school__type", "post__person__account")
    return whole.fetch_mode(FETCH_RAISE).filter(pk=verification_id).first()


def others(asked: Verification) -> list[Verification]:
    """Return the other requests of the same post with their answers, the newest first."""
    found = _told(Verification.objects.filter(post=asked.post_id).exclude(pk=asked.pk))
    return list(found.order_by("-requested_at", "-id").fetch_mode(FETCH_RAISE))


def next_for(held: list[Officer], *, by: Person, at: datetime) -> Verification | None:
    """Return the oldest request that this officer may answer, or None when nothing waits."""
    return waiting(held).filter(competence.answerable(held, by=by, at=at)).first()


def _waiting(held: list[Officer]) -> QuerySet[Verification]:
    in_branch = scopes.verifications.visible(held)
    return Verification.objects.filter(in_branch, decision=None, withdrawn_at=None)


def _told(found: QuerySet[Verification]) -> QuerySet[Verification]:
    """Add who asked for what, the answer, and `answered_by`: the name of the officer."""
    officer = Identity.objects.filter(person=OuterRef("decision__by"), until=None)
    return found.select_related("identity", "decision").annotate(
        answered_by=Subquery(officer.values("name")[:1])
    )


def _page(rows: list[Verification], *, more_before: bool, more_after: bool) -> Page:
    return Page(
        rows,
        before=Place.of(rows[0]) if rows and more_before else None,
        after=Place.of(rows[-1]) if rows and more_after else None,
    )


def _later(place: Place) -> Q:
    same_or_later = Q(requested_at__gte=place.at)
    return same_or_later & (Q(requested_at__gt=place.at) | Q(id__gt=place.id))


def _earlier(place: Place) -> Q:
    same_or_earlier = Q(requested_at__lte=place.at)
    return same_or_earlier & (Q(requested_at__lt=place.at) | Q(id__lt=place.id))
