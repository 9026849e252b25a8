"""Take teachers' word that a school is missing, and the county's answer.

Several teachers of one missing school ask for the same: their requests are shown and answered
together. Rules: docs/rules/regions-and-schools.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from yanxiu.training.notices import notes
from yanxiu.training.organisations import refusals, register, scopes, search, spelling
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.models import (
    Officer,
    School,
    SchoolAnswer,
    SchoolRequest,
)
from yanxiu.training.organisations.register import Opening
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries

# So many requests of one person wait at a time; who teaches at more schools is answered first.
MOST_OPEN = 3
# So many schools that are there already are shown beside a request.
ALIKE_MOST = 5
Outcome = SchoolAnswer.Outcome


@dataclass(frozen=True, slots=True)
class Wanted:
    """Be what a teacher says of the school that she misses; county and name are needed."""

    county_code: str
    name: str
    code: str = ""
    type_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Say how many requests wait in a branch, and the longest since when."""

    waiting: int
    oldest_at: datetime | None


@transaction.atomic
def ask(person: Person, wanted: Wanted, *, at: datetime) -> SchoolRequest:
    """Ask the county to add a school; the same again is the request that waits already.

    Raises `SchoolThere` where a school has that code, `AskedEnough`, and what the register refuses.
    """
    county = register.county_of(wanted.county_code, at=at)
    name = register.name_of(wanted.name)
    code = register.code_of(wanted.code) if wanted.code.strip() else ""
    kind = register.type_of(wanted.type_code) if wanted.type_code else None
    _free(code)
    # Her own requests wait for each other, so that she is counted right.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = SchoolRequest.objects.filter(open_(), person=person)
    same = mine.filter(county=county, key=spelling.fold(name)).first()
    if same:
        return same
    if mine.count() >= MOST_OPEN:
        raise no.AskedEnough(most=MOST_OPEN)
    asked = SchoolRequest.objects.create(
        person=person,
        county=county,
        name=name,
        key=spelling.fold(name),
        code=code,
        type=kind,
        note=wanted.note.strip(),
        asked_at=at,
    )
    subject = ("school_request", asked.pk)
    entries.record("school_asked", subject=subject, by=person.id, at=at, path=county.path)
    return asked


@transaction.atomic
def withdraw(asked: SchoolRequest, *, by: Person, at: datetime) -> None:
    """Take one's own request back; raise `RequestOver` where it has its answer."""
    mine = SchoolRequest.objects.filter(open_(), pk=asked.pk, person=by)
    if not mine.update(withdrawn_at=at):
        raise no.RequestOver
    subject, path = ("school_request", asked.pk), asked.county.path
    entries.record("school_request_withdrawn", subject=subject, by=by.id, at=at, path=path)


@transaction.atomic
def add(
    asked: SchoolRequest, wanted: Opening, *, held: list[Officer], by: Person, at: datetime
) -> School:
    """Add the school that was asked for, and tell all who asked; raises what the register does."""
    together = _taken(asked, held)
    school = register.open_school(wanted, held=held, by=by, at=at)
    _answer(together, Outcome.ADDED, school=school, by=by, at=at)
    return school


@transaction.atomic
def point(
    asked: SchoolRequest, school: School, *, held: list[Officer], by: Person, at: datetime
) -> None:
    """Say that the school is there under this name, and tell all who asked."""
    together = _taken(asked, held)
    if school.closed_on:
        raise refusals.SchoolGone
    _answer(together, Outcome.EXISTS, school=school, by=by, at=at)


@transaction.atomic
def decline(
    asked: SchoolRequest, sentence: str, *, held: list[Officer], by: Person, at: datetime
) -> None:
    """Say in a sentence why the school is not added, and tell all who asked."""
    if not sentence.strip():
        raise no.SentenceMissing
    _answer(_taken(asked, held), Outcome.DECLINED, sentence=sentence.strip(), by=by, at=at)


def of(person_id: UUID) -> QuerySet[SchoolRequest]:
    """Return a person's requests with their answers, the newest first."""
    mine = SchoolRequest.objects.filter(person_id=person_id)
    whole = mine.select_related("county__parent", "type", "answer__school")
    return whole.order_by("-asked_at", "-id")


def waiting(held: list[Officer]) -> QuerySet[SchoolRequest]:
    """Return what waits in a branch, each missing school once with how many asked, oldest first."""
    near = SchoolRequest.objects.filter(open_(), scopes.school_requests.visible(held))
    earlier = _alike_outer().filter(
        Q(asked_at__lt=OuterRef("asked_at"))
        | Q(asked_at=OuterRef("asked_at"), id__lt=OuterRef("id"))
    )
    alike = _alike_outer().order_by().values("county").annotate(number=Count("pk"))
    first = near.exclude(Exists(earlier)).annotate(askers=Subquery(alike.values("number")))
    return first.select_related("county__parent", "type").order_by("asked_at", "id")


