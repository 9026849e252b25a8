"""Add schools to the register: one that an officer types, or thousands of a sheet.

What becomes of a school later is `changes`. Source: docs/rules/regions-and-schools.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import refusals, scopes, search, spelling
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.models import (
    Officer,
    Region,
    School,
    SchoolChange,
    SchoolName,
    SchoolType,
)
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

# No school that is still there was founded before; what is older is a slip.
FIRST_DAY = date(1800, 1, 1)
_CODE = re.compile(r"\d{10}", re.ASCII)
_NAME = re.compile(r"(?=.*[\u3400-\u9fff])[^\x00-\x1f\x7f]{2,60}")


@dataclass(frozen=True, slots=True)
class Opening:
    """Be what the register is told of a new school: plain values, as typed or read from a sheet.

    `code` has 10 digits, `type_code` is GB/T 33782's, `county_code` GB/T 2260's, `opened_on` the
    day since which the school is there.
    """

    code: str
    name: str
    type_code: str
    county_code: str
    opened_on: date


def open_school(
    wanted: Opening, *, held: list[Officer] | None, by: Person | None, at: datetime
) -> School:
    """Add a school, or raise the named refusal that stands against it.

    `held` are the grants of whoever adds it: `grants.held(by.id, at=at)`. `CodeTaken` names the
    school that is there; the same for thousands at once is `open_all`.
    """
    (found,) = open_all([wanted], held=held, by=by, at=at)
    if isinstance(found, Refused):
        raise found
    return found


@transaction.atomic
def open_all(
    wanted: Sequence[Opening], *, held: list[Officer] | None, by: Person | None, at: datetime
) -> list[School | Refused]:
    """Add schools and return for each, in order, the school or what stands against it.

    A few statements for any number: names, keys for the search, history and trail come with them.
    `held` None is for the system alone, which has no scope.
    """
    judge = _Judge.of(wanted, held=held, at=at)
    found = [judge.school(each) for each in wanted]
    new = [each for each in found if isinstance(each, School)]
    School.objects.bulk_create(new, ignore_conflicts=True)
    # Whoever was quicker by a moment has the code: her school stands.
    kept = set(School.objects.filter(pk__in=[each.pk for each in new]).values_list("pk", flat=True))
    _write([each for each in new if each.pk in kept], by=by, at=at)
    late = taken([each.code for each in new if each.pk not in kept]) if len(kept) < len(new) else {}
    return [late.get(each.code, each) if isinstance(each, School) else each for each in found]


def taken(codes: Sequence[str]) -> dict[str, no.CodeTaken]:
    """Return for each of these codes that a school has the words which name that school."""
    found = School.objects.filter(code__in=codes).select_related("county")
    return {school.code: _taken(school) for school in found}


def name_of(text: str) -> str:
    """Return a school's name as it is kept, single spaces; raise `BadSchoolName`."""
    name = " ".join(text.split())
    if not _NAME.fullmatch(name):
        raise no.BadSchoolName
    return name


def code_of(text: str) -> str:
    """Return a school's code; raise `BadSchoolCode` for what is none."""
    code = text.strip()
    if not _CODE.fullmatch(code):
        raise no.BadSchoolCode(code=code[:20])
    return code


def day_of(day: date, *, first: date = FIRST_DAY, at: datetime) -> date:
    """Return a day from `first` until today in China; raise `DayImpossible` for another one."""
    today = at.astimezone(CHINA).date()
    if not first <= day <= today:
        raise no.DayImpossible(first=first, last=today)
    return day


def type_of(code: str) -> SchoolType:
    """Return the type with this code; raise `TypeUnknown`."""
    found = SchoolType.objects.filter(pk=code).first()
    if found is None:
        raise no.TypeUnknown(type=code[:20])
    return found


