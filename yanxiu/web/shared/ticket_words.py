"""Say how a ticket stands: whose turn it is and how long its owner has waited."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from yanxiu.training.support.listing import Row, State
from yanxiu.training.support.models import Closure

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Said:
    """Hold the words of a tag and the sentence beside it; `kind` is wait, done, off or ""."""

    kind: str
    tag: str
    sentence: str


def of(row: Row) -> Said:
    """Return how a ticket stands, to its owner."""
    if row.state == State.CLOSED:
        return Said("off", _("已办结"), str(Closure.Code(row.closed).label))
    if row.state == State.ANSWERED:
        return Said("done", _("客服已答复"), _("请看答复；还有问题可以继续补充。"))
    tag = _("客服处理中") if row.state == State.IN_HAND else _("等待客服答复")
    return Said("wait", tag, waited(row.waited))


def waited(age: timedelta) -> str:
    """Return a wait in hours that are worked: "已等 2 个工作小时"."""
    if age < _MINUTE:
        return _("客服上班后处理，您不用一直等在这里。")
    if age < _HOUR:
        return _("已等 %(count)d 分钟（只算客服上班的时间）。") % {"count": age // _MINUTE}
    return _("已等 %(count)d 小时（只算客服上班的时间）。") % {"count": age // _HOUR}
