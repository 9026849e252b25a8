"""Keep which lessons a student has looked at, and for how long. It earns nothing.

Rule: docs/rules/personas.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from yanxiu.training.catalogue.models import Lesson, MediaVersion
from yanxiu.training.learning.models import Viewing

# A player says how far it has come four times a minute.
EVERY_S = 15
# Videos play at most so many times as fast as time: nobody has watched more than that.
RATE_MOST = 2

_NOTE = """
INSERT INTO learning_viewing AS kept (person_id, lesson_id, first_at, last_at, watched_s)
VALUES (%(person)s, %(lesson)s, %(at)s, %(at)s, least(%(seconds)s, %(first)s))
ON CONFLICT (person_id, lesson_id) DO UPDATE
SET last_at = greatest(kept.last_at, excluded.last_at),
    watched_s = kept.watched_s + least(
        %(seconds)s,
        greatest(0, %(rate)s * extract(epoch FROM excluded.last_at - kept.last_at))::int
    )
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """Be a lesson that somebody has looked at, as a page shows it."""

    title: str
    course: str
    lesson_id: UUID
    course_id: UUID
    last_at: datetime
    watched_s: int
    length_s: int

    @property
    def watched_ms(self) -> int:
        """Return for how long it was looked at."""
        return self.watched_s * 1000

    @property
    def length_ms(self) -> int:
        """Return how long it is."""
        return self.length_s * 1000


def note(person_id: UUID, lesson_id: UUID, *, seconds: int, at: datetime) -> None:
    """Add seconds of looking; never more than could have passed since the last time."""
    facts: dict[str, UUID | datetime | int] = {
        "person": person_id,
        "lesson": lesson_id,
        "at": at,
        "seconds": max(0, seconds),
        "first": EVERY_S * RATE_MOST,
        "rate": RATE_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, facts)


def of(person_id: UUID, *, most: int = 100) -> list[Looked]:
    """Return what somebody has looked at, the latest first; lessons that are gone are left out."""
    rows = list(Viewing.objects.filter(person_id=person_id).order_by("-last_at")[:most])
    media = MediaVersion.objects.filter(recording=OuterRef("recording")).order_by("-version")
    lessons = Lesson.objects.select_related("section__course").annotate(
        length_ms=Subquery(media.values("duration_ms")[:1])
    )
    known = lessons.in_bulk([row.lesson_id for row in rows])
    return [_looked(row, known[row.lesson_id]) for row in rows if row.lesson_id in known]


def _looked(row: Viewing, lesson: Lesson) -> Looked:
    length_s = (getattr(lesson, "length_ms", None) or 0) // 1000
    course = lesson.section.course
    return Looked(
        title=lesson.title,
        course=course.title,
        lesson_id=lesson.id,
        course_id=course.id,
        last_at=row.last_at,
        watched_s=min(row.watched_s, length_s),
        length_s=length_s,
    )


def count(person_id: UUID) -> int:
    """Return how many lessons somebody has looked at."""
    return Viewing.objects.filter(person_id=person_id).count()


def take_away(person_id: UUID) -> list[dict[str, Any]]:
    """Delete all that somebody has looked at, and return it as `bring_back` takes it."""
    hers = Viewing.objects.filter(person_id=person_id)
    columns = ("lesson_id", "first_at", "last_at", "watched_s")
    rows = list(hers.order_by("lesson_id").values(*columns))
    hers.delete()
    return rows


def bring_back(person_id: UUID, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write what `take_away` has returned, as it was."""
    Viewing.objects.bulk_create(
        [Viewing(person_id=person_id, **row) for row in rows], ignore_conflicts=True
    )
