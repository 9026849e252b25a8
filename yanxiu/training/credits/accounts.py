"""Read what a person's hours are made of: her records of lessons, and what changes them.

Both in one statement, for nearly nobody has a change and everybody opens these pages.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yanxiu.foundation import prepared
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import ledger
from yanxiu.training.credits.models import LedgerEntry
from yanxiu.training.integrity import holds
from yanxiu.training.integrity.holds import Held
from yanxiu.training.learning import records
from yanxiu.training.learning.records import Record

KEPT = LedgerEntry.Kind.KEPT
# What a line is called that no ledger holds: whose hours do not count for now.
HOLD = "hold"

_NO_RECORD = ", ".join(["NULL"] * records.COLUMNS)
# Each side names the person, so that the statement runs unchanged where tables are distributed.
_READ = f"""
SELECT watched.*, NULL::uuid AS course_id, NULL::varchar AS kind, NULL::integer AS seconds,
  NULL::varchar AS sentence, NULL::timestamptz AS at, NULL::integer AS number
FROM ({records.READ}) AS watched
UNION ALL
SELECT {_NO_RECORD}, course_id, kind, seconds, sentence, at, number
FROM credits_ledgerentry
WHERE person_id = %(person)s AND kind <> 'award' AND training_id = ANY(%(trainings)s)
UNION ALL
SELECT {_NO_RECORD}, NULL, '{HOLD}', NULL, held.said, NULL, NULL
FROM (SELECT {holds.BESIDE} AS said) AS held WHERE held.said IS NOT NULL
ORDER BY number NULLS FIRST
"""  # noqa: S608 - made of constants alone


@dataclass(frozen=True, slots=True)
class Change:
    """Be a line of the ledger that is no award, with the sentence that explains it."""

    kind: str
    seconds: int
    sentence: str
    at: datetime

    @property
    def learned_s(self) -> int:
        """Return what it adds to learned; below zero it takes away."""
        return 0 if self.kind == KEPT else self.seconds

    @property
    def kept_s(self) -> int:
        """Return how much of the course stays recognised whatever its cap is now."""
        return self.seconds if self.kind == KEPT else 0


@dataclass(frozen=True, slots=True)
class Account:
    """Hold the records of lessons, the changes of courses, and the holds of trainings."""

    lessons: Mapping[UUID, Record] = field(default_factory=dict)
    changes: Mapping[UUID, Sequence[Change]] = field(default_factory=dict)
    holds: Mapping[UUID, Held] = field(default_factory=dict)

    def record(self, lesson_id: UUID) -> Record:
        """Return what is known of a lesson."""
        return self.lessons.get(lesson_id, records.NOTHING)

    def changes_of(self, course_id: UUID) -> tuple[Change, ...]:
        """Return the changes of a course, the first one first."""
        return tuple(self.changes.get(course_id, ()))


EMPTY = Account()


def read(person_id: UUID, outlines: Collection[Outline], lesson_ids: Collection[UUID]) -> Account:
    """Return a person's account in these trainings, in one query."""
    asked: dict[str, Any] = {
        "person": person_id,
        "lessons": list(lesson_ids),
        "trainings": [outline.training.id for outline in outlines],
    }
    with prepared.cursor() as cursor:
        cursor.execute(_READ, asked)
        rows = cursor.fetchall()
    changes: defaultdict[UUID, list[Change]] = defaultdict(list)
    width = records.COLUMNS
    held: dict[UUID, Held] = {}
    for course_id, kind, seconds, said, at, _number in (row[width:] for row in rows if not row[0]):
        if kind == HOLD:
            held = holds.read(said)
        else:
            changes[course_id].append(Change(kind, seconds, said, at))
    lessons = {row[0]: records.of_row(row[:width]) for row in rows if row[0] is not None}
    return Account(lessons, changes, held)


def awards(
    people: Collection[UUID], outline: Outline, lesson_ids: Collection[UUID]
) -> dict[UUID, Account]:
    """Return the accounts of these people by completed lessons alone, in three queries."""
    done = records.awards(people, lesson_ids)
    changes: dict[UUID, defaultdict[UUID, list[Change]]] = {
        person_id: defaultdict(list) for person_id in people
    }
    for entry in ledger.amendments(people, [outline.training.id]):
        change = Change(entry.kind, entry.seconds, entry.sentence, entry.at)
        changes[entry.person_id][entry.course_id].append(change)
    held = holds.of_several(people, outline.training.id)
    return {
        each: Account(
            done[each], changes[each], {outline.training.id: held[each]} if each in held else {}
        )
        for each in people
    }