def tally(held: list[Officer]) -> Tally:
    """Return how many people wait for the answer about a school in a branch."""
    near = SchoolRequest.objects.filter(open_(), scopes.school_requests.visible(held))
    return Tally(**near.aggregate(waiting=Count("pk"), oldest_at=Min("asked_at")))


def find(held: list[Officer], request_id: UUID) -> SchoolRequest | None:
    """Return a request of the officer's branch, whatever its state; None outside of it."""
    found = SchoolRequest.objects.filter(scopes.school_requests.visible(held), pk=request_id)
    return found.select_related("county__parent", "type", "answer__school").first()


def find_own(person_id: UUID, request_id: UUID) -> SchoolRequest | None:
    """Return a person's own request, or None where she has no such one."""
    return of(person_id).filter(pk=request_id).first()


def together(asked: SchoolRequest) -> list[SchoolRequest]:
    """Return the open requests for the same school, this one included, the oldest first.

    Each has `asked_by`, the name of whoever asked.
    """
    name = Identity.objects.filter(person=OuterRef("person"), until=None).values("name")[:1]
    found = SchoolRequest.objects.filter(open_(), _alike(asked)).annotate(asked_by=Subquery(name))
    return list(found.order_by("asked_at", "id"))


def alike(asked: SchoolRequest) -> list[search.Hit]:
    """Return the schools that are there already and may be the one that was asked for."""
    found = search.like(asked.name, region=asked.county, most=ALIKE_MOST)
    by_code = School.objects.filter(code=asked.code).select_related(
        "type", "county__parent__parent"
    )
    same = [search.Hit(school) for school in by_code] if asked.code else []
    known = {hit.school.pk for hit in same}
    return [*same, *(hit for hit in found if hit.school.pk not in known)][:ALIKE_MOST]


def open_() -> Q:
    """Return the condition that a request has neither an answer nor been taken back."""
    return Q(withdrawn_at=None, answer=None)


def _free(code: str) -> None:
    """Raise `SchoolThere` where an open school has the code."""
    there = School.objects.filter(code=code, closed_on=None).select_related("county").first()
    if code and there:
        raise no.SchoolThere(code=code, county=there.county.name, name=there.name)


def _alike(asked: SchoolRequest) -> Q:
    same = Q(key=asked.key) | Q(code=asked.code) if asked.code else Q(key=asked.key)
    return Q(county=asked.county_id) & same


def _alike_outer() -> QuerySet[SchoolRequest]:
    same = Q(key=OuterRef("key")) | Q(code=OuterRef("code")) & ~Q(code="")
    return SchoolRequest.objects.filter(open_(), same, county=OuterRef("county"))


def _taken(asked: SchoolRequest, held: list[Officer]) -> list[SchoolRequest]:
    """Lock what is answered together; raise where this officer or this moment may not answer."""
    if not scopes.school_requests.may("answer", held, asked):
        raise no.NotRegistrar
    found = SchoolRequest.objects.filter(_alike(asked), withdrawn_at=None)
    locked = list(found.select_for_update(of=("self",)).order_by("id"))
    # Read behind the locks: whoever was quicker has written by now.
    answered = set(
        SchoolAnswer.objects.filter(pk__in=[e.pk for e in locked]).values_list("pk", flat=True)
    )
    still = [each for each in locked if each.pk not in answered]
    if asked.pk not in {each.pk for each in still}:
        raise no.RequestOver
    return still


def _answer(
    asked: Sequence[SchoolRequest],
    outcome: Outcome,
    *,
    school: School | None = None,
    sentence: str = "",
    by: Person,
    at: datetime,
) -> None:
    SchoolAnswer.objects.bulk_create(
        SchoolAnswer(request=each, outcome=outcome, school=school, sentence=sentence, by=by, at=at)
        for each in asked
    )
    path = asked[0].county.path
    subjects = [("school_request", each.pk, path) for each in asked]
    entries.record_all(f"school_request_{outcome}", subjects=subjects, by=by.id, at=at)
    facts = {"school": school.name} if school else {"reason": sentence}
    # One click more and she has chosen it.
    link = f"/me/information/school/?school={school.pk}" if school else "/me/information/missing/"
    people = [each.person_id for each in asked]
    notes.tell_all(people, f"school_{outcome}", facts=facts, link=link, at=at)
