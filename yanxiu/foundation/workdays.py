"""Tell which days are worked in China: the State Council moves some of them each year.

Pure. Sources: 国务院办公厅关于部分节假日安排的通知 of 2025 (国办发明电〔2024〕12 号) and of
2026 (国办发明电〔2025〕7 号). A year whose notice is not here goes by its weekdays, by the feasts
of fixed date (全国年节及纪念日放假办法), and by whatever an installation adds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5

# First and last day off of each holiday.
HOLIDAYS: dict[int, tuple[tuple[str, str], ...]] = {
    2025: (
        *(("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05")),
        *(("05-31", "06-02"), ("10-01", "10-08")),
    ),
    2026: (
        *(("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05")),
        *(("06-19", "06-21"), ("09-25", "09-27"), ("10-01", "10-07")),
    ),
}
# Saturdays and Sundays that are worked instead.
MOVED: dict[int, tuple[str, ...]] = {
    2025: ("01-26", "02-08", "04-27", "09-28", "10-11"),
    2026: ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
}
# Feasts of every year: new year, labour day, national day; month and day.
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hold the days that are worked or not whatever their weekday; `worked` wins over `off`."""

    off: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)

    def is_worked(self, on: date) -> bool:
        """Tell whether a day is worked."""
        if on in self.worked:
            return True
        if on in self.off or (not is_announced(on.year) and (on.month, on.day) in FIXED):
            return False
        return on.weekday() < _SATURDAY


def is_announced(year: int) -> bool:
    """Tell whether we know the State Council's notice for a year."""
    return year in HOLIDAYS


def china(*, off: Iterable[date] = (), worked: Iterable[date] = ()) -> Calendar:
    """Return the calendar of China with the days that an installation sets itself; those win."""
    own_off, own_worked = frozenset(off), frozenset(worked)
    holidays = frozenset(each for year in HOLIDAYS for each in _holidays(year))
    moved = frozenset(_on(year, day) for year, days in MOVED.items() for day in days)
    return Calendar((holidays - own_worked) | own_off, (moved - own_off) | own_worked)


def _holidays(year: int) -> Iterable[date]:
    for first, last in HOLIDAYS[year]:
        begins, ends = _on(year, first), _on(year, last)
        yield from (begins + timedelta(days=each) for each in range((ends - begins).days + 1))


def _on(year: int, day: str) -> date:
    return date.fromisoformat(f"{year}-{day}")
