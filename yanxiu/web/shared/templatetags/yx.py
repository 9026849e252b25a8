"""Say numbers and times the way the pages say them; nothing here decides or queries."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yanxiu.foundation import dates, periods
from yanxiu.training.credits import hours as credit
from yanxiu.training.people import masking

register = template.Library()

_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 86_400
_BANNERS = ("summer", "season", "experience")
_COVERS = 7


@register.filter
def hours(seconds: int, seconds_per_credit_hour: int) -> str:
    """Return seconds as credit hours with two decimals, rounded down: "7.20"."""
    return credit.text(seconds, seconds_per_hour=seconds_per_credit_hour)


@register.filter
def share(part: int, whole: int) -> int:
    """Return part of whole as a percentage from 0 to 100, rounded down: 100 means all of it."""
    return min(100, part * 100 // whole) if whole > 0 else 100


@register.filter
def clock(ms: int) -> str:
    """Return milliseconds as a player shows them: "39:42" or "1:02:03"."""
    minutes, seconds = divmod(ms // 1000, 60)
    if minutes < _MINUTE_S:
        return f"{minutes}:{seconds:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


@register.filter
def duration_words(ms: int) -> str:
    """Return milliseconds in words: "45 秒", "9 分 00 秒" or "1 小时 02 分 03 秒"."""
    minutes, seconds = divmod(ms // 1000, 60)
    if minutes == 0:
        return _("%(seconds)d 秒") % {"seconds": seconds}
    if minutes < _MINUTE_S:
        return _("%(minutes)d 分 %(seconds)02d 秒") % {"minutes": minutes, "seconds": seconds}
    parts = {"hours": minutes // 60, "minutes": minutes % 60, "seconds": seconds}
    return _("%(hours)d 小时 %(minutes)02d 分 %(seconds)02d 秒") % parts


@register.filter
def period_words(ms: int) -> str:
    """Return a length that a rule names, as people say it: "2 小时", "45 分钟", "10 秒"."""
    minutes, rest_ms = divmod(ms, 60_000)
    if rest_ms:
        return duration_words(ms)
    if minutes % _MINUTE_S:
        said = ngettext("%(minutes)d 分钟", "%(minutes)d 分钟", minutes)
    else:
        said = ngettext("%(hours)d 小时", "%(hours)d 小时", minutes // _MINUTE_S)
    return said % {"minutes": minutes, "hours": minutes // _MINUTE_S}


@register.filter
def span_words(span: tuple[int, int], duration_ms: int) -> str:
    """Return a stretch of a recording, in milliseconds, in words: "16:53–18:13" or "40:12–结尾"."""
    start, end = span
    return f"{clock(start)}–{_('结尾') if end >= duration_ms else clock(end)}"


@register.filter
def date_cn(moment: date, now: date | None = None) -> str:
    """Return the day in China of a date or of an aware moment: "7 月 20 日".

    With `now`, the year is said of every day that is not in this year.
    """
    on = dates.on(moment)
    if now and on.year != dates.on(now).year:
        return date_cn_long(moment)
    return dates.day(on)


@register.filter
def date_cn_long(moment: date) -> str:
    """Return the day in China with its year: "2025 年 7 月 20 日"."""
    return dates.whole_day(moment)


@register.filter
def last_day_cn(end: datetime, now: date | None = None) -> str:
    """Return the last day that a half-open period includes: "9 月 30 日"; `now` as above.

    An end in the middle of a day is said to the minute: "10 月 1 日 3:00".
    """
    return date_cn(periods.last_day(end), now) if periods.is_midnight(end) else time_cn(end, now)


@register.filter
def time_cn(moment: datetime, now: date | None = None) -> str:
    """Return a moment to the minute, in China: "7 月 20 日 16:31"; `now` as above."""
    return f"{date_cn(moment, now)} {dates.time(moment)}"


@register.filter
def age_words(since: datetime, now: datetime) -> str:
    """Return how long somebody has waited: "已等 3 天", "已等 2 小时" or "刚刚提交"."""
    age_s = max(timedelta(), now - since) // timedelta(seconds=1)
    if age_s < _MINUTE_S:
        return _("刚刚提交")
    if age_s < _HOUR_S:
        return _("已等 %(count)d 分钟") % {"count": age_s // _MINUTE_S}
    if age_s < _DAY_S:
        return _("已等 %(count)d 小时") % {"count": age_s // _HOUR_S}
    return _("已等 %(count)d 天") % {"count": age_s // _DAY_S}


@register.filter
def count(number: int) -> str:
    """Return a whole number with its thousands apart: "6,482"."""
    return f"{number:,}"


@register.filter
def masked_phone(phone: str) -> str:
    """Return a number with its middle covered."""
    return masking.phone(phone)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "icon") -> SafeString:
    """Return a drawing from art/icons.svg; with a label it speaks, without one it is decoration."""
    return _drawn(name, str(label), css)


@lru_cache(maxsize=1_024)
def _drawn(name: str, label: str, css: str) -> SafeString:
    # A page has a dozen, and they are the same on every page.
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            *(css, label, static("art/icons.svg"), name),
        )
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        *(css, static("art/icons.svg"), name),
    )


@register.simple_tag
def banner(name: str) -> str:
    """Return the address of a carousel picture; a name that we did not draw gets the first one."""
    return static(f"art/banner-{name if name in _BANNERS else _BANNERS[0]}.svg")


@register.simple_tag
def cover(position: int) -> str:
    """Return the address of the picture for the course at a position; they begin again after 7."""
    return static(f"art/cover-{(position - 1) % _COVERS + 1}.svg")
