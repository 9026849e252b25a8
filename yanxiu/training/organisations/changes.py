"""Say what becomes of a school: renamed, moved, given another type, merged, closed. All dated.

Nothing is deleted: each verb adds a `SchoolChange` and a trail entry, and what hangs on the school
goes with it. Rules: docs/rules/regions-and-schools.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yanxiu.foundation.periods import CHINA
from yanxiu.training.organisations import (
    carrying,
    refusals,
    register,
    scopes,
    search,
    spelling,
)
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.models import (
    Officer,
    School,
    SchoolChange,
    SchoolName,
    TypeProposal,
)
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

Kind = SchoolChange.Kind


@dataclass(frozen=True, slots=True)
class Deed:
    """Say who changes a school by which grants, since which day, and the instant of doing so."""

    held: list[Officer]
    by: Person
    on: date
    at: datetime


def today(at: datetime) -> date:
    """Return the day in China at an instant."""
    return at.astimezone(CHINA).date()


@transaction.atomic
def rename(school: School, name: str, deed: Deed) -> School:
    """Give a school another official name; the former one still finds it.

    Officers of the school itself may, and those above.
    """
    fresh, name = _opened(school, deed, act="correct"), register.name_of(name)
    if name == fresh.name:
        raise no.NothingChanges(school=fresh.name)
    born = SchoolName.objects.get(school=fresh, until=None)
    register.day_of(deed.on, first=born.since or fresh.opened_on, at=deed.at)
    SchoolName.objects.filter(pk=born.pk).update(until=deed.on)
    SchoolName.objects.create(
        school=fresh, name=name, initials=spelling.initials(name), since=deed.on
    )
    return _change(fresh, Kind.RENAMED, {"name": name}, deed)


@transaction.atomic
def retype(school: School, type_code: str, deed: Deed) -> School:
    """Give a school its right type; what its own officer proposed meanwhile is withdrawn."""
    fresh, kind = _opened(school, deed), register.type_of(type_code)
    if kind.code == fresh.type_id:
        raise no.NothingChanges(school=fresh.name)
    _withdraw_proposals(fresh, deed)
    return _change(fresh, Kind.RETYPED, {"type_id": kind.code}, deed)


@transaction.atomic
def move(school: School, county_code: str, deed: Deed) -> School:
    """Let a school belong to another county of one's branch; officers and rosters go with it.

    Posts and their confirmations stay as they are. Papers keep the path of their day.
    """
    fresh, county = _opened(school, deed), register.county_of(county_code, at=deed.at)
    if not scopes.regions.may("add_school", deed.held, county):
        raise refusals.OutsideBranch
    if county.code == fresh.county_id:
        raise no.NothingChanges(school=fresh.name)
    path = f"{county.path}/{fresh.code}"
    carrying.onto_path(fresh, path)
    return _change(fresh, Kind.MOVED, {"county_id": county.code, "path": path}, deed)


@transaction.atomic
def merge(school: School, into: School, deed: Deed) -> School:
    """Let a school end and go on in another one, teachers with their confirmations included.

    The rights of its officers end: whoever shall serve the other school is appointed there.
    """
    if school.pk == into.pk:
        raise no.IntoItself
    # Both are locked in one order, so that two mergers of the same two cannot wait for each other.
    fresh = {each.pk: each for each in _locked(school, into)}
    for each in (school, into):
        _check(fresh[each.pk], deed, act="change")
    old, new = fresh[school.pk], fresh[into.pk]
    carrying.into_school(old, new, by=deed.by, at=deed.at)
    return _end(old, Kind.MERGED, deed, into=new)


@transaction.atomic
def close(school: School, deed: Deed) -> School:
    """Let a school end: its teachers' posts and its officers' rights end with it, and all are told.

    Certificates stay valid.
    """
    fresh = _opened(school, deed)
    carrying.out_of_school(fresh, by=deed.by, at=deed.at)
    return _end(fresh, Kind.CLOSED, deed)


def _opened(school: School, deed: Deed, *, act: str = "change") -> School:
    """Lock a school that is open and that these grants may change; raise the refusal otherwise."""
    (fresh,) = _locked(school)
    _check(fresh, deed, act=act)
    return fresh


def _locked(*schools: School) -> list[School]:
    found = School.objects.select_for_update(of=("self",)).select_related("county", "type")
    return list(found.filter(pk__in=[each.pk for each in schools]).order_by("pk"))


def _check(school: School, deed: Deed, *, act: str) -> None:
    if not scopes.schools.sees(deed.held, school):
        raise refusals.OutsideBranch
    if not scopes.schools.may(act, deed.held, school):
        raise no.NotRegistrar
    if school.closed_on:
        raise no.SchoolClosed(school=school.name, on=school.closed_on)
    register.day_of(deed.on, first=school.opened_on, at=deed.at)


def _end(school: School, kind: str, deed: Deed, *, into: School | None = None) -> School:
    _withdraw_proposals(school, deed)
    return _change(school, kind, {"closed_on": deed.on}, deed, into=into)


def _withdraw_proposals(school: School, deed: Deed) -> None:
    waiting = TypeProposal.objects.filter(school=school, withdrawn_at=None, answer=None)
    waiting.update(withdrawn_at=deed.at)


def _change(
    school: School,
    kind: str,
    fields: Mapping[str, object],
    deed: Deed,
    *,
    into: School | None = None,
) -> School:
    """Write the new fields with what they were; the search is brought after them."""
    before = {name: _plain(getattr(school, name)) for name in fields}
    after = {name: _plain(value) for name, value in fields.items()}
    School.objects.filter(pk=school.pk).update(**fields)
    SchoolChange.objects.create(
        school=school,
        kind=kind,
        on=deed.on,
        before=before,
        after=after,
        into=into,
        by=deed.by,
        at=deed.at,
    )
    search.keep([school.pk, into.pk] if into else [school.pk])
    detail: dict[str, object] = {"before": before, "after": after, "on": str(deed.on)}
    if into:
        detail["into"] = str(into.pk)
    fresh = School.objects.select_related("county__parent__parent", "type").get(pk=school.pk)
    for path in {school.path, fresh.path}:
        entries.record(
            f"school_{kind}",
            subject=("school", school.pk),
            by=deed.by.id,
            at=deed.at,
            detail=detail,
            path=path,
        )
    return fresh


def _plain(value: object) -> object:
    return value if isinstance(value, str | None) else str(value)
