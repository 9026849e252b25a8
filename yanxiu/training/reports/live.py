"""Read a school's teachers as they stand this instant: by the roll's own statement."""

from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.foundation import periods
from yanxiu.training.catalogue.models import Training
from yanxiu.training.organisations.models import Post
from yanxiu.training.reports import history, standings
from yanxiu.training.reports.models import Figures, Standing

AT_ONCE = 1_000


def people(path: str) -> list[UUID]:
    """Return who has a current post at the school of this path."""
    found = Post.objects.filter(school__path=path, ended_at=None)
    return list(found.values_list("person_id", flat=True))


def school(training_id: UUID, path: str) -> list[Standing]:
    """Return how the teachers stand who are counted at this school, in two queries.

    Another one for each thousand teachers more: what is joined grows with their square.
    """
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for some in batched(people(path), AT_ONCE, strict=False):
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
        complete=sum(1 for row in rows if row.completed_at),
        certified=sum(1 for row in rows if row.certified_at),
        laggards=sum(1 for row in rows if row.enrolled_at and not row.completed_at),
        waiting=len(waits),
        oldest_at=min(waits, default=None),
    )


def days(training: Training, rows: list[Standing], *, now: datetime) -> list[Figures]:
    """Return a school's numbers at the end of each day of a training, by the dates of its rows."""
    first = training.opens_at.astimezone(periods.CHINA).date()
    end = training.closes_at + timedelta(days=history.DAYS_AFTER)
    last = min(now, end).astimezone(periods.CHINA).date()
    many = (last - first).days + 1
    return [_day(training, rows, first + timedelta(days=n)) for n in range(many)]


def _day(training: Training, rows: list[Standing], on: date) -> Figures:
    until = periods.ends(on)

    def by(name: str) -> int:
        return sum(1 for row in rows if (at := getattr(row, name)) and at < until)

    enrolled, complete = by("enrolled_at"), by("completed_at")
    return Figures(
        training_id=training.id,
        on=on,
        as_of=until,
        registered=len(rows),
        verified=by("verified_at"),
        enrolled=enrolled,
        learning=by("begun_at"),
        complete=complete,
        certified=by("certified_at"),
        laggards=max(0, enrolled - complete),
        waiting=0,
    )
