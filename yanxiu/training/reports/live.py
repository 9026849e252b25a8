"""Read a school's teachers as they stand this instant: by the roll's own statement.

Of a large school only those are read anew of whom something was written since the last roll; the
rows of the others are the ones it kept.
"""

from bisect import bisect_left
from collections.abc import Collection
from datetime import date, datetime, timedelta
from itertools import batched
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.foundation import periods
from yanxiu.training.catalogue.models import Training
from yanxiu.training.organisations.models import Post, SchoolChange
from yanxiu.training.reports import history, standings, touched
from yanxiu.training.reports.models import Figures, Standing

AT_ONCE = 1_000
# Up to so many teachers it is cheapest to read each of them anew.
FEW = 400

# What a teacher reaches, and when those of a school did, in order.
_MOMENTS = ("verified_at", "enrolled_at", "begun_at", "completed_at", "certified_at")
type Moments = dict[str, list[datetime]]


def people(path: str) -> list[UUID]:
    """Return who has a current post at the school of this path."""
    found = Post.objects.filter(school__path=path, ended_at=None)
    return list(found.values_list("person_id", flat=True))


def school(training_id: UUID, path: str) -> list[Standing]:
    """Return how the teachers stand who are counted at this school, in two to five queries."""
    everybody = set(people(path))
    kept = _kept(training_id, path, everybody) if len(everybody) > FEW else []
    settled = {row.person_id for row in kept}
    return [*kept, *_read(training_id, path, everybody - settled)]


def _kept(training_id: UUID, path: str, everybody: set[UUID]) -> list[Standing]:
    """Return the rows of those of whom nothing was written since they were kept."""
    rolled_at = touched.last_roll()
    changes = SchoolChange.objects.filter(school__path=path)
    if rolled_at is None or changes.filter(at__gte=rolled_at - touched.LATE).exists():
        return []
    still = everybody - touched.at_school(path, rolled_at)
    found = Standing.objects.filter(training_id=training_id, path=path)
    return [row for row in found.order_by("person_id") if row.person_id in still]


def _read(training_id: UUID, path: str, whom: Collection[UUID]) -> list[Standing]:
    """Return the rows as they are now; what is joined grows with the square of how many."""
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for some in batched(whom, AT_ONCE, strict=False):
            cursor.execute(standings.STATEMENT, standings.asked_of([training_id], some))
            rows += cursor.fetchall()
    found = (Standing(**dict(zip(standings.COLUMNS, row, strict=True))) for row in rows)
    return [row for row in found if row.path == path]


def figures(training_id: UUID, path: str, *, at: datetime) -> Figures:
    """Return the school's numbers now."""
    return counted(training_id, path, school(training_id, path), at=at)


def counted(training_id: UUID, path: str, rows: list[Standing], *, at: datetime) -> Figures:
    """Return the numbers of these rows, which are all those of the school."""
    waits = [row.waiting_since for row in rows if row.waiting_since]
    enrolled = sum(1 for row in rows if row.enrolled_at)
    return Figures(
        training_id=training_id,
        path=path,
        as_of=at,
        registered=len(rows),
        verified=sum(1 for row in rows if row.verified_at),
        enrolled=enrolled,
        learning=sum(1 for row in rows if row.begun_at),
        complete=sum(1 for row in rows if row.completed_at and not row.held_since),
        certified=sum(1 for row in rows if row.certified_at),
        laggards=sum(1 for row in rows if row.enrolled_at and not row.completed_at),
        waiting=len(waits),
        held=sum(1 for row in rows if row.held_since),
        held_s=sum(row.held_s for row in rows),
        oldest_at=min(waits, default=None),
    )


def days(training: Training, rows: list[Standing], *, now: datetime) -> list[Figures]:
    """Return a school's numbers at the end of each day of a training, by the dates of its rows."""
    first = training.opens_at.astimezone(periods.CHINA).date()
    end = training.closes_at + timedelta(days=history.DAYS_AFTER)
    last = min(now, end).astimezone(periods.CHINA).date()
    many = (last - first).days + 1
    moments = {name: sorted(filter(None, map(attrgetter(name), rows))) for name in _MOMENTS}
    # What is held now is not counted for any day, as on the page above.
    moments["reached_at"] = sorted(
        row.completed_at for row in rows if row.completed_at and not row.held_since
    )
    return [_day(training, len(rows), moments, first + timedelta(days=n)) for n in range(many)]


def _day(training: Training, many: int, moments: Moments, on: date) -> Figures:
    until = periods.ends(on)
    by = {name: bisect_left(found, until) for name, found in moments.items()}
    return Figures(
        training_id=training.id,
        on=on,
        as_of=until,
        registered=many,
        verified=by["verified_at"],
        enrolled=by["enrolled_at"],
        learning=by["begun_at"],
        complete=by["reached_at"],
        certified=by["certified_at"],
        laggards=max(0, by["enrolled_at"] - by["completed_at"]),
        waiting=0,
    )
