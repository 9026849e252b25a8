"""Read what a person has watched of some lessons: coverage and award side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yanxiu.foundation import prepared
from yanxiu.training.learning import coverage
from yanxiu.training.learning.models import Completion

# Each side names the person, so that the statement runs unchanged where tables are distributed.
# Takes `person` and `lessons`; each row becomes a `Record` by `of_row`.
READ = """
SELECT lesson_id, kept.media_version, kept.covered::text, kept.position_ms,
       done.completed_at, done.credited_s, done.identity_version, kept.gate_ms
FROM (SELECT * FROM learning_coverage WHERE person_id = %(person)s AND lesson_id = ANY(%(lessons)s))
  AS kept
FULL JOIN
  (SELECT * FROM learning_completion WHERE person_id = %(person)s AND lesson_id = ANY(%(lessons)s))
  AS done USING (lesson_id)
"""
COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Record:
    """Hold what is known of one lesson; version 0 was never shown, `credited_s` 0 never awarded."""

    media_version: int = 0
    covered: coverage.Coverage = coverage.EMPTY
    position_ms: int = 0
    completed_at: datetime | None = None
    credited_s: int = 0
    identity_version: int | None = None
    gate_ms: int | None = None


NOTHING = Record()


def read(person_id: UUID, lesson_ids: Collection[UUID]) -> dict[UUID, Record]:
    """Return the records of those lessons that have any, in one query."""
    with prepared.cursor() as cursor:
        cursor.execute(READ, {"person": person_id, "lessons": list(lesson_ids)})
        return {row[0]: of_row(row) for row in cursor.fetchall()}


def of_row(row: Sequence[Any]) -> Record:
    """Return the record that a row of `READ` holds; its first column is the lesson."""
    _lesson_id, media_version, covered, position_ms, completed_at, credited_s, *rest = row
    return Record(
        media_version or 0,
        coverage.parse(covered or "{}"),
        position_ms or 0,
        completed_at,
        credited_s or 0,
        *rest,
    )


def awards(
    people: Collection[UUID], lesson_ids: Collection[UUID]
) -> dict[UUID, dict[UUID, Record]]:
    """Return what each of these people has completed of those lessons, in one query.

    What is watched in part, or again, is not read.
    """
    found: dict[UUID, dict[UUID, Record]] = {person_id: {} for person_id in people}
    for done in Completion.objects.filter(person_id__in=people, lesson_id__in=lesson_ids):
        found[done.person_id][done.lesson_id] = Record(
            completed_at=done.completed_at,
            credited_s=done.credited_s,
            identity_version=done.identity_version,
        )
    return found
