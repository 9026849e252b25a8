"""Read how far a person is in a training: from completions and coverage, so nothing lags."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from yanxiu.training.catalogue.trainings import Item, Offer, Outline
from yanxiu.training.credits import caps
from yanxiu.training.learning import coverage
from yanxiu.training.learning.models import Completion, Coverage


@dataclass(frozen=True)
class Watched:
    """Say how far a lesson is watched."""

    item: Item
    covered: coverage.Coverage
    position_ms: int
    completed_at: datetime | None
    credited_s: int

    @property
    def state(self) -> str:
        """Return new, begun or complete."""
        if self.completed_at:
            return "complete"
        return "begun" if self.covered else "new"

    @property
    def covered_ms(self) -> int:
        """Return how much media time is covered."""
        return coverage.total_ms(self.covered)

    @property
    def missing(self) -> list[tuple[int, int]]:
        """Return the spans not watched yet."""
        return coverage.spans(coverage.uncovered(self.covered, 0, self.item.duration_ms))

    @property
    def missing_ms(self) -> int:
        """Return how much is not watched yet; nothing once the lesson is complete."""
        return 0 if self.completed_at else self.item.duration_ms - self.covered_ms

    @property
    def percent(self) -> int:
        """Return how much is watched in whole percent, never 100 before it is complete."""
        if self.completed_at:
            return 100
        return min(99, self.covered_ms * 100 // self.item.duration_ms)


@dataclass(frozen=True)
class CourseProgress:
    """Say how far a course is."""

    offer: Offer
    lessons: tuple[Watched, ...]

    @cached_property
    def tally(self) -> caps.Tally:
        """Return the course's seconds."""
        learned_s = sum(watched.credited_s for watched in self.lessons)
        return caps.Tally(learned_s, self.offer.cap_s, self.offer.required_s)

    @property
    def completed(self) -> int:
        """Return how many lessons are complete."""
        return sum(1 for watched in self.lessons if watched.completed_at)

    @property
    def next_lesson(self) -> Watched:
        """Return where to go on: the last one begun, else the first that is not complete."""
        begun = [watched for watched in self.lessons if watched.state == "begun"]
        open_ones = [watched for watched in self.lessons if not watched.completed_at]
        return min(begun, key=lambda w: w.missing_ms) if begun else (open_ones or self.lessons)[0]


@dataclass(frozen=True)
class Progress:
    """Say how far a training is."""

    outline: Outline
    courses: tuple[CourseProgress, ...]

    @property
    def learned_s(self) -> int:
        """Return the seconds of completely watched lessons in all."""
        return sum(course.tally.learned_s for course in self.courses)

    @property
    def recognised_s(self) -> int:
        """Return the seconds that count."""
        return caps.recognised_s(course.tally for course in self.courses)

    @property
    def required_s(self) -> int:
        """Return the seconds that the training asks for."""
        return self.outline.rulebook.required_s

    @property
    def missing_s(self) -> int:
        """Return the seconds still missing."""
        return sum(course.tally.missing_s for course in self.courses)

    @property
    def is_complete(self) -> bool:
        """Tell whether all required hours are reached."""
        return caps.is_complete(
            (course.tally for course in self.courses), required_s=self.required_s
        )

    @property
    def completed_at(self) -> datetime | None:
        """Return when the last lesson was completed; None before the first."""
        instants = [w.completed_at for c in self.courses for w in c.lessons if w.completed_at]
        return max(instants, default=None)

    def course(self, course_id: UUID) -> CourseProgress:
        """Return the progress of one course."""
        return next(course for course in self.courses if course.offer.id == course_id)


def read(person_id: UUID | None, outline: Outline) -> Progress:
    """Return a person's progress in two queries; None reads as nothing watched, in none."""
    ids = [lesson.id for course in outline.courses for lesson in course.lessons]
    covered, done = _rows(person_id, ids) if person_id else ({}, {})
    courses = (
        CourseProgress(course, tuple(_watched(item, covered, done) for item in course.lessons))
        for course in outline.courses
    )
    return Progress(outline, tuple(courses))


def _rows(
    person_id: UUID, lesson_ids: list[UUID]
) -> tuple[dict[UUID, Coverage], dict[UUID, Completion]]:
    mine = {"person_id": person_id, "lesson_id__in": lesson_ids}
    covered = {row.lesson_id: row for row in Coverage.objects.filter(**mine)}
    done = {row.lesson_id: row for row in Completion.objects.filter(**mine)}
    return covered, done


def _watched(item: Item, covered: dict[UUID, Coverage], done: dict[UUID, Completion]) -> Watched:
    row, award = covered.get(item.id), done.get(item.id)
    spans = coverage.parse(row.covered) if row and row.media_version == item.media_version else ()
    return Watched(
        item=item,
        covered=spans,
        position_ms=row.position_ms if row else 0,
        completed_at=award.completed_at if award else None,
        credited_s=award.credited_s if award else 0,
    )
