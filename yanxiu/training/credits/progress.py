"""Read how far a person is in a training: nothing lags.

Hours are made of completions and of the ledger's lines that amend them. Its other lines follow
completions and are not asked: they say the same, a little later.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from yanxiu.training.catalogue.trainings import Item, Offer, Outline
from yanxiu.training.credits import accounts, caps
from yanxiu.training.credits.accounts import Account, Change
from yanxiu.training.integrity.holds import Held
from yanxiu.training.learning import coverage, mapping, questions, records


@dataclass(frozen=True)
class Watched:
    """Say how far a lesson is watched."""

    item: Item
    covered: coverage.Coverage
    position_ms: int
    completed_at: datetime | None
    credited_s: int
    # As whom she completed it.
    identity_version: int | None = None
    # Whether a question waits: nothing more of it counts before the answer.
    is_asked: bool = False
    # How much she had watched of a film that was replaced since; None where it is the same film.
    before_ms: int | None = None

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
        """Return how much is watched in whole percent: 0 is nothing, 100 is complete."""
        if self.state == "begun":
            return min(99, max(1, self.covered_ms * 100 // self.item.duration_ms))
        return 100 if self.completed_at else 0


@dataclass(frozen=True)
class CourseProgress:
    """Say how far a course is; `changes` are the ledger's lines beside the awards."""

    offer: Offer
    lessons: tuple[Watched, ...]
    changes: tuple[Change, ...] = ()
    is_held: bool = False

    @cached_property
    def tally(self) -> caps.Tally:
        """Return the course's seconds: what lessons gave, what was amended, what stays counted."""
        learned_s = sum(watched.credited_s for watched in self.lessons)
        learned_s += sum(change.learned_s for change in self.changes)
        kept_s = max((change.kept_s for change in self.changes), default=0)
        cap_s = max(self.offer.cap_s, kept_s)
        return caps.Tally(learned_s, cap_s, self.offer.required_s, self.is_held)

    @property
    def completed(self) -> int:
        """Return how many lessons are complete."""
        return sum(1 for watched in self.lessons if watched.completed_at)

    @property
    def is_begun(self) -> bool:
        """Tell whether anything of the course has been watched."""
        return any(watched.state != "new" for watched in self.lessons)

    @property
    def next_lesson(self) -> Watched:
        """Return where to go on: the begun one with least missing, else the first open one."""
        offered = [watched for watched in self.lessons if not watched.item.is_withdrawn]
        begun = [watched for watched in offered if watched.state == "begun"]
        open_ones = [watched for watched in offered if not watched.completed_at]
        return min(begun, key=lambda w: w.missing_ms) if begun else (open_ones or self.lessons)[0]


