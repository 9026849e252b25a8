"""Read who waits in an officer's branch: how many, since when, page by page, and who comes next."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from django.db.models import FETCH_RAISE, Count, Exists, Min, OuterRef, Q, QuerySet

from yanxiu.training.organisations import competence, matching, scopes
from yanxiu.training.organisations.models import Decision, Officer, Verification
from yanxiu.training.people.models import Person

PAGE = 50

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PLACE = re.compile(r"(\d{1,16})-([0-9a-f]{32})", re.ASCII)


class Roster(StrEnum):
    """Name whether the roster says exactly what the teacher says."""

    MATCH = "match"
    OTHER = "other"


class State(StrEnum):
    """Name what the list can be narrowed to: mine to answer, risen, or sent back before."""

    MINE = "mine"
    RISEN = "risen"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what an officer looks for: a part of a name, and what narrows the list; "" is all."""

    text: str = ""
    roster: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.roster or self.state)


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Tally:
    """Say how many wait, at how many schools and since when.

    `mine` are those that the officer may answer now, `matching` those of them the roster knows.
    """

    waiting: int
    schools: int
    oldest_at: datetime | None
    mine: int
    mine_oldest_at: datetime | None
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


@dataclass(frozen=True, slots=True)
class Queue:
    """Say how many wait for one school, and since when."""

    school_id: UUID
    school: str
    code: str
    waiting: int
    oldest_at: datetime


def tally(held: list[Officer], *, by: Person, at: datetime) -> Tally:
    """Return how many wait in the officer's branch, and how many of them for her, in one query."""
    # An empty condition would empty the whole count.
    is_hers = scopes.verifications.ever("answer", held)
    mine = competence.answerable(held, by=by, at=at) if is_hers else Q(pk__isnull=True)
    counted = (
        _open(held)
        .annotate(on_roster=matching.exact())
        .aggregate(
            waiting=Count("pk"),
            schools=Count("post__school", distinct=True),
            oldest_at=Min("requested_at"),
            mine=Count("pk", filter=mine),
            mine_oldest_at=Min("requested_at", filter=mine),
            matching=Count("pk", filter=mine & Q(on_roster=True)),
        )
    )
    return Tally(**counted)


def queues(held: list[Officer], *, most: int) -> list[Queue]:
    """Return the schools of the branch where somebody has waited longest."""
    counted = (
        _open(held)
        .values_list("post__school", "post__school__name", "post__school__code")
        .annotate(waiting=Count("pk"), oldest_at=Min("requested_at"))
        .order_by("oldest_at", "post__school")
    )
    return [Queue(*row) for row in counted[:most]]


def rows(held: list[Officer]) -> QuerySet[Verification]:
    """Return the requests that wait in the officer's branch, the oldest first.

    `sent_back` tells whether the school has sent the same teacher back before, `has_roster`
    whether there is anything to compare her with.
    """
    return (
        _open(held)
        .annotate(sent_back=_sent_back(), has_roster=matching.listed())
        .select_related("identity", "post__school__county")
        .order_by("requested_at", "id")
        .fetch_mode(FETCH_RAISE)
    )


def page(
    held: list[Officer],
    wanted: Wanted = ALL,
    *,
    by: Person,
    at: datetime,
    after: Place | None = None,
    before: Place | None = None,
) -> Page:
    """Return the page behind one place, or before another, of those who are wanted."""
    found = _wanted(held, wanted, by=by, at=at)
    if before:
        read = list(found.filter(_earlier(before)).reverse()[: PAGE + 1])
        return _page(read[PAGE - 1 :: -1], more_before=len(read) > PAGE, more_after=True)
    read = list((found.filter(_later(after)) if after else found)[: PAGE + 1])
    return _page(read[:PAGE], more_before=after is not None, more_after=len(read) > PAGE)


def following(
    held: list[Officer],
    wanted: Wanted = ALL,
    *,
    by: Person,
    at: datetime,
    after: Place | None = None,
) -> Verification | None:
    """Return who comes next of those that this officer may answer, or None at the end."""
    mine = competence.answerable(held, by=by, at=at)
    found = _wanted(held, wanted, by=by, at=at).filter(mine)
    return (found.filter(_later(after)) if after else found).first()


def oldest(held: list[Officer], *, by: Person, at: datetime, most: int) -> list[Verification]:
    """Return those of whom this officer may answer who have waited longest."""
    return list(_wanted(held, Wanted(state=State.MINE), by=by, at=at)[:most])


def matches(held: list[Officer], *, by: Person, at: datetime) -> QuerySet[Verification]:
    """Return those whom this officer may answer and the roster knows exactly so."""
    return rows(held).filter(competence.answerable(held, by=by, at=at), matching.exact())


def chosen(held: list[Officer], ids: Collection[UUID]) -> QuerySet[Verification]:
    """Return those of these requests that still wait in the officer's branch."""
    return rows(held).filter(pk__in=ids)


def _open(held: list[Officer]) -> QuerySet[Verification]:
    in_branch = scopes.verifications.visible(held)
    return Verification.objects.filter(in_branch, answered_at=None, withdrawn_at=None)


def _wanted(
    held: list[Officer], wanted: Wanted, *, by: Person, at: datetime
) -> QuerySet[Verification]:
    found = rows(held)
    if wanted.text:
        named = Q(identity__name__icontains=wanted.text)
        at_school = Q(post__school__name__icontains=wanted.text)
        found = found.filter(named | at_school | Q(post__school__code=wanted.text))
    if wanted.roster:
        exact = matching.exact()
        found = found.filter(exact if wanted.roster == Roster.MATCH else ~exact)
    if wanted.state == State.MINE:
        found = found.filter(competence.answerable(held, by=by, at=at))
    if wanted.state == State.RISEN:
        found = found.filter(Q(needs_county=True) | Q(rises_at__lte=at))
    return found.filter(_sent_back()) if wanted.state == State.AGAIN else found


def _sent_back() -> Exists:
    rejected = Decision.objects.filter(outcome=Decision.Outcome.REJECTED)
    return Exists(rejected.filter(verification__post=OuterRef("post")))


def _page(read: list[Verification], *, more_before: bool, more_after: bool) -> Page:
    return Page(
        read,
        before=Place.of(read[0]) if read and more_before else None,
        after=Place.of(read[-1]) if read and more_after else None,
    )


def _later(place: Place) -> Q:
    same_or_later = Q(requested_at__gte=place.at)
    return same_or_later & (Q(requested_at__gt=place.at) | Q(id__gt=place.id))


def _earlier(place: Place) -> Q:
    same_or_earlier = Q(requested_at__lte=place.at)
    return same_or_earlier & (Q(requested_at__lt=place.at) | Q(id__lt=place.id))
