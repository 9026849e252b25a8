"""Only time that really passed is allowed; honest time is late at worst."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.learning import allowance
from yanxiu.training.learning.allowance import Allowance
from yanxiu.training.learning.tests.seasons import CLOSES, HOUR, MINUTE, NOW, SECOND, TERMS


def test_a_person_begins_with_ten_seconds() -> None:
    assert allowance.opened(TERMS, NOW) == Allowance(10 * SECOND, NOW)


@pytest.mark.parametrize(
    ("passed_ms", "balance_ms"),
    [
        (30 * SECOND, 60 * SECOND),
        (1, 2),
        (2 * HOUR, 4 * HOUR),
        (9 * HOUR, 4 * HOUR),
    ],
)
def test_time_adds_the_highest_rate_for_two_hours_at_most(passed_ms: int, balance_ms: int) -> None:
    grown = allowance.grown(Allowance(0, NOW), TERMS, NOW + passed_ms)
    assert grown == Allowance(balance_ms, NOW + passed_ms)


def test_no_more_is_kept_than_two_hours_at_double_speed() -> None:
    grown = allowance.grown(Allowance(3 * HOUR, NOW), TERMS, NOW + HOUR)
    assert grown.balance_ms == 4 * HOUR


def test_a_smaller_store_in_another_training_takes_nothing_away() -> None:
    strict = msgspec.structs.replace(TERMS, offline_allowance_ms=HOUR)
    grown = allowance.grown(Allowance(3 * HOUR, NOW), strict, NOW + HOUR)
    assert grown == Allowance(3 * HOUR, NOW + HOUR)


@pytest.mark.parametrize("step_ms", [0, -1, -HOUR])
def test_a_clock_that_stands_or_runs_backwards_changes_nothing(step_ms: int) -> None:
    held = Allowance(5, NOW)
    assert allowance.grown(held, TERMS, NOW + step_ms) == held


def test_nothing_grows_after_the_window() -> None:
    held = Allowance(0, CLOSES - MINUTE)
    late = allowance.grown(held, TERMS, CLOSES + 10 * MINUTE)
    assert late == Allowance(2 * MINUTE, CLOSES)
    assert allowance.grown(late, TERMS, CLOSES + 11 * MINUTE) == late


def test_time_before_the_end_stays_usable_in_late_days_however_often_it_is_offered() -> None:
    held = Allowance(0, CLOSES - MINUTE)
    for now in (CLOSES + HOUR, CLOSES + 30 * HOUR, CLOSES + 71 * HOUR):
        held = allowance.grown(held, TERMS, now)
        assert allowance.usable_ms(held, TERMS, now) == 2 * MINUTE


def test_time_after_the_end_in_another_training_does_not_count_here() -> None:
    held = Allowance(2 * MINUTE, CLOSES + 30 * SECOND)
    assert allowance.usable_ms(held, TERMS, CLOSES + MINUTE) == MINUTE
    assert allowance.usable_ms(Allowance(1, CLOSES + HOUR), TERMS, CLOSES + HOUR) == 0


def test_nothing_is_usable_after_the_late_days() -> None:
    held = Allowance(HOUR, CLOSES)
    assert allowance.usable_ms(held, TERMS, CLOSES + 72 * HOUR - 1) == HOUR
    assert allowance.usable_ms(held, TERMS, CLOSES + 72 * HOUR) == 0


def test_what_is_used_is_gone() -> None:
    assert allowance.spent(Allowance(10, NOW), 4) == Allowance(6, NOW)


@pytest.mark.parametrize(
    ("short_ms", "now", "again_after_s"),
    [
        (1, NOW, 1),
        (24 * SECOND, NOW, 12),
        (24 * SECOND + 1, NOW, 13),
        (20 * HOUR, NOW, 7_200),
        (HOUR, CLOSES - MINUTE, 60),
        (1, CLOSES - 1, 1),
        (1, CLOSES, None),
        (1, CLOSES + HOUR, None),
    ],
)
def test_it_is_said_when_to_offer_again(short_ms: int, now: int, again_after_s: int | None) -> None:
    assert allowance.again_after_s(short_ms, TERMS, now) == again_after_s


STEPS = st.lists(st.tuples(st.integers(0, 3 * HOUR), st.integers(0, 5 * HOUR)), max_size=30)


@given(STEPS, st.integers(0, 30))
def test_the_law_holds_over_any_interval(steps: list[tuple[int, int]], first: int) -> None:
    """Newly covered <= max_rate * T + the balance at its start."""
    now, held = NOW, allowance.opened(TERMS, NOW)
    start_ms, start_balance_ms, used_ms = NOW, held.balance_ms, 0
    for number, (passed_ms, wanted_ms) in enumerate(steps):
        if number == first:
            start_ms, start_balance_ms, used_ms = now, held.balance_ms, 0
        now += passed_ms
        held = allowance.grown(held, TERMS, now)
        used = min(wanted_ms, allowance.usable_ms(held, TERMS, now))
        held = allowance.spent(held, used)
        used_ms += used
        assert used_ms <= 2 * (now - start_ms) + start_balance_ms
        assert held.balance_ms >= 0


@given(st.lists(st.integers(0, 2 * HOUR), max_size=20))
def test_watching_honestly_at_normal_speed_never_lacks(pauses: list[int]) -> None:
    now, held = NOW, allowance.opened(TERMS, NOW)
    for watched_ms in pauses:
        now += watched_ms
        held = allowance.grown(held, TERMS, now)
        assert allowance.usable_ms(held, TERMS, now) >= watched_ms
        held = allowance.spent(held, watched_ms)
