"""Carry what was watched of a film over to the film that replaces it.

A map is the parts of the old film that the new one still shows: [(old_start, old_end, new_start)],
in milliseconds, ends exclusive. Each instant of either film lies in one part at most, so that the
new film never has more covered than was watched of the old one. source: docs/rules/media.md
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage


class Part(NamedTuple):
    """Be a stretch of the old film that the new one shows from `new_start` on."""

    old_start: int
    old_end: int
    new_start: int

    @property
    def new_end(self) -> int:
        """Return where it ends in the new film."""
        return self.new_start + self.old_end - self.old_start


class Impossible(ValueError):
    """Tell what is wrong with a map; `place` counts its parts from 1."""

    def __init__(self, what: str, place: int) -> None:
        """Keep which part it is."""
        super().__init__(what)
        self.what, self.place = what, place


type Map = tuple[Part, ...]

NOTHING: Map = ()


def whole(duration_ms: int) -> Map:
    """Return the map of a film to itself: the same scenes in another file."""
    return (Part(0, duration_ms, 0),)


def checked(parts: Iterable[Sequence[int]], *, old_ms: int, new_ms: int) -> Map:
    """Return the parts as a map between films of these lengths; raise `Impossible`."""
    found: list[Part] = []
    for place, each in enumerate(parts, start=1):
        part = Part(*each)
        if not 0 <= part.old_start < part.old_end:
            raise Impossible("empty", place)
        if part.old_end > old_ms or part.new_start < 0 or part.new_end > new_ms:
            raise Impossible("beyond", place)
        if any(_overlap(part, other) for other in found):
            raise Impossible("twice", place)
        found.append(part)
    return tuple(found)


def carried(covered: Coverage, parts: Map) -> Coverage:
    """Return what of the new film is covered by what was of the old one."""
    return coverage.of(
        (start + part.new_start - part.old_start, end + part.new_start - part.old_start)
        for part in parts
        for start, end in _within(covered, part)
    )


def through(covered: Coverage, maps: Iterable[Map]) -> Coverage:
    """Return what is left of coverage after several replacements, the first one first."""
    for parts in maps:
        covered = carried(covered, parts)
    return covered


def position_ms(position: int, maps: Iterable[Map]) -> int:
    """Return where to go on; the beginning where the scene is no longer shown."""
    for parts in maps:
        shown = (p for p in parts if p.old_start <= position <= p.old_end)
        part = next(shown, None)
        position = position + part.new_start - part.old_start if part else 0
    return position


def read(kept: Iterable[Sequence[int]]) -> Map:
    """Return a map as it is kept with a version of media."""
    return tuple(Part(*each) for each in kept)


def since(kept: Sequence[Iterable[Sequence[int]]], version: int) -> list[Map]:
    """Return the maps from a version's film to the present one; `kept` is that of an `Item`.

    Whoever was never shown a version (0) has nothing to carry.
    """
    later = kept[version - 1 :] if version else [()]
    return [read(parts) for parts in later]


def _within(covered: Coverage, part: Part) -> list[tuple[int, int]]:
    """Return which spans of a set lie in the old stretch of a part."""
    open_ones = coverage.uncovered(covered, part.old_start, part.old_end)
    return coverage.spans(coverage.uncovered(open_ones, part.old_start, part.old_end))


def _overlap(one: Part, other: Part) -> bool:
    return (one.old_start < other.old_end and other.old_start < one.old_end) or (
        one.new_start < other.new_end and other.new_start < one.new_end
    )
