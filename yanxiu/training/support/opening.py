"""Decide when the help line answers, and how long somebody has waited in hours that are worked.

Pure: the calendar and the hours are handed in, times of day are China's.
Source: docs/rules/opening-hours.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.workdays import Calendar

# However many days an installation closes, somebody opens again within a year.
_FAR = timedelta(days=400)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hold when somebody answers on a day that is worked: from `opens` to just before `closes`."""

    opens: time
    closes: time
    calendar: Calendar

    @property
    def text(self) -> str:
        """Return the hours as people write them: "8:30-17:00"."""
        return "-".join(f"{each.hour}:{each.minute:02d}" for each in (self.opens, self.closes))


def is_open(hours: Hours, at: datetime) -> bool:
    """Tell whether somebody answers at this instant."""
    begin, end = _span(hours, _day(at))
    return hours.calendar.is_worked(_day(at)) and begin <= at < end


def closes_at(hours: Hours, at: datetime) -> datetime:
    """Return until when somebody answers on the day of `at`."""
    return _span(hours, _day(at))[1]


def opens_at(hours: Hours, at: datetime) -> datetime | None:
    """Return when somebody answers next: `at` itself where it is now, None where never."""
    last = _day(at + _FAR)
    spans = (_span(hours, day) for day in _worked(hours, _day(at), last))
    return next((max(begin, at) for begin, end in spans if at < end), None)


def worked(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """Return how much of [since, until) somebody was there to answer."""
    spans = (_span(hours, day) for day in _worked(hours, _day(since), _day(until)))
    parts = (min(end, until) - max(begin, since) for begin, end in spans)
    return sum((part for part in parts if part > timedelta()), timedelta())


def _worked(hours: Hours, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if hours.calendar.is_worked(day):
            yield day
        day += _DAY


def _span(hours: Hours, day: date) -> tuple[datetime, datetime]:
    return (
        datetime.combine(day, hours.opens, CHINA),
        datetime.combine(day, hours.closes, CHINA),
    )


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()
