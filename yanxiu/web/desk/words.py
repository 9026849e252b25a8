"""Say how a ticket stands, to whoever answers: whose turn it is, who has it, how long she waits."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.support.listing import Row, State
from yanxiu.training.support.models import Closure
from yanxiu.web.shared.ticket_words import Said

# What the owner reads in the second person is told of her here.
OF_HER = {
    Closure.Code.SILENT: gettext_lazy("老师长时间没有回复"),
    Closure.Code.WITHDRAWN: gettext_lazy("老师已撤回或确认解决"),
}
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


def of(row: Row) -> Said:
    """Return how a ticket stands, to an agent."""
    if row.state == State.CLOSED:
        return Said("off", _("已办结"), end(row.closed))
    if row.state == State.ANSWERED:
        return Said("done", _("已答复"), _("等老师回复"))
    tag = row.agent if row.state == State.IN_HAND else _("等待领取")
    return Said("wait", tag or _("处理中"), waited(row.waited))


def end(code: str) -> str:
    """Return how a ticket ended, as an agent says it."""
    known = Closure.Code(code)
    return str(OF_HER.get(known, known.label))


def waited(age: timedelta) -> str:
    """Return a wait in hours that are worked: "已等 2 小时 05 分"."""
    if age < _MINUTE:
        return _("刚刚提交")
    if age < _HOUR:
        return _("已等 %(count)d 分钟") % {"count": age // _MINUTE}
    words = {"hours": age // _HOUR, "minutes": age % _HOUR // _MINUTE}
    return _("已等 %(hours)d 小时 %(minutes)02d 分") % words
