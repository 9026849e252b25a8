"""Explain how watched time counts: the rule's numbers, its picture, its reasons."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.learning import deciding, leases
from yanxiu.web.shared import law_picture
from yanxiu.web.shared.templatetags import yx
from yanxiu.web.teacher import help as help_page

_MILLI = 1_000


@dataclass(frozen=True, slots=True)
class Reason:
    """Say why a stretch is not counted: its code, what the time line says, why, and what helps."""

    code: str
    title: str | Promise
    meaning: str | Promise
    help: str | Promise


# In the order in which they are met; the player links to them by their codes.
REASONS = (
    Reason(
        "faster_than_time",
        _("看得比实际时间快"),
        _("超出了眼下可记入的时间，多半是同时放了几个视频，或一次补传了太多。"),
        _("不用重看，开着页面就行：到了时间线上写的时刻，播放器自动再报。"),
    ),
    Reason(
        "question_waiting",
        _("有一道问题等您回答"),
        _("设有观看提问的培训，答对之前，问题后面的内容先不计入；前面的不受影响。"),
        _("回答问题，后面看过的接着计入。"),
    ),
    Reason(
        "too_fragmented",
        _("片段太碎"),
        _("一个视频跳着看成了太多小段，超过了能记下的段数。"),
        _("连续看一会儿，小段连起来以后自动计入。"),
    ),
    Reason(
        "old_version",
        _("视频已更新"),
        _("这是换下来的旧视频的时间。已经看完的仍算看完，证书不受影响。"),
        _("不用重看：播放器自动把这些时间转到新视频里的同一处，再报一次。"),
    ),
    Reason(
        "withdrawn",
        _("这一讲已下线"),
        _("这一讲不再提供，下线前的学时都保留。"),
        _("请改看其他内容。"),
    ),
    Reason(
        "past_end",
        _("超出了视频结尾"),
        _("报来的时间比视频还长，没有这一段可记。"),
        _("不用处理，不影响看完。"),
    ),
    Reason(
        "window_closed",
        _("培训已经结束，补传期限也过了"),
        _("截止前看过的，要在补传期限内联网。"),
        _("已计入的都保留。平台停过机的，截止时间会给所有人顺延；有疑问请写给客服。"),
    ),
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the picture, the reasons and the answers, with the numbers of a training's rulebook."""
    outline = help_page.outline(request, clock.now())
    facts = _facts(outline) if outline else {}
    return render(request, "teacher/watching.html", facts)


def _facts(outline: Outline) -> dict[str, object]:
    terms = leases.terms(outline)
    picture = law_picture.draw(terms)
    said = yx.period_words
    return {
        "training": outline.training,
        "picture": picture,
        "reasons": REASONS,
        "version": terms.rulebook_version,
        "rate": f"{terms.max_rate_milli / _MILLI:g}",
        "grace": said(terms.grace_ms),
        "store": said(terms.offline_allowance_ms),
        "open_for": said(terms.open_for_ms),
        "late": said(terms.late_ms),
        "tolerance": said(terms.tolerance_ms),
        "rhythm": said(terms.beat_every_s * _MILLI),
        "ranges": deciding.MAX_RANGES,
        "claimed": said(picture.claimed_ms),
        "taken": said(picture.taken_ms),
        "refused": said(picture.refused_ms),
    }
