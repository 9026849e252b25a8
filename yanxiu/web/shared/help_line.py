"""Say how help is reached by telephone, and whether somebody answers now or when next."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.foundation.periods import CHINA
from yanxiu.training.support import line, opening
from yanxiu.web.shared.templatetags import yx

WEEKDAYS = (
    *(gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四")),
    *(gettext_lazy("周五"), gettext_lazy("周六"), gettext_lazy("周日")),
)


class HelpLine(NamedTuple):
    """Be how help is reached, in words: `when` says since or from when somebody answers."""

    phone: str
    qq: str
    hours: str
    is_open: bool
    when: str


def at(now: datetime) -> HelpLine:
    """Return the numbers, the hours, whether somebody answers now, and a sentence about it."""
    hours = line.hours()
    return HelpLine(
        phone=settings.YANXIU_HELP_PHONE,
        qq=settings.YANXIU_HELP_QQ,
        hours=_("工作日 %(hours)s") % {"hours": hours.text},
        is_open=opening.is_open(hours, now),
        when=_when(hours, now),
    )


def _when(hours: opening.Hours, now: datetime) -> str:
    if opening.is_open(hours, now):
        until = opening.closes_at(hours, now).astimezone(CHINA)
        return _("现在可以拨打，到 %(until)s") % {"until": _clock(until)}
    following = opening.opens_at(hours, now)
    if following is None:
        return _("暂不接听")
    words = {"day": _day(following, now), "time": _clock(following.astimezone(CHINA))}
    return _("%(day)s %(time)s 起可以拨打") % words


def _day(moment: datetime, now: datetime) -> str:
    on, today = moment.astimezone(CHINA).date(), now.astimezone(CHINA).date()
    days = (on - today).days
    if days <= 1:
        return _("明天") if days else _("今天")
    return _("%(date)s（%(weekday)s）") % {
        "date": yx.date_cn(on, today),
        "weekday": WEEKDAYS[on.weekday()],
    }


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"
