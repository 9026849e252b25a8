"""Find a node of the tree by its public code: 6 digits are a region's, 10 a school's."""

import re
from dataclasses import dataclass

from yanxiu.training.organisations import levels, scopes
from yanxiu.training.organisations.models import Officer, Region, School

_REGION, _SCHOOL = re.compile(r"[0-9]{6}", re.ASCII), re.compile(r"[0-9]{10}", re.ASCII)
_SCHOOL_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Node:
    """Be a region or a school; `above` are code and name of what lies between it and the top."""

    code: str
    name: str
    path: str
    level: str
    above: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_school(self) -> bool:
        """Tell whether teachers are counted here itself."""
        return is_school(self.path)

    def above_in(self, held: list[Officer]) -> list[tuple[str, str]]:
        """Return code and name of the nodes above that the officer serves too, the widest first."""
        return [
            (code, name)
            for code, name, path in self.above
            if any(levels.covers(grant.path, path) for grant in held)
        ]


def is_school(path: str) -> bool:
    """Tell whether a path leads to a school."""
    return len(path.rpartition("/")[2]) == _SCHOOL_DIGITS


def find(held: list[Officer], code: str) -> Node | None:
    """Return a node of the officer's branch, or None outside of it; one query."""
    if _SCHOOL.fullmatch(code):
        way = "county__parent__parent__parent"
        found = School.objects.filter(scopes.schools.visible(held), code=code)
        school = found.select_related(way).first()
        return of_school(school) if school else None
    if _REGION.fullmatch(code):
        regions = Region.objects.filter(scopes.regions.visible(held), code=code)
        region = regions.select_related("parent__parent__parent").first()
        return of_region(region) if region else None
    return None


def served(grant: Officer) -> Node:
    """Return the node of a grant that was read with its way up; asks nothing."""
    if grant.school:
        return of_school(grant.school)
    assert grant.region  # noqa: S101 - one of both, by constraint
    return of_region(grant.region)


def of_school(school: School) -> Node:
    """Return a school that was read with its way up."""
    return Node(school.code, school.name, school.path, "school", (*_way(school.county),))


def of_region(region: Region) -> Node:
    """Return a region that was read with its way up."""
    way = _way(region.parent) if region.parent else ()
    return Node(region.code, region.name, region.path, region.level, way)


def _way(region: Region | None) -> tuple[tuple[str, str, str], ...]:
    found = []
    while region:
        found.append((region.code, region.name, region.path))
        region = region.parent
    return tuple(found[::-1])
