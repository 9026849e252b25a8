"""Show where gates stand: spread out, away from the ends, unknown to whoever lacks the secret."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.learning import coverage, gates

MINUTE = 60_000
SECRETS = st.binary(min_size=32, max_size=32)


@given(SECRETS, st.integers(1, 4 * 60 * MINUTE), st.integers(30_000, 60 * MINUTE))
def test_gates_are_apart_from_each_other_and_from_the_ends(
    secret: bytes, duration_ms: int, every_ms: int
) -> None:
    placed = gates.places(secret, duration_ms, every_ms)
    assert len(placed) == min(duration_ms // every_ms, gates.MOST)
    apart_ms = every_ms // 4 - 1_000
    edges = (0, *placed, duration_ms) if placed else ()
    for one, other in pairwise(edges):
        assert other - one >= apart_ms


def test_a_lesson_shorter_than_the_spacing_asks_nothing() -> None:
    assert gates.places(bytes(32), 10 * MINUTE - 1, 10 * MINUTE) == ()
    assert len(gates.places(bytes(32), 10 * MINUTE, 10 * MINUTE)) == 1


def test_another_secret_places_them_elsewhere_and_the_same_where_they_were() -> None:
    secrets = bytes(range(32)), bytes(range(32)), bytes(range(100, 132))
    one, again, other = (gates.places(each, 60 * MINUTE, 10 * MINUTE) for each in secrets)
    assert one == again
    assert not set(one) & set(other)


def test_the_whole_middle_of_a_share_is_possible() -> None:
    assert gates.places(bytes(32), 40_000, 40_000) == (10_000,)
    assert gates.places(b"\xff" * 32, 40_000, 40_000) == (29_000,)


def test_the_gate_goes_on_with_each_answer_and_is_open_after_the_last() -> None:
    placed = (10_000, 30_000)
    found = [gates.standing(placed, answered) for answered in range(4)]
    assert found == [10_000, 30_000, gates.OPEN_MS, gates.OPEN_MS]


def test_a_gate_is_reached_when_all_before_it_is_watched() -> None:
    assert gates.is_reached(coverage.of([(0, 10_000)]), 10_000, 2_000)
    assert gates.is_reached(coverage.of([(1_000, 9_000), (20_000, 21_000)]), 10_000, 2_000)
    assert not gates.is_reached(coverage.of([(1_000, 8_999)]), 10_000, 2_000)
    assert not gates.is_reached(coverage.EMPTY, 10_000, 2_000)
