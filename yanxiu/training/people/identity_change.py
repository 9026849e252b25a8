"""Decide how far two versions of an identity lie apart, and whether study under one serves another.

source: docs/rules/certificates.md
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """Name how far apart: what a school may confirm alone is minor."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, slots=True)
class Known:
    """Hold what makes a person the same: her name, and her document as its fingerprint."""

    name: str
    number: bytes


def between(before: Known, after: Known) -> Change:
    """Return the change: major is another number, or more than one character of the name."""
    if before.number != after.number:
        return Change.MAJOR
    if before.name == after.name:
        return Change.NONE
    return Change.MINOR if _one_apart(before.name, after.name) else Change.MAJOR


def is_another(
    earned: Iterable[int],
    becomes: Known,
    *,
    known: Mapping[int, Known],
    vouched: Collection[int],
) -> bool:
    """Tell whether what was `earned` under some versions was earned as somebody else.

    `known` are a person's versions by number. A version that a county has `vouched` for carries
    what was earned before it over to itself, and to whatever a school may make of it alone.
    """
    near = [version for version in vouched if _is_near(known[version], becomes)]
    return any(
        not _is_near(known[version], becomes) and not any(later > version for later in near)
        for version in earned
    )


def _is_near(before: Known, after: Known) -> bool:
    return between(before, after) is not Change.MAJOR


def _one_apart(before: str, after: str) -> bool:
    """Tell whether putting one character in, out or in another's place makes one the other."""
    left, right = before, after
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return len(left) <= 1 and len(right) <= 1
