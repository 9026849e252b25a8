"""Report late: after the window's end, and from two devices that both watched without a network.

The real engine, on a database whose clock the test turns.
"""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.clocks import DatabaseClock
from tests.support.databases import Scratch
from yanxiu.training.learning import coverage, settlement
from yanxiu.training.learning.coverage import Coverage
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.tests.seasons import CLOSES, HOUR, MINUTE, SECOND, lease

END = datetime.fromtimestamp(CLOSES / SECOND, UTC)
EVENING = END - timedelta(hours=3)
MILLISECOND = timedelta(milliseconds=1)
LATE = timedelta(hours=72)


class Hall:
    """Hold one teacher's time, and the engine that settles what she reports."""

    def __init__(self, scratch: Scratch) -> None:
        """Let it be the evening of the last day, and let her be heard for the first time."""
        self.dsn = scratch.beats
        self.clock = DatabaseClock(scratch, EVENING)
        self.offer([], at=EVENING)

    def offer(self, spans: Sequence[tuple[int, int]], *, at: datetime, **changes: Any) -> Answer:
        """Report at an instant, under a lease of that evening."""
        self.clock.turn(at)
        issued_at_ms = int(EVENING.timestamp() * SECOND)
        beat = Beat(lease(issued_at_ms=issued_at_ms, **changes), spans, None)
        return asyncio.run(self._settled(beat))

    def covered(self) -> list[Coverage]:
        """Return what is stored, lesson by lesson."""
        query = "SELECT covered::text FROM learning_coverage ORDER BY lesson_id"
        return [coverage.parse(text) for (text,) in self.clock.rows(query)]

    def balance_ms(self) -> int:
        """Return what is left of her allowance."""
        [(left_ms,)] = self.clock.rows("SELECT balance_ms FROM learning_allowance")
        return int(left_ms)

    async def _settled(self, beat: Beat) -> Answer:
        pool = await settlement.opened(self.dsn)
        async with pool:
            [outcome] = await settlement.settle(pool, [beat])
        assert isinstance(outcome, Answer)
        return outcome


@pytest.fixture
def hall(scratch_dsn: Scratch) -> Iterator[Hall]:
    made = Hall(scratch_dsn)
    yield made
    made.clock.close()


LAST = END - timedelta(minutes=10)


def test_what_was_watched_before_the_end_counts_for_72_hours(hall: Hall) -> None:
    hall.offer([], at=LAST)
    last_instant = END + LATE - MILLISECOND
    said = hall.offer([(0, 5 * MINUTE)], at=last_instant)
    assert (said.covered, said.refused) == ([(0, 5 * MINUTE)], [])
    said = hall.offer([(0, 6 * MINUTE)], at=END + LATE)
    assert said.covered == [(0, 5 * MINUTE)]
    assert [(each.reason, each.again_after_s) for each in said.refused] == [("window_closed", None)]


def test_not_a_millisecond_grows_after_the_end(hall: Hall) -> None:
    # Half an hour before it she has nothing left, and more to report than there is time.
    everything(hall, at=END - timedelta(minutes=30))
    before_ms = total_ms(hall)
    assert hall.balance_ms() == 0
    for after in (MILLISECOND, timedelta(hours=1), timedelta(hours=71)):
        everything(hall, at=END + after)
        assert total_ms(hall) - before_ms == 2 * 30 * MINUTE
        assert hall.balance_ms() == 0


def everything(hall: Hall, *, at: datetime) -> None:
    """Report seven lessons of an hour."""
    for number in range(7):
        hall.offer([(0, HOUR)], at=at, lesson=bytes(15) + bytes([9 + number]))


def total_ms(hall: Hall) -> int:
    return sum(map(coverage.total_ms, hall.covered()))


def test_two_devices_that_both_watched_offline_lose_nothing_in_the_end(hall: Hall) -> None:
    # An hour without a network, on either device a lesson of an hour, at double speed in part.
    back = EVENING + timedelta(minutes=40)
    lessons = [bytes(15) + bytes([9 + number]) for number in range(2)]
    wanted = [(0, HOUR)]
    first = hall.offer(wanted, at=back, lesson=lessons[0], player="phone")
    second = hall.offer(wanted, at=back, lesson=lessons[1], player="tablet")
    # They share one clock: what it does not give now is said, and given as time passes.
    assert (first.done, second.done) == (True, False)
    [short] = second.refused
    assert short.reason == "faster_than_time"
    assert short.again_after_s
    again = back + timedelta(seconds=short.again_after_s)
    assert hall.offer([short.span], at=again, lesson=lessons[1], player="tablet").done
    assert hall.covered()[-2:] == [(0, HOUR), (0, HOUR)]


def test_in_pieces_in_any_order_and_again_is_the_same(hall: Hall) -> None:
    back = EVENING + timedelta(hours=1)
    pieces = [(start, start + 7 * MINUTE) for start in range(0, HOUR, 7 * MINUTE)]
    for number, piece in enumerate([*pieces[::-2], *pieces[::2], *pieces]):
        hall.offer([piece], at=back + number * MILLISECOND, player=f"device-{number % 3}")
    assert hall.covered() == [(0, HOUR)]
    spent_ms = 10 * SECOND + 2 * HOUR - hall.balance_ms()
    assert HOUR - SECOND < spent_ms <= HOUR