@dataclass(frozen=True)
class Progress:
    """Say how far a training is; `hold` where its hours are not recognised for now, and why."""

    outline: Outline
    courses: tuple[CourseProgress, ...]
    hold: Held | None = None

    @property
    def learned_s(self) -> int:
        """Return the seconds of completely watched lessons in all."""
        return sum(course.tally.learned_s for course in self.courses)

    @property
    def recognised_s(self) -> int:
        """Return the seconds that count."""
        return caps.recognised_s(course.tally for course in self.courses)

    @property
    def held_s(self) -> int:
        """Return the seconds that will count once they are held no more."""
        return caps.held_s(course.tally for course in self.courses)

    @property
    def required_s(self) -> int:
        """Return the seconds that the training asks for."""
        return self.outline.rulebook.required_s

    @property
    def missing_s(self) -> int:
        """Return the seconds still to be earned."""
        return caps.missing_s(self._tallies, required_s=self.required_s)

    @property
    def is_earned(self) -> bool:
        """Tell whether all required hours are earned, held or not."""
        return caps.is_earned(self._tallies, required_s=self.required_s)

    @property
    def is_complete(self) -> bool:
        """Tell whether all required hours are reached."""
        return caps.is_complete(self._tallies, required_s=self.required_s)

    @property
    def completed_at(self) -> datetime | None:
        """Return since when the required hours are earned; later lessons do not move it."""
        tallies = [replace(tally, learned_s=0) for tally in self._tallies]
        reached_at = None
        for instant, place, seconds in sorted(self._events()):
            before = tallies[place]
            tallies[place] = replace(before, learned_s=before.learned_s + seconds)
            is_reached = caps.is_earned(tallies, required_s=self.required_s)
            reached_at = (reached_at or instant) if is_reached else None
        return reached_at

    @property
    def next_course(self) -> CourseProgress:
        """Return where to go on: the first course that asks for more, a begun one before others."""
        open_ones = [course for course in self.courses if course.tally.missing_s]
        begun = [course for course in open_ones if course.is_begun]
        return (begun or open_ones or self.courses)[0]

    def _events(self) -> Iterator[tuple[datetime, int, int]]:
        """Yield when which course got, or lost, how many seconds."""
        for place, course in enumerate(self.courses):
            for watched in course.lessons:
                if watched.completed_at:
                    yield watched.completed_at, place, watched.credited_s
            for change in course.changes:
                yield change.at, place, change.learned_s

    @property
    def _tallies(self) -> list[caps.Tally]:
        return [course.tally for course in self.courses]

    def course(self, course_id: UUID) -> CourseProgress:
        """Return the progress of one course."""
        return next(course for course in self.courses if course.offer.id == course_id)

    def amended(self, course_id: UUID, change: Change) -> "Progress":
        """Return what it would be with one more change of a course; nothing is written."""
        courses = (
            replace(course, changes=(*course.changes, change))
            if course.offer.id == course_id
            else course
            for course in self.courses
        )
        return replace(self, courses=tuple(courses))


def read(person_id: UUID | None, outline: Outline) -> Progress:
    """Return a person's progress in one query; None reads as nothing watched, in none."""
    return several(person_id, [outline])[0]


def several(person_id: UUID | None, outlines: Sequence[Outline]) -> list[Progress]:
    """Return a person's progress in each of the trainings, in one query for all of them."""
    ids = _lesson_ids(outlines)
    account = accounts.read(person_id, outlines, ids) if person_id and ids else accounts.EMPTY
    return [_progress(outline, account) for outline in outlines]


def awarded(people: Collection[UUID], outline: Outline) -> dict[UUID, Progress]:
    """Return the progress of each of these people by completed lessons alone, in three queries."""
    found = accounts.awards(people, outline, _lesson_ids([outline]))
    return {person_id: _progress(outline, found[person_id]) for person_id in people}


def _lesson_ids(outlines: Sequence[Outline]) -> list[UUID]:
    courses = [course for outline in outlines for course in outline.courses]
    return [lesson.id for course in courses for lesson in course.lessons]


def _progress(outline: Outline, account: Account) -> Progress:
    hold = account.holds.get(outline.training.id)

    def walked(course: Offer) -> CourseProgress:
        tolerance_ms = outline.rulebook.tolerance_ms
        lessons = (_watched(item, account.record(item.id), tolerance_ms) for item in course.lessons)
        changes = account.changes_of(course.id)
        return CourseProgress(course, tuple(lessons), changes, hold is not None)

    return Progress(outline, tuple(map(walked, outline.courses)), hold)


def _watched(item: Item, record: records.Record, tolerance_ms: int) -> Watched:
    covered, before_ms = record.covered, None
    if record.media_version < item.media_version:
        covered = mapping.through(record.covered, mapping.since(item.kept, record.media_version))
        before_ms = coverage.total_ms(record.covered) if record.media_version else None
    elif record.media_version > item.media_version:
        covered = coverage.EMPTY
    return Watched(
        item=item,
        covered=covered,
        position_ms=record.position_ms,
        completed_at=record.completed_at,
        credited_s=record.credited_s,
        identity_version=record.identity_version,
        is_asked=questions.is_waiting(record, item.duration_ms, tolerance_ms),
        before_ms=before_ms,
    )
