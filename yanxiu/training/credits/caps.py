"""Recognise what was learned up to each course's cap; decide on seconds."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Hold a course's seconds: learned in all, the most that may count, how many are asked."""

    learned_s: int
    cap_s: int
    required_s: int

    @property
    def recognised_s(self) -> int:
        """Return what counts: learned up to the cap. Source: docs/rules/caps.md."""
        return min(self.learned_s, self.cap_s)

    @property
    def missing_s(self) -> int:
        """Return how many recognised seconds the course still asks for."""
        return max(0, self.required_s - self.recognised_s)

    @property
    def is_enough(self) -> bool:
        """Tell whether the course's requirement is met."""
        return self.missing_s == 0

    @property
    def is_capped(self) -> bool:
        """Tell whether more watching no longer adds to what counts."""
        return self.learned_s >= self.cap_s


def recognised_s(tallies: Iterable[Tally]) -> int:
    """Return what counts in all: each course up to its own cap, then added."""
    return sum(tally.recognised_s for tally in tallies)


def missing_s(tallies: Iterable[Tally], *, required_s: int) -> int:
    """Return how many recognised seconds a training still asks for, by its courses or in all."""
    every = list(tallies)
    by_course_s = sum(tally.missing_s for tally in every)
    return max(by_course_s, required_s - recognised_s(every))


def is_complete(tallies: Iterable[Tally], *, required_s: int) -> bool:
    """Tell whether a training's hours are reached: every course enough, and the sum."""
    return missing_s(tallies, required_s=required_s) == 0
