"""Show when the help line answers, when next, and how long a question has waited for somebody."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.foundation import workdays
from yanxiu.foundation.periods import CHINA
from yanxiu.training.support import opening

HOURS = opening.Hours(time(8, 30), time(17), workdays.china())


def at(text: str) -> datetime:
    """Return an instant that is told by China's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2025-07-21T08:29:59", False),
        ("2025-07-21T08:30", True),
        ("2025-07-21T16:59:59", True),
        ("2025-07-21T17:00", False),
        ("2025-07-20T10:00", False),  # a Sunday
        ("2025-09-28T10:00", True),  # a Sunday that is worked for the national day
        ("2025-10-01T10:00", False),
        ("2025-10-08T10:00", False),
        ("2026-02-14T10:00", True),  # a Saturday before the spring festival
    ],
)
def test_answers_in_working_hours(instant: str, is_open: bool) -> None:  # noqa: FBT001 - a table
    assert opening.is_open(HOURS, at(instant)) is is_open
    assert opening.is_open(HOURS, at(instant).astimezone(UTC)) is is_open


@pytest.mark.parametrize(
    ("instant", "following"),
    [
        ("2025-07-21T07:00", "2025-07-21T08:30"),
        ("2025-07-21T11:11", "2025-07-21T11:11"),
        ("2025-07-21T17:00", "2025-07-22T08:30"),
        ("2025-09-26T18:00", "2025-09-28T08:30"),  # a Friday: the Sunday is worked
        ("2025-09-30T17:00", "2025-10-09T08:30"),  # the last evening of the season
        ("2026-02-13T20:00", "2026-02-14T08:30"),
        ("2026-02-14T20:00", "2026-02-24T08:30"),
    ],
)
def test_says_when_next(instant: str, following: str) -> None:
    assert opening.opens_at(HOURS, at(instant)) == at(following)


def test_who_never_opens_says_so() -> None:
    calendar = workdays.china(off=[at("2026-01-01").date() + timedelta(days=n) for n in range(500)])
    closed = opening.Hours(HOURS.opens, HOURS.closes, calendar)
    assert opening.opens_at(closed, at("2026-01-01T09:00")) is None


def test_says_until_when_and_how_long_a_day_is() -> None:
    assert opening.closes_at(HOURS, at("2025-07-21T11:00")) == at("2025-07-21T17:00")
    assert HOURS.text == "8:30-17:00"


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2025-07-21T09:00", "2025-07-21T10:30", 90),
        ("2025-07-18T16:30", "2025-07-21T09:00", 60),  # over a weekend
        ("2025-09-30T16:00", "2025-10-09T09:30", 120),  # over the national day
        ("2025-07-19T09:00", "2025-07-20T23:00", 0),
        ("2025-07-21T18:00", "2025-07-22T08:00", 0),
        ("2025-07-21T00:00", "2025-07-26T00:00", 5 * 510),
    ],
)
def test_waiting_is_counted_in_hours_that_are_worked(since: str, until: str, minutes: int) -> None:
    assert opening.worked(HOURS, at(since), at(until)) == timedelta(minutes=minutes)
    assert opening.worked(HOURS, at(until), at(since)) == timedelta()


minutes = st.integers(min_value=0, max_value=2 * 365 * 24 * 60)
instants = minutes.map(lambda count: at("2025-01-01") + timedelta(minutes=count))


@given(instants, instants, instants)
def test_parts_of_a_wait_add_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    parts = opening.worked(HOURS, first, middle) + opening.worked(HOURS, middle, last)
    assert parts == opening.worked(HOURS, first, last)


@given(instants)
def test_nobody_waits_before_the_next_opening(instant: datetime) -> None:
    following = opening.opens_at(HOURS, instant)
    assert following
    assert opening.is_open(HOURS, following)
    assert opening.worked(HOURS, instant, following) == timedelta()
