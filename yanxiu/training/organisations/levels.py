"""Decide who may give which right: a lower one, inside one's own branch, never to oneself.

Pure: levels are the names of `Officer.Level`, paths those of the tree, such as `000000/330000`.
Source: docs/rules/rights.md.
"""

from dataclasses import dataclass
from enum import Enum

# From the widest to the narrowest; a level's rank is its place here.
ORDER = ("nation", "province", "city", "county", "school")


class Finding(Enum):
    """Say why a right may not be given or taken."""

    ONESELF = "oneself"
    OUTSIDE = "outside"
    NOT_LOWER = "not_lower"


@dataclass(frozen=True, slots=True)
class Served:
    """Be a node of the tree as somebody serves it: the level of the right and the node's path."""

    level: str
    path: str


def covers(path: str, other: str) -> bool:
    """Tell whether `other` is the node at `path` or lies below it."""
    return other == path or other.startswith(f"{path}/")


def is_lower(level: str, than: str) -> bool:
    """Tell whether a level is strictly lower than another."""
    return ORDER.index(level) > ORDER.index(than)


def may_give(giver: Served, right: Served) -> bool:
    """Tell whether whoever serves `giver` may give or take `right`."""
    return is_lower(right.level, giver.level) and covers(giver.path, right.path)


def against(held: list[Served], right: Served, *, is_oneself: bool) -> Finding | None:
    """Return why nobody with these rights may give or take `right`, or None where she may."""
    if not any(covers(each.path, right.path) for each in held):
        return Finding.OUTSIDE
    if is_oneself:
        return Finding.ONESELF
    if not any(may_give(each, right) for each in held):
        return Finding.NOT_LOWER
    return None


def below(held: list[Served]) -> list[str]:
    """Return the levels that somebody with these rights may give somewhere, the widest first."""
    if not held:
        return []
    widest = min(ORDER.index(each.level) for each in held)
    return list(ORDER[widest + 1 :])
