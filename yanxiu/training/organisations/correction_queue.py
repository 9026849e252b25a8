"""Read the requests for another name or number: what waits, whose turn it is, each one whole."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import FETCH_RAISE, Count, Min, OuterRef, Q, QuerySet, Subquery

from yanxiu.training.organisations import competence, scopes
from yanxiu.training.organisations.models import Correction, Officer
from yanxiu.training.organisations.waiting import Place
from yanxiu.training.people.models import Identity, Person

PAGE = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """Say how many wait in a branch, how many of them an officer may answer, the longest since."""

    waiting: int
    mine: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of the list and the place behind which the next one begins, where there is."""

    rows: list[Correction]
    after: Place | None


def tally(held: list[Officer], *, by: Person, at: datetime) -> Tally:
    """Return how many wait in the officer's branch, and how many of them for her."""
    mine = competence.answerable(held, by=by, at=at)
    counted = _waiting(held).aggregate(
        waiting=Count("pk"), mine=Count("pk", filter=mine), oldest_at=Min("requested_at")
    )
    return Tally(**counted)


def page(held: list[Officer], *, after: Place | None = None) -> Page:
    """Return what waits in the officer's branch behind a place, the oldest first."""
    found = _waiting(held).filter(_later(after)) if after else _waiting(held)
    whole = found.select_related("identity", "post__school__county", "post__person")
    rows = list(whole.order_by("requested_at", "id").fetch_mode(FETCH_RAISE)[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], Place(last.requested_at, last.id) if last else None)


def next_for(held: list[Officer], *, by: Person, at: datetime) -> Correction | None:
    """Return the oldest request that this officer may answer, or None when nothing waits."""
    return next(iter(oldest(held, by=by, at=at, most=1)), None)


def oldest(held: list[Officer], *, by: Person, at: datetime, most: int) -> list[Correction]:
    """Return the requests that this officer may answer, those that wait longest."""
    mine = _waiting(held).filter(competence.answerable(held, by=by, at=at))
    whole = mine.select_related("identity", "post__school")
    return list(whole.order_by("requested_at", "id")[:most])


def find(held: list[Officer], correction_id: UUID) -> Correction | None:
    """Return a request of the officer's branch, whatever its state; None outside of it."""
    officer = Identity.objects.filter(person=OuterRef("answer__by"), until=None)
    found = Correction.objects.filter(scopes.corrections.visible(held), pk=correction_id)
    whole = found.select_related(
        "identity", "answer__becomes", "post__school__type", "post__person__account"
    )
    return whole.annotate(answered_by=Subquery(officer.values("name")[:1])).first()


def latest(person_id: UUID) -> Correction | None:
    """Return a person's newest request that she has not taken back, for her post of now."""
    found = Correction.objects.filter(
        post__person=person_id, post__ended_at=None, withdrawn_at=None
    )
    whole = found.select_related("post__school", "identity", "answer").defer("proof_sealed")
    return whole.order_by("-requested_at", "-id").first()


def _waiting(held: list[Officer]) -> QuerySet[Correction]:
    in_branch = scopes.corrections.visible(held)
    found = Correction.objects.filter(in_branch, withdrawn_at=None, answer=None)
    return found.defer("proof_sealed")


def _later(place: Place) -> Q:
    same_or_later = Q(requested_at__gte=place.at)
    return same_or_later & (Q(requested_at__gt=place.at) | Q(id__gt=place.id))
