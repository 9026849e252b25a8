"""Say why a number of hours is what it is: values in, a coded reason with its facts out.

Nothing here is a sentence: pages put the codes into words. Source: the manual, questions 8 and 12.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yanxiu.training.credits import caps
from yanxiu.training.learning import coverage

_MS = 1_000


@dataclass(frozen=True, slots=True)
class Lesson:
    """Hold what is known of a lesson: its length, what is covered, whether it was awarded."""

    title: str
    duration_ms: int
    covered: coverage.Coverage
    is_complete: bool

    @property
    def credit_s(self) -> int:
        """Return what the lesson adds to learned once it is complete."""
        return self.duration_ms // _MS

    @property
    def missing_ms(self) -> int:
        """Return how much is not watched yet; nothing once the lesson is complete."""
        return 0 if self.is_complete else coverage.missing_ms(self.covered, self.duration_ms)


class LessonCode(StrEnum):
    """Name how far a lesson is."""

    NEW = "new"
    BEGUN = "begun"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class LessonReason:
    """Say what a lesson still asks for: how much, where, and what it will add."""

    code: LessonCode
    missing_ms: int
    missing: tuple[tuple[int, int], ...]
    credit_s: int


class CourseCode(StrEnum):
    """Name why a course has the hours that it has."""

    NOT_BEGUN = "not_begun"
    NOTHING_COMPLETE = "nothing_complete"
    SHORT = "short"
    ALL_WATCHED = "all_watched"
    ENOUGH = "enough"
    CAPPED = "capped"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Nearest:
    """Name the lesson that adds hours soonest; `counts_s` of its credit will be recognised."""

    title: str
    covered_ms: int
    missing_ms: int
    credit_s: int
    counts_s: int


@dataclass(frozen=True, slots=True)
class CourseReason:
    """Say why a course has the hours that it has; `nearest` where more lessons would add some."""

    code: CourseCode
    tally: caps.Tally
    complete: int
    begun: int
    lessons: int
    nearest: Nearest | None


class TrainingCode(StrEnum):
    """Name why a training has the hours that it has."""

    NOT_BEGUN = "not_begun"
    SHORT = "short"
    ENOUGH = "enough"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class TrainingReason:
    """Say what a training still asks for; `short` pairs each short course with its seconds.

    `beyond_s` was learned above the caps: it is kept and does not count. `held_s` is earned and
    will count once it is held no more.
    """

    code: TrainingCode
    learned_s: int
    recognised_s: int
    required_s: int
    missing_s: int
    beyond_s: int
    held_s: int
    short: tuple[tuple[str, int], ...]


def lesson(known: Lesson) -> LessonReason:
    """Return why a lesson has its state."""
    if known.is_complete:
        return LessonReason(LessonCode.COMPLETE, 0, (), known.credit_s)
    gaps = coverage.uncovered(known.covered, 0, known.duration_ms)
    code = LessonCode.BEGUN if known.covered else LessonCode.NEW
    return LessonReason(code, known.missing_ms, tuple(coverage.spans(gaps)), known.credit_s)


def course(lessons: Sequence[Lesson], tally: caps.Tally) -> CourseReason:
    """Return why a course has its hours."""
    waiting = [each for each in lessons if not each.is_complete]
    complete = len(lessons) - len(waiting)
    begun = sum(1 for each in waiting if each.covered)
    code = _course_code(tally, complete=complete, begun=begun, waiting=len(waiting))
    needs_more = tally.missing_s and waiting
    nearest = _nearest(waiting, tally) if needs_more else None
    return CourseReason(code, tally, complete, begun, len(lessons), nearest)


def training(courses: Sequence[tuple[str, caps.Tally]], *, required_s: int) -> TrainingReason:
    """Return why a training has its hours; `courses` pairs titles with what each has."""
    tallies = [tally for _, tally in courses]
    learned_s = sum(tally.learned_s for tally in tallies)
    recognised_s = caps.recognised_s(tallies)
    missing_s = caps.missing_s(tallies, required_s=required_s)
    held_s = caps.held_s(tallies)
    short = tuple((title, tally.missing_s) for title, tally in courses if tally.missing_s)
    code = TrainingCode.SHORT if learned_s else TrainingCode.NOT_BEGUN
    if not missing_s:
        code = TrainingCode.HELD if held_s else TrainingCode.ENOUGH
    return TrainingReason(
        code,
        learned_s,
        recognised_s,
        required_s,
        missing_s,
        learned_s - recognised_s - held_s,
        held_s,
        short,
    )


def _course_code(tally: caps.Tally, *, complete: int, begun: int, waiting: int) -> CourseCode:
    if not tally.missing_s and tally.held_s:
        return CourseCode.HELD
    if tally.is_enough:
        return CourseCode.CAPPED if tally.is_capped else CourseCode.ENOUGH
    if not waiting:
        return CourseCode.ALL_WATCHED
    if complete:
        return CourseCode.SHORT
    return CourseCode.NOTHING_COMPLETE if begun else CourseCode.NOT_BEGUN


def _nearest(waiting: Sequence[Lesson], tally: caps.Tally) -> Nearest:
    """Return the begun lesson with least missing, else the first that is not begun."""
    begun = [each for each in waiting if each.covered]
    found = min(begun, key=lambda each: each.missing_ms) if begun else waiting[0]
    room_s = tally.cap_s - tally.earned_s
    return Nearest(
        found.title,
        coverage.total_ms(found.covered),
        found.missing_ms,
        found.credit_s,
        min(found.credit_s, room_s),
    )
