"""Say days and moments in China in the language that is spoken just now."""

from datetime import date, datetime

from django.utils import dateformat
from django.utils.translation import gettext as _

from yanxiu.foundation.periods import CHINA


def on(moment: date) -> date:
    """Return the day in China of a date or of an aware moment."""
    return moment.astimezone(CHINA).date() if isinstance(moment, datetime) else moment


def day(moment: date) -> str:
    """Return a day without its year: "7 月 20 日", "20 Jul"."""
    # The words are a format of Django's `date`: a language puts the parts into its own order.
    return dateformat.format(on(moment), _("n 月 j 日"))


def whole_day(moment: date) -> str:
    """Return a day with its year: "2025 年 7 月 20 日", "20 Jul 2025"."""
    return dateformat.format(on(moment), _("Y 年 n 月 j 日"))


def time(moment: datetime) -> str:
    """Return the time of day: "16:31"."""
    return f"{moment.astimezone(CHINA):%H:%M}"
