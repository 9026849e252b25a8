"""Read the rows of a list of schools, and add them to the register by its own verb."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import grants, register, school_types
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.imports import columns
from yanxiu.training.organisations.imports import rows as reading
from yanxiu.training.organisations.imports.rows import (
    Finding,
    Job,
    Kind,
    Outcomes,
    Reading,
    Ready,
    Said,
)
from yanxiu.training.organisations.models import Officer, Region
from yanxiu.training.organisations.register import Opening

MANY = 500
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")
_TYPE_CODES = {name: code for code, name in school_types.TYPES.items()}
# To which cell a refusal of the register points; any other points to the county.
_FIELD: dict[type[Refused], str] = {
    no.BadSchoolCode: "code",
    no.CodeTaken: "code",
    no.BadSchoolName: "name",
    no.TypeUnknown: "type",
    no.DayImpossible: "opened_on",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Be what a row says: a school as typed, its county by code, by name or not at all."""

    code: str
    name: str
    type_code: str
    county: str
    opened_on: date


def read(said: Said, on: date) -> Reading:
    """Return the school that a row names; one without a day is there since the day `on`."""
    code = unicodedata.normalize("NFKC", said["code"])
    key = reading.key(code)
    type_code = _type_code(said["type"])
    if type_code is None:
        return Reading(None, Finding("type", "type_unknown"), key)
    opened_on = _day(said["opened_on"]) if said["opened_on"] else on
    if opened_on is None:
        return Reading(None, Finding("opened_on", "day"), key)
    try:
        code, name = register.code_of(code), register.name_of(said["name"])
    except Refused as refused:
        return Reading(None, Finding.of(_FIELD[type(refused)], refused), key)
    return Reading(Facts(code, name, type_code, said["county"], opened_on), None, key)


def foresee(ready: Sequence[Ready], job: Job) -> dict[int, Finding]:
    """Return what stands against rows; adds no school."""
    counties = _Counties.of(ready, job)
    taken = register.taken([row.facts.code for row in ready])
    found: dict[int, Finding] = {}
    for row in ready:
        county = counties.of_row(row.facts)
        if isinstance(county, Finding):
            found[row.position] = county
        elif row.facts.code in taken:
            found[row.position] = Finding.of("code", taken[row.facts.code])
    return found


def take(ready: Sequence[Ready], job: Job) -> Outcomes:
    """Add each row's school; whatever the page would refuse is refused here in its words."""
    counties = _Counties.of(ready, job)
    outcomes: Outcomes = {}
    placed: list[tuple[int, Opening]] = []
    for row in ready:
        county = counties.of_row(row.facts)
        if isinstance(county, Finding):
            outcomes[row.position] = county
        else:
            placed.append((row.position, _opening(row.facts, county)))
    wanted = [opening for _position, opening in placed]
    opened = register.open_all(wanted, held=job.held, by=job.by, at=job.at)
    for (position, _wanted), school in zip(placed, opened, strict=True):
        if isinstance(school, Refused):
            field = _FIELD.get(type(school), "county")
            outcomes[position] = Finding.of(field, school)
        else:
            outcomes[position] = school.id
    return outcomes


def _opening(facts: Facts, county: Region) -> Opening:
    return Opening(facts.code, facts.name, facts.type_code, county.code, facts.opened_on)


@dataclass(frozen=True, slots=True)
class _Counties:
    """Hold the regions of a branch that rows name; `own` is the one that an import is for."""

    by_code: dict[str, Region]
    by_name: dict[str, list[Region]]
    own: Region | None

    @classmethod
    def of(cls, ready: Sequence[Ready], job: Job) -> "_Counties":
        named = {row.facts.county for row in ready}
        path = job.sheet.path
        inside = grants.branch([Officer(path=path)])
        wanted = Q(code__in=named) | Q(name__in=named) | Q(path=path)
        found = list(Region.objects.filter(inside, wanted, valid_to=None).order_by("code"))
        by_name: dict[str, list[Region]] = {}
        for region in found:
            by_name.setdefault(region.name, []).append(region)
        own = next((region for region in found if region.path == path), None)
        is_county = own is not None and own.level == Region.Level.COUNTY
        return cls({region.code: region for region in found}, by_name, own if is_county else None)

    def of_row(self, facts: Facts) -> Region | Finding:
        """Return the county that a row names, or what stands against it."""
        if not facts.county:
            return self.own or Finding("county", "county_missing")
        if facts.county in self.by_code:
            return self.by_code[facts.county]
        alike = self.by_name.get(facts.county, [])
        if len(alike) > 1:
            return Finding("county", "county_several")
        return alike[0] if alike else Finding("county", "county_foreign")


def _type_code(text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain if plain in school_types.TYPES else _TYPE_CODES.get(plain)


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


KIND = Kind(columns.of(columns.SCHOOLS), MANY, read, foresee, take)
