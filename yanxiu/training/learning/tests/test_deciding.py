"""A beat is refused in part, never as a whole, and nothing honest is lost for good."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.learning import coverage, deciding, gates
from yanxiu.training.learning.allowance import Allowance
from yanxiu.training.learning.deciding import Beat, Decision, Refusal, Standing, Watched
from yanxiu.training.learning.tests.seasons import CLOSES, HOUR, MINUTE, NOW, SECOND, lease

AMPLE = Standing(Allowance(4 * HOUR, NOW), "tab")
NOTHING = Watched(1, coverage.EMPTY, 0)
SPANS = st.lists(
    st.tuples(st.integers(0, HOUR), st.integers(0, HOUR)).map(lambda pair: (min(pair), max(pair))),
    max_size=12,
)


def beat(*spans: tuple[int, int], position_ms: int | None = 0, **changes: object) -> Beat:
    return Beat(lease(**changes), spans, position_ms)


def decide(
    given_beat: Beat,
    balance_ms: int = 4 * HOUR,
    watched: Watched | None = NOTHING,
    now: int = NOW,
) -> Decision:
    return deciding.decide(given_beat, Standing(Allowance(balance_ms, NOW), "tab"), watched, now)


def test_a_span_within_the_allowance_is_credited_whole() -> None:
    decision = decide(beat((0, 30_000), position_ms=30_000), balance_ms=60_000)
    assert decision.watched == Watched(1, (0, 30_000), 30_000)
    assert decision.standing == Standing(Allowance(30_000, NOW), "tab")
    assert msgspec.to_builtins(decision.answer) == {
        "lease": "active",
        "covered": [(0, 30_000)],
        "missing_ms": HOUR - 30_000,
        "done": False,
        "refused": [],
        "beat_every_s": 30,
    }


def test_a_person_without_rows_begins_with_the_grace() -> None:
    decision = deciding.decide(beat((0, 30_000)), None, None, NOW)
    assert decision.answer.covered == [(0, 10_000)]
    assert decision.answer.refused == [Refusal((10_000, 30_000), "faster_than_time", 10)]
    assert decision.standing == Standing(Allowance(0, NOW), "tab")


def test_time_that_passed_since_the_last_beat_can_be_used() -> None:
    decision = decide(beat((0, 30_000)), balance_ms=0, now=NOW + 15 * SECOND)
    assert decision.answer.refused == []
    assert decision.standing.held == Allowance(0, NOW + 15 * SECOND)


def test_seconds_are_taken_in_the_order_in_which_they_are_offered() -> None:
    decision = decide(beat((50_000, 60_000), (0, 20_000), (90_000, 95_000)), balance_ms=15_000)
    assert decision.answer.covered == [(0, 5_000), (50_000, 60_000)]
    assert decision.answer.refused == [
        Refusal((5_000, 20_000), "faster_than_time", 8),
        Refusal((90_000, 95_000), "faster_than_time", 10),
    ]


def test_what_is_covered_already_costs_nothing_and_is_never_refused() -> None:
    watched = Watched(1, (0, 40_000), 0)
    decision = decide(beat((0, 50_000)), balance_ms=0, watched=watched, now=NOW + 2 * SECOND)
    assert decision.answer.covered == [(0, 44_000)]
    assert decision.answer.refused == [Refusal((44_000, 50_000), "faster_than_time", 3)]


def test_a_span_around_covered_pieces_is_refused_piece_by_piece() -> None:
    watched = Watched(1, (10_000, 20_000), 0)
    decision = decide(beat((0, 30_000)), balance_ms=4_000, watched=watched)
    assert decision.answer.covered == [(0, 4_000), (10_000, 20_000)]
    assert [refusal.span for refusal in decision.answer.refused] == [
        (4_000, 10_000),
        (20_000, 30_000),
    ]


def test_a_small_step_past_the_end_is_clipped_without_a_word() -> None:
    decision = decide(beat((HOUR - 1_000, HOUR + 5_000), (HOUR + 1, HOUR + 2)))
    assert decision.answer.covered == [(HOUR - 1_000, HOUR)]
    assert decision.answer.refused == []


def test_what_lies_far_past_the_end_is_refused_and_the_rest_taken() -> None:
    decision = decide(beat((HOUR - 1_000, HOUR + 5_001), (HOUR + 6_000, HOUR + 7_000)))
    assert decision.answer.covered == [(HOUR - 1_000, HOUR)]
    assert decision.answer.refused == [
        Refusal((HOUR, HOUR + 5_001), "past_end", None),
        Refusal((HOUR + 6_000, HOUR + 7_000), "past_end", None),
    ]


def test_an_empty_span_is_nothing() -> None:
    decision = decide(beat((5, 5)))
    assert decision.answer.covered == []
    assert decision.answer.refused == []


@pytest.mark.parametrize(("missing_ms", "done"), [(2_001, False), (2_000, True), (0, True)])
def test_a_lesson_is_complete_when_two_seconds_are_missing_in_all(
    missing_ms: int, *, done: bool
) -> None:
    decision = decide(beat((0, 1_000_000), (1_000_000 + missing_ms, HOUR)))
    assert decision.answer.missing_ms == missing_ms
    assert decision.answer.done is done


def test_late_spans_are_taken_from_time_before_the_end_alone() -> None:
    standing = Standing(Allowance(0, CLOSES - MINUTE), "tab")
    offered = beat((0, 10 * MINUTE), issued_at_ms=CLOSES)
    first = deciding.decide(offered, standing, NOTHING, CLOSES + HOUR)
    assert first.answer.covered == [(0, 2 * MINUTE)]
    assert first.answer.refused == [Refusal((2 * MINUTE, 10 * MINUTE), "window_closed", None)]
    again = deciding.decide(offered, first.standing, first.watched, CLOSES + 2 * HOUR)
    assert again.answer.covered == [(0, 2 * MINUTE)]


def test_after_the_late_days_only_new_spans_are_refused() -> None:
    standing = Standing(Allowance(HOUR, CLOSES), "tab")
    watched = Watched(1, (0, 1_000), 0)
    late = deciding.decide(beat((0, 3_000)), standing, watched, CLOSES + 72 * HOUR)
    assert late.answer.covered == [(0, 1_000)]
    assert late.answer.refused == [Refusal((1_000, 3_000), "window_closed", None)]


def test_spans_of_an_old_version_of_the_media_are_refused() -> None:
    decision = decide(beat((0, 3_000)), watched=Watched(2, (0, 1_000), 0))
    assert decision.watched.media_version == 2
    assert decision.watched.covered == (0, 1_000)
    # Of another film: what is covered of the new one says nothing about the old.
    assert decision.answer.refused == [Refusal((0, 3_000), "old_version", None)]
    assert (decision.answer.covered, decision.answer.missing_ms) == ([], HOUR)


def test_an_old_version_of_the_media_is_neither_completed_nor_positioned() -> None:
    decision = decide(beat((0, 3_000), position_ms=7), watched=Watched(2, (0, HOUR), 500))
    assert decision.answer.done is False
    assert decision.watched.position_ms == 500


def test_a_newer_version_of_the_media_is_noted() -> None:
    assert decide(beat((0, 3_000), media_version=3)).watched.media_version == 3


def test_more_than_five_hundred_ranges_are_refused_until_gaps_are_filled() -> None:
    crumbs = coverage.of((start, start + 1) for start in range(0, 1_000, 2))
    watched = Watched(1, crumbs, 0)
    refused = decide(beat((2_000, 2_001)), watched=watched)
    assert refused.answer.refused == [Refusal((2_000, 2_001), "too_fragmented", 30)]
    assert refused.watched.covered == crumbs
    assert refused.standing.held.balance_ms == 4 * HOUR
    filled = decide(beat((0, 10), (2_000, 2_001)), watched=watched)
    assert filled.answer.refused == []


def test_another_player_supersedes_but_its_spans_are_settled() -> None:
    standing = Standing(Allowance(HOUR, NOW), "phone")
    watched = Watched(1, (0, 1_000), 1_000)
    decision = deciding.decide(beat((1_000, 5_000), position_ms=5_000), standing, watched, NOW)
    assert decision.answer.lease == "superseded"
    assert decision.answer.covered == [(0, 5_000)]
    assert decision.watched.position_ms == 1_000
    assert decision.standing.player == "phone"


@pytest.mark.parametrize(
    ("position_ms", "kept_ms"), [(0, 0), (7, 7), (HOUR + 9, HOUR), (None, 500)]
)
def test_the_position_is_kept_within_the_lesson(position_ms: int | None, kept_ms: int) -> None:
    decision = decide(beat(position_ms=position_ms), watched=Watched(1, (), 500))
    assert decision.watched.position_ms == kept_ms


@given(SPANS, st.randoms(use_true_random=False))
def test_given_allowance_enough_order_repeats_and_splits_change_nothing(
    spans: list[tuple[int, int]], shuffler: random.Random
) -> None:
    reports = spans + spans
    shuffler.shuffle(reports)
    standing, watched = AMPLE, NOTHING
    for span in reports:
        decision = deciding.decide(beat(span), standing, watched, NOW)
        standing, watched = decision.standing, decision.watched
    assert watched.covered == coverage.of(spans)
    assert standing.held.balance_ms == 4 * HOUR - coverage.total_ms(watched.covered)


@given(SPANS, st.lists(st.integers(0, HOUR), max_size=10), st.integers(0, 4 * HOUR))
def test_the_law_holds_whatever_is_offered(
    spans: list[tuple[int, int]], pauses: list[int], balance_ms: int
) -> None:
    now, watched, standing = NOW, NOTHING, Standing(Allowance(balance_ms, NOW), "tab")
    for pause in pauses:
        now += pause
        decision = deciding.decide(beat(*spans), standing, watched, now)
        standing, watched = decision.standing, decision.watched
        assert coverage.total_ms(watched.covered) <= balance_ms + 2 * (now - NOW)


@given(SPANS)
def test_what_is_refused_and_offered_again_in_time_is_credited(
    spans: list[tuple[int, int]],
) -> None:
    now, standing, watched = NOW, Standing(Allowance(0, NOW), "tab"), NOTHING
    offered = spans
    while offered:
        decision = deciding.decide(beat(*offered), standing, watched, now)
        standing, watched = decision.standing, decision.watched
        offered = [refusal.span for refusal in decision.answer.refused]
        waits = [refusal.again_after_s or 0 for refusal in decision.answer.refused]
        now += max(waits, default=0) * SECOND
    assert watched.covered == coverage.of(spans)


def test_two_devices_cannot_earn_the_same_second_twice() -> None:
    standing, phone, desk = Standing(Allowance(0, NOW), "tab"), NOTHING, NOTHING
    earned_ms = 0
    for number in range(1, 11):
        now = NOW + number * 30 * SECOND
        span = ((number - 1) * 30_000, number * 30_000)
        one = deciding.decide(beat(span), standing, phone, now)
        other = deciding.decide(beat(span, lesson=bytes(16)), one.standing, desk, now)
        standing, phone, desk = other.standing, one.watched, other.watched
        earned_ms = coverage.total_ms(phone.covered) + coverage.total_ms(desk.covered)
        assert earned_ms <= 2 * (now - NOW)
    again = deciding.decide(beat((0, 300_000)), standing, phone, NOW + 300 * SECOND)
    assert coverage.total_ms(again.watched.covered) == 300_000


GATED = Watched(1, (0, 5_000), 5_000, 10_000)


def test_nothing_past_an_unanswered_gate_is_credited() -> None:
    decision = decide(beat((0, 30_000), (40_000, 50_000)), watched=GATED)
    assert decision.answer.covered == [(0, 10_000)]
    assert decision.answer.refused == [
        Refusal((10_000, 30_000), "question_waiting", deciding.QUESTION_AGAIN_S),
        Refusal((40_000, 50_000), "question_waiting", deciding.QUESTION_AGAIN_S),
    ]
    assert decision.standing.held.balance_ms == 4 * HOUR - 5_000
    assert decision.watched.gate_ms == 10_000


def test_what_was_earned_past_a_gate_before_it_stood_is_kept_and_not_refused() -> None:
    watched = Watched(1, (0, 5_000, 20_000, 40_000), 0, 10_000)
    decision = decide(beat((8_000, 30_000)), watched=watched)
    assert decision.answer.covered == [(0, 5_000), (8_000, 10_000), (20_000, 40_000)]
    assert [each.span for each in decision.answer.refused] == [(10_000, 20_000)]


def test_a_lease_that_asks_counts_nothing_where_no_gate_is_known() -> None:
    for watched in (None, NOTHING):
        decision = decide(beat((0, 30_000), asks=True), watched=watched)
        assert decision.answer.covered == []
        assert [each.reason for each in decision.answer.refused] == ["question_waiting"]


def test_an_open_gate_and_a_lease_that_asks_nothing_let_everything_pass() -> None:
    is_open = Watched(1, coverage.EMPTY, 0, gates.OPEN_MS)
    assert decide(beat((0, 30_000), asks=True), watched=is_open).answer.refused == []
    assert decide(beat((0, 30_000)), watched=NOTHING).answer.refused == []


def test_once_the_late_days_are_over_it_is_not_the_question_that_is_named() -> None:
    late = CLOSES + 72 * HOUR
    decision = decide(beat((0, 30_000)), watched=GATED, now=late)
    assert decision.answer.refused == [Refusal((5_000, 30_000), "window_closed", None)]
    before = decide(beat((0, 30_000)), watched=GATED, now=late - 1)
    assert before.answer.refused[0] == Refusal((10_000, 30_000), "question_waiting", 60)


def test_new_media_are_named_before_a_question() -> None:
    watched = Watched(2, coverage.EMPTY, 0, 10_000)
    decision = decide(beat((0, 30_000)), watched=watched)
    assert decision.answer.refused == [Refusal((0, 30_000), "old_version", None)]


def test_a_lesson_withdrawn_keeps_what_it_earned_and_takes_nothing_more() -> None:
    withdrawn = Watched(1, (0, 5_000), 5_000, gates.WITHDRAWN_MS)
    decision = decide(beat((0, 30_000), asks=True), watched=withdrawn)
    assert decision.answer.covered == [(0, 5_000)]
    assert decision.answer.refused == [Refusal((5_000, 30_000), "withdrawn", None)]
