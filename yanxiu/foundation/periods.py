"""Speak of stretches of time: half-open, aware, `None` for an end that has not come."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def starts(on: date) -> datetime:
    """Return the first instant of a day in China."""
    return datetime.combine(on, time.min, CHINA)


def ends(on: date) -> datetime:
    """Return the first instant after a day in China: a last day is inclusive."""
    return starts(on + timedelta(days=1))


def holds(start: datetime, end: datetime | None, at: datetime) -> bool:
    """Tell whether `at` lies in [start, end)."""
    return start <= at and (end is None or at < end)


def is_midnight(end: datetime) -> bool:
    """Tell whether a period ends with a whole day in China."""
    return end.astimezone(CHINA).time() == time.min


def last_day(end: datetime) -> date:
    """Return the last day that a half-open period ending at `end` includes, in China."""
    return (end - timedelta(microseconds=1)).astimezone(CHINA).date()