def county_of(code: str, *, at: datetime) -> Region:
    """Return the county, or the city without counties, that schools can lie in now."""
    judge = _Judge.of([Opening("", "", "", code, FIRST_DAY)], held=None, at=at)
    return judge.county(code)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Hold all that decides about a number of openings, read in a few queries."""

    held: list[Officer] | None
    at: datetime
    types: dict[str, SchoolType]
    counties: dict[str, Region]
    wide: frozenset[str]
    taken: dict[str, Refused]

    @classmethod
    def of(cls, wanted: Sequence[Opening], *, held: list[Officer] | None, at: datetime) -> "_Judge":
        codes = {each.county_code for each in wanted}
        regions = Region.objects.select_related("successor", "parent").in_bulk(codes)
        above = Region.objects.filter(parent__in=codes, valid_to=None)
        return cls(
            held,
            at,
            SchoolType.objects.in_bulk({each.type_code for each in wanted}),
            regions,
            frozenset(str(code) for code in above.values_list("parent_id", flat=True)),
            dict(taken([each.code.strip() for each in wanted])),
        )

    def school(self, wanted: Opening) -> School | Refused:
        """Return the school to be added, or what stands against it; a code is given out once."""
        try:
            school = self._made(wanted)
        except Refused as refused:
            return refused
        self.taken[school.code] = _taken(school)
        return school

    def county(self, code: str) -> Region:
        """Return the county with this code; raise what stands against a school in it."""
        county = self.counties.get(code)
        if county is None:
            raise no.RegionUnknown(region=code[:20])
        today = self.at.astimezone(CHINA).date()
        if county.valid_to and county.valid_to <= today:
            raise _ended(county)
        if county.level in {Region.Level.NATION, Region.Level.PROVINCE} or code in self.wide:
            raise no.RegionTooWide(name=county.name)
        return county

    def _made(self, wanted: Opening) -> School:
        county = self.county(wanted.county_code)
        self._may(county)
        code, name = code_of(wanted.code), name_of(wanted.name)
        if wanted.type_code not in self.types:
            raise no.TypeUnknown(type=wanted.type_code[:20])
        opened_on = day_of(wanted.opened_on, at=self.at)
        if code in self.taken:
            raise self.taken[code]
        kind, path = self.types[wanted.type_code], f"{county.path}/{code}"
        return School(
            code=code, name=name, type=kind, county=county, path=path, opened_on=opened_on
        )

    def _may(self, county: Region) -> None:
        if self.held is None or scopes.regions.may("add_school", self.held, county):
            return
        if scopes.regions.sees(self.held, county) or not scopes.regions.ever(
            "add_school", self.held
        ):
            raise no.NotRegistrar
        raise refusals.OutsideBranch


def _write(schools: list[School], *, by: Person | None, at: datetime) -> None:
    """Write down name, keys, history and trail of schools that have just been added."""
    names = [
        SchoolName(
            school=each,
            name=each.name,
            initials=spelling.initials(each.name),
            since=each.opened_on,
        )
        for each in schools
    ]
    SchoolName.objects.bulk_create(names)
    search.add(names)
    SchoolChange.objects.bulk_create(
        SchoolChange(
            school=each,
            kind=SchoolChange.Kind.OPENED,
            on=each.opened_on,
            after={"code": each.code, "name": each.name, "type": each.type_id},
            by=by,
            at=at,
        )
        for each in schools
    )
    subjects = [("school", each.id, each.path) for each in schools]
    entries.record_all("school_opened", subjects=subjects, by=by.id if by else None, at=at)


def _taken(school: School) -> no.CodeTaken:
    closed = _("（%(on)s 停办或并入他校）") % {"on": school.closed_on}
    return no.CodeTaken(
        code=school.code,
        name=school.name,
        county=school.county.name,
        state=closed if school.closed_on else "",
    )


def _ended(county: Region) -> Refused:
    successor = county.successor
    if successor is None:
        return no.RegionUnknown(region=county.code)
    return no.RegionEnded(
        name=county.name,
        code=county.code,
        on=county.valid_to,
        successor=successor.name,
        successor_code=successor.code,
    )
