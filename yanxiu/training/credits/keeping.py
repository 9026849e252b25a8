"""Let what is recognised stay so when a new version of the rules lowers a course's cap.

Whoever would have less gets a line in the ledger that says how much stays, and why. Lines are
written before the cap is lowered, and again for whoever learned meanwhile. Rules:
docs/rules/ledger.md.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.training.credits import ledger, walking
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.models import LedgerEntry

# What a transaction wrote may be seen this much later than the instant that it names.
LATE = timedelta(minutes=3)

# What a person had of a course before an instant, and what stays of it already.
_HELD = """
SELECT person_id, sum(seconds), max(kept_s) FROM (
  SELECT person_id, credited_s AS seconds, 0 AS kept_s
  FROM learning_completion
  WHERE {whom} AND lesson_id = ANY(%(lessons)s) AND completed_at < %(until)s
  UNION ALL
  SELECT person_id, CASE WHEN kind = 'kept' THEN 0 ELSE seconds END,
    CASE WHEN kind = 'kept' THEN seconds ELSE 0 END
  FROM credits_ledgerentry
  WHERE {whom} AND kind <> 'award' AND course_id = %(course)s AND at < %(until)s
) AS held
GROUP BY person_id ORDER BY person_id
"""
_STRETCH = _HELD.format(whom="person_id > %(after)s AND person_id <= %(last)s")
_SOME = _HELD.format(whom="person_id = ANY(%(people)s)")
_RECENT = """
SELECT DISTINCT person_id FROM learning_completion
WHERE completed_at >= %(since)s AND lesson_id = ANY(%(lessons)s)
"""


@dataclass(frozen=True, slots=True)
class Lowered:
    """Say that a version of a training's rules lowers a course's cap, from `was_s` to `cap_s`."""

    training_id: UUID
    course_id: UUID
    lessons: tuple[UUID, ...]
    version: int
    was_s: int
    cap_s: int
    sentence: str

    def line(self, person_id: UUID, seconds: int, *, at: datetime) -> Line:
        """Return the line that keeps so many seconds of the course recognised."""
        return Line(
            person_id=person_id,
            kind=str(LedgerEntry.Kind.KEPT),
            training_id=self.training_id,
            course_id=self.course_id,
            seconds=seconds,
            cause=f"rules:{self.version}:{self.course_id}:{seconds}",
            sentence=self.sentence,
            rulebook_version=self.version,
            at=at,
        )


def kept_s(learned_s: int, kept_before_s: int, *, was_s: int, cap_s: int) -> int:
    """Return how much has to be kept so that nobody has less; 0 where nothing would be lost."""
    recognised_s = min(learned_s, max(was_s, kept_before_s))
    return recognised_s if recognised_s > max(cap_s, kept_before_s) else 0


def everybody(lowered: Lowered, *, until: datetime) -> Iterator[list[tuple[UUID, int]]]:
    """Yield, some at a time, who would lose something, and how much has to be kept for her."""
    for stretch in walking.stretches():
        yield _due(_STRETCH, lowered, {**stretch.bounds, "until": until})


def some(lowered: Lowered, people: Collection[UUID], *, until: datetime) -> list[tuple[UUID, int]]:
    """Return the same of these people alone."""
    return _due(_SOME, lowered, {"people": list(people), "until": until})


def keep(lowered: Lowered, due: list[tuple[UUID, int]], *, at: datetime) -> int:
    """Write the lines; return how many are new."""
    return ledger.write([lowered.line(person_id, seconds, at=at) for person_id, seconds in due])


def recent(lowered: Lowered, *, since: datetime) -> list[UUID]:
    """Return who has completed a lesson of the course since an instant."""
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, {"since": since, "lessons": list(lowered.lessons)})
        return [row[0] for row in cursor.fetchall()]


def _due(statement: str, lowered: Lowered, asked: dict[str, Any]) -> list[tuple[UUID, int]]:
    wanted = {**asked, "lessons": list(lowered.lessons), "course": lowered.course_id}
    with connection.cursor() as cursor:
        cursor.execute(statement, wanted)
        rows = cursor.fetchall()
    found = (
        (person_id, kept_s(learned_s, before_s, was_s=lowered.was_s, cap_s=lowered.cap_s))
        for person_id, learned_s, before_s in rows
    )
    return [(person_id, seconds) for person_id, seconds in found if seconds]
