"""Keep which milliseconds of a lesson were watched, as a set: order and repeats change nothing.

A set is the tuple of its edges: start, end, start, end …, strictly increasing, ends exclusive. An
instant lies in the set when an odd number of edges stand at or before it, so that one bisection
answers each question. source: docs/rules/coverage.md
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

type Coverage = tuple[int, ...]

EMPTY: Coverage = ()

# Nearly every lesson is watched from its beginning on: a set of one span is the common case, and
# spared what sets of many need.
_ONE = 2


def add(covered: Coverage, start: int, end: int) -> Coverage:
    """Return the set with the span [start, end) in it; an empty span adds nothing."""
    if start >= end:
        return covered
    first, last = bisect_left(covered, start), bisect_right(covered, end)
    head = covered[:first] if first % 2 else (*covered[:first], start)
    return head + covered[last:] if last % 2 else (*head, end, *covered[last:])


def of(spans: Iterable[tuple[int, int]]) -> Coverage:
    """Return the set of all spans, given in any order, overlapping or not."""
    covered = EMPTY
    for start, end in spans:
        covered = add(covered, start, end)
    return covered


def spans(covered: Coverage) -> list[tuple[int, int]]:
    """Return the set as its spans, in order, none touching the next."""
    if len(covered) == _ONE:
        return [(covered[0], covered[1])]
    return list(zip(covered[::2], covered[1::2], strict=True))


def union(one: Coverage, other: Coverage) -> Coverage:
    """Return what is in either set."""
    few, many = sorted((one, other), key=len)
    for start, end in zip(few[::2], few[1::2], strict=True):
        many = add(many, start, end)
    return many


def uncovered(covered: Coverage, start: int, end: int) -> Coverage:
    """Return what of [start, end) is not in the set."""
    if start >= end:
        return EMPTY
    first, last = bisect_right(covered, start), bisect_left(covered, end)
    inner = covered[first:last] if first % 2 else (start, *covered[first:last])
    return inner if last % 2 else (*inner, end)


def subtract(covered: Coverage, removed: Coverage) -> Coverage:
    """Return what is in the first set and not in the second."""
    left = EMPTY
    for start, end in zip(covered[::2], covered[1::2], strict=True):
        left += uncovered(removed, start, end)
    return left


def take(offered: Coverage, most_ms: int) -> tuple[Coverage, Coverage]:
    """Split the set: its first `most_ms` milliseconds, and the rest."""
    for place in range(0, len(offered), 2):
        start, end = offered[place : place + 2]
        if end - start > most_ms:
            cut = start + most_ms
            taken = (*offered[:place], start, cut) if most_ms else offered[:place]
            return taken, (cut, end, *offered[place + 2 :])
        most_ms -= end - start
    return offered, EMPTY


def total_ms(covered: Coverage) -> int:
    """Return how long the set is, in milliseconds."""
    if len(covered) == _ONE:
        return covered[1] - covered[0]
    return sum(covered[1::2]) - sum(covered[::2])


def missing_ms(covered: Coverage, duration_ms: int) -> int:
    """Return how many milliseconds of a lesson of that length are not in the set."""
    if not covered or covered[-1] <= duration_ms:
        return duration_ms - total_ms(covered)
    return total_ms(uncovered(covered, 0, duration_ms))


def parse(text: str) -> Coverage:
    """Read PostgreSQL's text of an int4multirange; raise ValueError for anything else."""
    if text == "{}":
        return EMPTY
    if not text.startswith("{[") or not text.endswith(")}"):
        msg = f"invalid literal for a set of spans: {text!r}"
        raise ValueError(msg)
    return tuple(map(int, text[2:-2].replace("),[", ",").split(",")))


def text(covered: Coverage) -> str:
    """Write the set as PostgreSQL's text of an int4multirange."""
    if len(covered) == _ONE:
        return "{[%d,%d)}" % covered  # noqa: UP031 - of all ways to write it the quickest
    return "{" + ",".join([f"[{start},{end})" for start, end in spans(covered)]) + "}"
