"""Say of a lesson whose video was replaced what became of what was watched."""

from datetime import datetime

from django.utils.translation import gettext as _

from yanxiu.foundation.phrases import ended, together
from yanxiu.training.credits.progress import Watched
from yanxiu.training.learning import coverage
from yanxiu.web.shared.templatetags import yx


def sentence(watched: Watched, *, at: datetime) -> str:
    """Return when and why the video was replaced and what is carried over; "" where it was not."""
    item = watched.item
    if item.replaced_at is None:
        return ""
    words = {"on": yx.date_cn(item.replaced_at, at), "why": ended(item.why_replaced)}
    said = _("视频已更新（%(on)s）：%(why)s") % words
    return together(said, _carried(watched, item.replaced_at))


def _carried(watched: Watched, replaced_at: datetime) -> str:
    if watched.completed_at:
        is_before = watched.completed_at < replaced_at
        return _("您已完整看完原来的视频，学时不变，不用再看。") if is_before else ""
    if not watched.before_ms:
        return _("看过的部分已转到新视频。") if watched.covered else ""
    words = {
        "before": yx.duration_words(watched.before_ms),
        "still": yx.duration_words(coverage.total_ms(watched.covered)),
    }
    if not watched.covered:
        return _("您看过的 %(before)s在新视频里已经没有，请从头看起。") % words
    return _("您看过的 %(before)s里，有 %(still)s在新视频里仍然算看过，不用再看。") % words
