"""Show which days are worked: weekdays, but for the holidays and the days moved for them."""

from datetime import date, timedelta

import pytest

from yanxiu.foundation import workdays

CHINA = workdays.china()


@pytest.mark.parametrize(
    "day",
    [
        # 2025: the Sunday before the spring festival, the Saturday behind it, before the summer's
        # first holiday, before and after the national day.
        *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
        *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
        *("2025-02-05", "2025-10-09", "2026-02-24", "2026-10-08", "2025-07-21"),
    ],
)
def test_is_worked(day: str) -> None:
    assert CHINA.is_worked(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        *("2025-01-01", "2025-01-28", "2025-02-04", "2025-04-04", "2025-05-05", "2025-06-02"),
        *("2025-10-01", "2025-10-08", "2025-07-19", "2025-07-20"),
        *("2026-01-02", "2026-02-16", "2026-02-23", "2026-04-06", "2026-05-05", "2026-06-19"),
        *("2026-09-25", "2026-10-07", "2026-07-18"),
    ],
)
def test_is_off(day: str) -> None:
    assert not CHINA.is_worked(date.fromisoformat(day))


def test_each_year_has_as_many_days_off_as_its_notice() -> None:
    """Counted in the notices: 28 and 33 days off, 5 and 6 days worked for them."""
    days = {2025: (28, 5), 2026: (33, 6)}
    for year, (off, worked) in days.items():
        assert sum(day.year == year for day in CHINA.off) == off
        assert sum(day.year == year for day in CHINA.worked) == worked


def test_every_moved_day_lies_on_a_weekend() -> None:
    assert all(day.weekday() >= 5 for day in CHINA.worked)
    assert not CHINA.worked & CHINA.off


def test_a_year_without_a_notice_goes_by_its_weekdays() -> None:
    assert not workdays.is_announced(2031)
    assert workdays.is_announced(2026)
    week = [date(2031, 10, 6) + timedelta(days=each) for each in range(7)]
    assert [CHINA.is_worked(day) for day in week] == [True] * 5 + [False] * 2
    assert not CHINA.is_worked(date(2031, 1, 1)), "a feast of every year, a Wednesday"
    assert workdays.china(worked=[date(2031, 1, 1)]).is_worked(date(2031, 1, 1))


def test_an_installation_has_the_last_word() -> None:
    festival, moved = date(2026, 10, 1), date(2026, 10, 10)
    ours = workdays.china(off=[moved], worked=[festival])
    assert ours.is_worked(festival)
    assert not ours.is_worked(moved)
