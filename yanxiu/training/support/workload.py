"""Count for the lead what came in, what was answered, and how it ended.

Rule: docs/rules/desk.md.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from yanxiu.foundation import periods
from yanxiu.training.support.models import Closure, Message, Ticket

DAYS = 14


@dataclass(frozen=True, slots=True)
class Day:
    """Hold what happened on a day in China: opened, answered (messages), ended."""

    on: date
    opened: int
    answered: int
    ended: int


@dataclass(frozen=True, slots=True)
class Workload:
    """Hold the last fourteen days, the latest first, and how tickets ended in them, by code."""

    days: list[Day]
    codes: dict[str, int]

    @property
    def today(self) -> Day:
        """Return the present day."""
        return self.days[0]


def read(*, at: datetime) -> Workload:
    """Return the workload of the last fourteen days, in four queries."""
    today = at.astimezone(periods.CHINA).date()
    days = [today - timedelta(days=each) for each in range(DAYS)]
    since = periods.starts(days[-1])
    ended = Closure.objects.filter(at__gte=since, undone_at=None)
    opened = _daily(Ticket.objects.filter(opened_at__gte=since), "opened_at")
    answered = _daily(Message.objects.filter(at__gte=since, is_answer=True), "at")
    closed = _daily(ended, "at")
    counted = ended.values_list("code").annotate(number=Count("pk"))
    codes = dict(counted.order_by("-number", "code"))
    rows = [Day(on, opened.get(on, 0), answered.get(on, 0), closed.get(on, 0)) for on in days]
    return Workload(rows, codes)


def _daily(found: object, field: str) -> dict[date, int]:
    """Return how many rows there are of each day in China."""
    day = TruncDate(field, tzinfo=periods.CHINA)
    counted = found.annotate(day=day).values_list("day").annotate(number=Count("pk"))  # type: ignore[attr-defined]  # a query set of any of three
    return dict(counted.order_by("day"))
