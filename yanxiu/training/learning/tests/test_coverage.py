"""Coverage is a set: no order, repeat or split of what is reported can change it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage

INSTANTS = st.integers(0, 60)
SPANS = st.lists(st.tuples(INSTANTS, INSTANTS).map(lambda pair: (min(pair), max(pair))))
SETS = SPANS.map(coverage.of)


def milliseconds(covered: Coverage) -> set[int]:
    return {each for start, end in coverage.spans(covered) for each in range(start, end)}


@given(SPANS)
def test_a_set_holds_exactly_the_milliseconds_of_its_spans(spans: list[tuple[int, int]]) -> None:
    expected = {each for start, end in spans for each in range(start, end)}
    assert milliseconds(coverage.of(spans)) == expected


@given(SETS)
def test_spans_are_sorted_and_never_touch(covered: Coverage) -> None:
    assert list(covered) == sorted(set(covered))


@given(SETS, SETS)
def test_union_is_commutative(one: Coverage, other: Coverage) -> None:
    assert coverage.union(one, other) == coverage.union(other, one)
    assert milliseconds(coverage.union(one, other)) == milliseconds(one) | milliseconds(other)


@given(SETS, SETS, SETS)
def test_union_is_associative(one: Coverage, two: Coverage, three: Coverage) -> None:
    left = coverage.union(coverage.union(one, two), three)
    assert left == coverage.union(one, coverage.union(two, three))


@given(SETS)
def test_union_is_idempotent(covered: Coverage) -> None:
    assert coverage.union(covered, covered) == covered
    assert coverage.union(covered, coverage.EMPTY) == covered


@given(SPANS, st.randoms(use_true_random=False), INSTANTS)
def test_order_repeats_and_splits_change_nothing(
    spans: list[tuple[int, int]], random: object, cut: int
) -> None:
    pieces = [(min(cut, end), end) for start, end in spans if start < cut < end]
    pieces += [
        (start, min(cut, end)) if start < cut < end else (start, end) for start, end in spans
    ]
    twice = pieces + spans
    random.shuffle(twice)  # type: ignore[attr-defined]  # Hypothesis hands a random.Random
    assert coverage.of(twice) == coverage.of(spans)


@given(SETS, INSTANTS, INSTANTS)
def test_what_is_uncovered_is_the_rest_of_the_span(covered: Coverage, start: int, end: int) -> None:
    expected = set(range(start, end)) - milliseconds(covered)
    assert milliseconds(coverage.uncovered(covered, start, end)) == expected


@given(SETS, SETS)
def test_subtracting_leaves_what_only_the_first_has(one: Coverage, other: Coverage) -> None:
    left = coverage.subtract(one, other)
    assert milliseconds(left) == milliseconds(one) - milliseconds(other)
    assert list(left) == sorted(set(left))


@given(SETS, st.integers(0, 70))
def test_taking_splits_after_so_many_milliseconds(offered: Coverage, most_ms: int) -> None:
    taken, rest = coverage.take(offered, most_ms)
    assert coverage.total_ms(taken) == min(most_ms, coverage.total_ms(offered))
    assert coverage.union(taken, rest) == offered
    assert not taken or not rest or taken[-1] <= rest[0]


@given(SETS)
def test_the_total_counts_each_millisecond_once(covered: Coverage) -> None:
    assert coverage.total_ms(covered) == len(milliseconds(covered))


@given(SETS, INSTANTS)
def test_missing_is_what_a_lesson_has_beyond_the_set(covered: Coverage, duration_ms: int) -> None:
    expected = set(range(duration_ms)) - milliseconds(covered)
    assert coverage.missing_ms(covered, duration_ms) == len(expected)


@given(SETS)
def test_text_is_read_back_as_it_was_written(covered: Coverage) -> None:
    assert coverage.parse(coverage.text(covered)) == covered


@pytest.mark.parametrize(
    ("covered", "text"),
    [((), "{}"), ((0, 61_000), "{[0,61000)}"), ((0, 1, 5, 9), "{[0,1),[5,9)}")],
)
def test_text_is_what_postgresql_writes(covered: Coverage, text: str) -> None:
    assert coverage.text(covered) == text
    assert coverage.parse(text) == covered


@pytest.mark.parametrize("text", ["{[0,a)}", "nothing", "{[0,)}"])
def test_text_that_is_no_set_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        coverage.parse(text)
