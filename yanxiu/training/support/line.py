"""Know by what hours help is given here: the manual's, on the days that are worked in China."""

from datetime import date, time
from functools import cache

from django.conf import settings

from yanxiu.foundation import workdays
from yanxiu.training.support.opening import Hours


def hours() -> Hours:
    """Return the hours of this installation."""
    return _hours(settings.YANXIU_HELP_HOURS, settings.YANXIU_DAYS_OFF, settings.YANXIU_DAYS_WORKED)


@cache
def _hours(span: tuple[time, time], off: frozenset[date], worked: frozenset[date]) -> Hours:
    return Hours(*span, workdays.china(off=off, worked=worked))
