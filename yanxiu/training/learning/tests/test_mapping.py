"""What was watched of the old film is watched of the new one where it shows the same, no more."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yanxiu.training.learning import coverage, mapping
from yanxiu.training.learning.mapping import Impossible, Map, Part

OLD_MS = 1_000
# How long drawing takes is the machine's matter, not the rule's.
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """Cut a film, throw pieces away, shuffle the others, and put new scenes between them."""
    cuts = sorted(draw(st.sets(st.integers(0, OLD_MS), max_size=8)) | {0, OLD_MS})
    pieces = [piece for piece in pairwise(cuts) if draw(st.booleans())]
    at, parts = 0, []
    for start, end in draw(st.permutations(pieces)):
        at += draw(st.integers(0, 50))
        parts.append(Part(start, end, at))
        at += end - start
    return mapping.checked(parts, old_ms=OLD_MS, new_ms=at)


EDGES = st.integers(0, OLD_MS)
# A span that ends before it begins is empty.
SETS = st.lists(st.tuples(EDGES, EDGES), max_size=8).map(coverage.of)


def instants(covered: coverage.Coverage) -> set[int]:
    return {ms for start, end in coverage.spans(covered) for ms in range(start, end)}


@CALM
@given(SETS, maps())
def test_each_instant_goes_where_its_scene_has_gone(covered: coverage.Coverage, parts: Map) -> None:
    told = {
        ms - part.old_start + part.new_start
        for ms in instants(covered)
        for part in parts
        if part.old_start <= ms < part.old_end
    }
    assert instants(mapping.carried(covered, parts)) == told


@CALM
@given(SETS, maps())
def test_never_more_is_covered_than_was(covered: coverage.Coverage, parts: Map) -> None:
    assert coverage.total_ms(mapping.carried(covered, parts)) <= coverage.total_ms(covered)


@CALM
@given(SETS, SETS, maps())
def test_more_watched_is_more_carried_and_order_changes_nothing(
    one: coverage.Coverage, other: coverage.Coverage, parts: Map
) -> None:
    both = mapping.carried(coverage.union(one, other), parts)
    assert both == coverage.union(mapping.carried(one, parts), mapping.carried(other, parts))


@CALM
@given(SETS, maps(), maps())
def test_several_replacements_are_one_after_the_other(
    covered: coverage.Coverage, first: Map, second: Map
) -> None:
    left = mapping.through(covered, [first, second])
    assert left == mapping.carried(mapping.carried(covered, first), second)
    assert mapping.through(covered, []) == covered


@CALM
@given(SETS)
def test_the_same_film_keeps_everything(covered: coverage.Coverage) -> None:
    assert mapping.carried(covered, mapping.whole(OLD_MS)) == covered
    assert mapping.carried(covered, mapping.NOTHING) == coverage.EMPTY


def test_a_trimmed_head_an_insertion_and_another_order() -> None:
    seen = coverage.of([(0, 300), (900, 1_000)])
    assert mapping.carried(seen, (Part(100, 1_000, 0),)) == (0, 200, 800, 900)
    assert mapping.carried(seen, (Part(0, 200, 0), Part(200, 1_000, 260))) == (
        0,
        200,
        260,
        360,
        960,
        1_060,
    )
    assert mapping.carried(seen, (Part(500, 1_000, 0), Part(0, 500, 500))) == (400, 800)


def test_she_goes_on_where_the_scene_is_now() -> None:
    trimmed, moved = (Part(100, 1_000, 0),), (Part(0, 500, 400),)
    assert mapping.position_ms(300, [trimmed]) == 200
    assert mapping.position_ms(1_000, [trimmed]) == 900
    assert mapping.position_ms(300, [trimmed, moved]) == 600
    assert mapping.position_ms(50, [trimmed]) == 0
    assert mapping.position_ms(50, []) == 50


@pytest.mark.parametrize(
    ("parts", "what", "place"),
    [
        ([(5, 5, 0)], "empty", 1),
        ([(9, 5, 0)], "empty", 1),
        ([(-1, 5, 0)], "empty", 1),
        ([(0, 1_001, 0)], "beyond", 1),
        ([(0, 10, -1)], "beyond", 1),
        ([(0, 10, 0), (10, 20, 1_995)], "beyond", 2),
        ([(0, 10, 0), (5, 20, 100)], "twice", 2),
        ([(0, 10, 0), (10, 20, 9)], "twice", 2),
    ],
)
def test_what_is_no_map_is_said(parts: list[tuple[int, int, int]], what: str, place: int) -> None:
    with pytest.raises(Impossible) as refused:
        mapping.checked(parts, old_ms=OLD_MS, new_ms=2_000)
    assert (refused.value.what, refused.value.place) == (what, place)


def test_parts_may_touch_and_stand_in_any_order() -> None:
    parts = [(10, 20, 0), (0, 10, 10)]
    assert mapping.checked(parts, old_ms=20, new_ms=20) == (Part(10, 20, 0), Part(0, 10, 10))


def test_whoever_comes_back_is_carried_over_all_that_was_replaced_meanwhile() -> None:
    kept = (((100, 1_000, 0),), ((0, 500, 400),))
    trimmed, moved = (Part(100, 1_000, 0),), (Part(0, 500, 400),)
    assert mapping.read([[100, 1_000, 0]]) == trimmed
    assert mapping.since(kept, 1) == [trimmed, moved]
    assert mapping.since(kept, 2) == [moved]
    assert mapping.since(kept, 3) == []
    # Never shown any version, she has nothing to carry.
    assert mapping.through((0, 10), mapping.since(kept, 0)) == coverage.EMPTY
