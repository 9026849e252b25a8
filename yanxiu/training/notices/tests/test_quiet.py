"""Show when a message may ring."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.foundation.periods import CHINA
from yanxiu.training.notices import quiet
from yanxiu.training.notices.quiet import USUAL, Quiet

NOON = Quiet(time(12), time(14))
NEVER = Quiet(time(8), time(8))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("hours", "instant", "rings"),
    [
        (USUAL, "2025-09-23T21:59", "2025-09-23T21:59"),
        (USUAL, "2025-09-23T22:00", "2025-09-24T08:00"),
        (USUAL, "2025-09-24T00:00", "2025-09-24T08:00"),
        (USUAL, "2025-09-24T07:59", "2025-09-24T08:00"),
        (USUAL, "2025-09-24T08:00", "2025-09-24T08:00"),
        (NOON, "2025-09-24T12:00", "2025-09-24T14:00"),
        (NOON, "2025-09-24T14:00", "2025-09-24T14:00"),
        (NEVER, "2025-09-24T03:00", "2025-09-24T03:00"),
    ],
)
def test_waits_for_the_end_of_quiet_hours(hours: Quiet, instant: str, rings: str) -> None:
    assert quiet.loud(hours, at(instant)) == at(rings)


times = st.times().map(lambda found: found.replace(second=0, microsecond=0))
minutes = st.integers(min_value=0, max_value=7 * 24 * 60)


@given(times, times, minutes)
def test_it_rings_within_a_day_and_never_when_it_is_quiet(
    begins: time, ends: time, minute: int
) -> None:
    hours, instant = Quiet(begins, ends), at("2025-07-20") + timedelta(minutes=minute)
    rings = quiet.loud(hours, instant)
    assert not hours.holds(rings)
    assert timedelta() <= rings - instant <= timedelta(days=1)
