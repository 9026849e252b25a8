"""As many wait as are answered soon, and players report as often as the server can take."""

import pytest

from yanxiu.web.beats import pace
from yanxiu.web.beats.pace import Pace

BATCH = 512


def after(*batches: tuple[int, float], waiting: int = 0, apart_s: float = 0.0) -> Pace:
    """Give a pace after many rounds of these batches, each with its beats and seconds."""
    made, now_s = Pace(BATCH), 1_000.0
    for _ in range(100):
        for count, took_s in batches:
            made.note(count, waiting, now_s, now_s + took_s)
            now_s += took_s + apart_s
    return made


def test_a_rested_server_takes_a_crowd_and_keeps_the_rulebook_s_rhythm() -> None:
    made = Pace(BATCH)
    assert made.room == pace.MOST_WAITING
    assert made.every_s(30) == 30


def test_as_many_wait_as_are_settled_soon() -> None:
    # 10,000 a second.
    assert after((500, 0.05)).room == pytest.approx(10_000 * pace.PATIENCE_S, rel=0.01)


def test_whoever_fits_into_the_next_batch_is_taken_however_slow_the_disk() -> None:
    assert after((500, 10.0)).room == BATCH


def test_small_batches_of_a_quiet_hour_do_not_make_a_server_look_slow() -> None:
    assert after((1, 0.005), apart_s=1.0).room > 10 * BATCH


def test_two_batches_at_once_count_once() -> None:
    made, now_s = Pace(BATCH), 0.0
    for _ in range(100):
        # Each takes 0.1 s and ends 0.05 s after the other: 10,000 a second.
        now_s += 0.05
        made.note(500, 0, now_s - 0.1, now_s)
    assert made.room == pytest.approx(10_000 * pace.PATIENCE_S, rel=0.01)


@pytest.mark.parametrize(
    ("took_s", "usual_s", "every_s"),
    [
        (0.05, 30, 30),
        (0.05, 5, 15),
        (0.05, 900, 300),
        (0.1, 30, 30),
        (0.2, 30, 60),
        (60, 30, 300),
    ],
)
def test_beats_become_rarer_as_answers_take_longer(
    took_s: float, usual_s: int, every_s: int
) -> None:
    assert after((500, took_s)).every_s(usual_s) == every_s


def test_whoever_is_refused_comes_again_in_the_rhythm_of_all() -> None:
    assert Pace(BATCH).again_after_s(30) == [22, 24, 26, 28, 30, 31, 33, 35, 37]
    # Three times the peak: a third as often, refused or not.
    waits_s = after((500, 0.05), waiting=2_500).again_after_s(30)
    assert (min(waits_s), max(waits_s)) == (67, 112)


def test_a_queue_counts_as_load() -> None:
    # 10,000 a second, and 2,500 wait: 0.05 s for the batch and 0.25 s before it.
    assert after((500, 0.05), waiting=2_500).every_s(30) == 90


def test_three_times_the_peak_settles_at_a_queue_that_still_has_room() -> None:
    """Players who report a third as often bring what the server can take: the queue rests there."""
    waiting = 2_500
    made = after((500, 0.05), waiting=waiting)
    assert made.every_s(30) >= 3 * 30
    assert waiting < made.room


def test_load_that_has_gone_is_forgotten() -> None:
    made = after((500, 1.0))
    for number in range(50):
        made.note(10, 0, 5_000.0 + number, 5_000.005 + number)
    assert made.every_s(30) == 30
    assert made.room > 10 * BATCH
