"""Put the lines of the ledger that change somebody's hours into sentences, each with its reason."""

from django.utils.translation import gettext as _

from yanxiu.foundation import phrases
from yanxiu.training.credits import hours
from yanxiu.training.credits.accounts import KEPT, Change
from yanxiu.web.shared.templatetags import yx


def of(change: Change, per_hour: int) -> str:
    """Return what a line did, how much, when and why."""
    seconds = abs(change.seconds)
    words = {
        "hours": hours.text(seconds, seconds_per_hour=per_hour),
        "time": yx.duration_words(seconds * 1_000),
        "on": yx.date_cn_long(change.at),
        "why": phrases.ended(change.sentence),
    }
    if change.kind == KEPT:
        return (
            _("规则调整（%(on)s）：本课程仍认定 %(hours)s 学时，不因新的上限减少。%(why)s") % words
        )
    if change.seconds < 0:
        return _("更正（%(on)s）：减去 %(time)s，即 %(hours)s 学时。%(why)s") % words
    return _("更正（%(on)s）：增加 %(time)s，即 %(hours)s 学时。%(why)s") % words
