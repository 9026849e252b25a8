"""Recognise what was learned up to each course's cap; decide on seconds."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Hold a course's seconds: learned in all, the most that may count, how many are asked.

    What is held counts for nothing as long as it is, and is not lost: docs/rules/holds.md.
    """

    learned_s: int
    cap_s: int
    required_s: int
    is_held: bool = False

    @property
    def earned_s(self) -> int:
        """Return what was learned up to the cap. Source: docs/rules/caps.md."""
        return min(self.learned_s, self.cap_s)

    @property
    def recognised_s(self) -> int:
        """Return what counts: all that was earned, nothing while it is held."""
        return 0 if self.is_held else self.earned_s

    @property
    def held_s(self) -> int:
        """Return what will count once it is held no more."""
        return self.earned_s - self.recognised_s

    @property
    def missing_s(self) -> int:
        """Return how many seconds are still to be earned; what is held is earned."""
        return max(0, self.required_s - self.earned_s)

    @property
    def is_enough(self) -> bool:
        """Tell whether the course's requirement is met."""
        return self.missing_s == 0 and not self.is_held

    @property
    def is_capped(self) -> bool:
        """Tell whether more watching no longer adds to what counts."""
        return self.learned_s >= self.cap_s


def recognised_s(tallies: Iterable[Tally]) -> int:
    """Return what counts in all: each course up to its own cap, then added."""
    return sum(tally.recognised_s for tally in tallies)


def held_s(tallies: Iterable[Tally]) -> int:
    """Return what will count in all once it is held no more."""
    return sum(tally.held_s for tally in tallies)


def missing_s(tallies: Iterable[Tally], *, required_s: int) -> int:
    """Return how many seconds a training still asks to be earned, by its courses or in all."""
    every = list(tallies)
    by_course_s = sum(tally.missing_s for tally in every)
    return max(by_course_s, required_s - sum(tally.earned_s for tally in every))


def is_earned(tallies: Iterable[Tally], *, required_s: int) -> bool:
    """Tell whether a training's hours are earned, held or not: every course's, and the sum."""
    return missing_s(tallies, required_s=required_s) == 0


def is_complete(tallies: Iterable[Tally], *, required_s: int) -> bool:
    """Tell whether a training's hours are reached: they are earned, and none is held."""
    every = list(tallies)
    is_held = any(tally.is_held for tally in every)
    return is_earned(every, required_s=required_s) and not is_held
