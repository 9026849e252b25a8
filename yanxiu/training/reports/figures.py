"""Read how a node and its children stand, of when, and how it came to that.

At a school everything is counted this instant; above it the numbers are those of the last roll.
Source of every number: docs/rules/figures.md.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Subquery

from yanxiu.foundation import periods
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Region
from yanxiu.training.reports import checking, nodes
from yanxiu.training.reports.models import Figures, Roll
from yanxiu.training.reports.nodes import Node

PAGE = 20
# A difference that was found is shown for a day, whether or not it is gone.
SHOWN = timedelta(days=1)
# Numbers above the school are at most this old; whatever is older is said to be late.
FRESH = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class AsOf:
    """Say of when the numbers are, and when they were last found not to add up."""

    at: datetime
    wrong_at: datetime | None = None

    @property
    def on(self) -> date:
        """Return the day of the numbers, in China."""
        return self.at.astimezone(periods.CHINA).date()

    def is_late(self, now: datetime) -> bool:
        """Tell whether they are older than they should be."""
        return now - self.at > FRESH


@dataclass(frozen=True, slots=True)
class Child:
    """Be a node directly below another with its numbers."""

    code: str
    name: str
    path: str
    figures: Figures


def as_of(at: datetime) -> AsOf | None:
    """Return of when the numbers above the schools are; None before the first roll."""
    wrong = Roll.objects.filter(differences__gt=0, at__gt=at - SHOWN).order_by("-at")
    last = Roll.objects.annotate(wrong_at=Subquery(wrong.values("at")[:1])).order_by("-at").first()
    return AsOf(last.at, getattr(last, "wrong_at", None)) if last else None


def days(training_id: UUID, path: str) -> list[Figures]:
    """Return a region's numbers day by day, today's last."""
    return list(Figures.objects.filter(training_id=training_id, path=path).order_by("on"))


def of(training_id: UUID, paths: list[str], *, on: date) -> dict[str, Figures]:
    """Return the numbers of these nodes of a day; who has no teacher is missing."""
    found = Figures.objects.filter(training_id=training_id, path__in=paths, on=on)
    return {each.path: each for each in found}


def of_several(paths: list[str], *, on: date) -> dict[tuple[UUID, str], Figures]:
    """Return the numbers of these nodes of a day in every training."""
    found = Figures.objects.filter(path__in=paths, on=on)
    return {(each.training_id, each.path): each for each in found}


def today(days: list[Figures], when: AsOf) -> Figures | None:
    """Return the last of a node's days if it is the day of the numbers."""
    return days[-1] if days and days[-1].on == when.on else None


def nothing(training_id: UUID, path: str, when: AsOf) -> Figures:
    """Return the numbers of a node that has no teacher."""
    zeros = dict.fromkeys(checking.SUMS, 0)
    return Figures(training_id=training_id, path=path, on=when.on, as_of=when.at, **zeros)


def regions(training_id: UUID, node: Node, when: AsOf) -> list[Child]:
    """Return the regions directly below a node, in two queries, by their codes."""
    below = list(Region.objects.filter(parent=node.code, valid_to=None).order_by("code"))
    told = of(training_id, [each.path for each in below], on=when.on)
    return [
        Child(
            each.code,
            each.name,
            each.path,
            told.get(each.path) or nothing(training_id, each.path, when),
        )
        for each in below
    ]


# The order of a list of schools; the first is where to look first. Ties go by code.
SORTS = {
    "share": "f.complete::float8 / greatest(f.enrolled, 1)",
    "laggards": "-f.laggards",
    "unenrolled": "-(f.registered - f.enrolled)",
    "waiting": "coalesce(extract(epoch FROM f.oldest_at), 'infinity')",
    "code": "0::float8",
}

_SCHOOLS = """
WITH ranked AS (
  SELECT s.code, s.name, {columns}, ({rank})::float8 AS rank
  FROM reports_figures f JOIN organisations_school s ON s.path = f.path
  WHERE f.training_id = %(training)s AND f."on" = %(on)s
    AND f.path >= %(path)s || '/' AND f.path < %(path)s || '/{last}'
    AND strpos(s.name, %(text)s) > 0
)
SELECT * FROM ranked
WHERE %(after)s = '' OR (rank, code) > (SELECT rank, code FROM ranked WHERE code = %(after)s)
ORDER BY rank, code LIMIT %(most)s
"""
_ALL = 1_000_000
_COLUMNS = ("path", "on", "as_of", *checking.SUMS, "oldest_at")


@dataclass(frozen=True, slots=True)
class Schools:
    """Say which schools are wanted: below a node, their name holding a text, in an order."""

    training_id: UUID
    path: str
    text: str = ""
    sort: str = "share"


def schools(wanted: Schools, when: AsOf, *, after: str = "", most: int = PAGE) -> list[Child]:
    """Return schools with teachers below a node, those behind the school with code `after`."""
    columns = ", ".join(f'f."{name}"' for name in _COLUMNS)
    statement = _SCHOOLS.format(columns=columns, rank=SORTS[wanted.sort], last=grants.LAST)
    asked: dict[str, Any] = {
        "training": wanted.training_id,
        "on": when.on,
        "path": wanted.path,
        "text": wanted.text,
        "after": after,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [_school(wanted.training_id, row) for row in cursor.fetchall()]


def many_schools(wanted: Schools, when: AsOf) -> int:
    """Count the schools of a list."""
    return len(schools(wanted, when, most=_ALL))


def _school(training_id: UUID, row: tuple[object, ...]) -> Child:
    code, name, *numbers, _rank = row
    told = Figures(training_id=training_id, **dict(zip(_COLUMNS, numbers, strict=True)))
    return Child(str(code), str(name), told.path, told)


def is_school_level(node: Node, below: list[Child]) -> bool:
    """Tell whether schools lie directly below a node: a county, or a city without counties."""
    return not nodes.is_school(node.path) and not below
