"""Put the lines of the ledger that change somebody's hours into sentences, each with its reason."""

from django.utils.translation import gettext as _

from yanxiu.foundation import phrases
from yanxiu.training.credits import hours
from yanxiu.training.credits.accounts import KEPT, Change
from yanxiu.web.shared.templatetags import yx


def of(change: Change, per_hour: int) -> str:
    """Return what a line did, how much, when and why."""
    words = {"on": yx.date_cn_long(change.at), "why": phrases.ended(change.sentence)}
    if change.kind == KEPT:
        words["hours"] = hours.text(change.seconds, seconds_per_hour=per_hour)
        return (
            _("规则调整（%(on)s）：本课程仍认定 %(hours)s 学时，不因新的上限减少。%(why)s") % words
        )
    words["amount"] = amount(change.seconds, per_hour)
    return _("更正（%(on)s）：%(amount)s。%(why)s") % words


def amount(seconds: int, per_hour: int) -> str:
    """Return how much an amendment adds or takes, as time and as hours."""
    size = abs(seconds)
    words = {
        "time": yx.duration_words(size * 1_000),
        "hours": hours.text(size, seconds_per_hour=per_hour),
    }
    if seconds < 0:
        return _("减去 %(time)s，即 %(hours)s 学时") % words
    return _("增加 %(time)s，即 %(hours)s 学时") % words
