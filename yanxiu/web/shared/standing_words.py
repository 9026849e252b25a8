"""Say how a teacher's verification stands: whose turn it is, since when, and how to mend a no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.catalogue import platforms
from yanxiu.training.enrolment import enrolments
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.models import Decision, Verification
from yanxiu.web.shared.templatetags import yx

MENDING = {
    Decision.Reason.NOT_OURS: gettext_lazy(
        "请核对学校是否选错：选错了就更换学校；没有选错，请先与本校管理员联系，再重新提交。"
    ),
    Decision.Reason.NAME_DIFFERS: gettext_lazy("请把姓名改成与证件一致；保存后自动重新提交审核。"),
    Decision.Reason.NUMBER_DIFFERS: gettext_lazy(
        "请对照证件重新填写证件号码；保存后自动重新提交审核。"
    ),
    Decision.Reason.NOT_TEACHING: gettext_lazy(
        "请更换为现在任教的学校；换好后自动提交给新学校审核。"
    ),
    Decision.Reason.OTHER: gettext_lazy("请按学校的说明修改；保存后自动重新提交审核。"),
}


# Where each can be mended: what the button says, and the page with the place on it.
WAYS = {
    Decision.Reason.NOT_OURS: (gettext_lazy("核对或更换学校"), "my_school", ""),
    Decision.Reason.NAME_DIFFERS: (gettext_lazy("修改姓名"), "information", "#identity"),
    Decision.Reason.NUMBER_DIFFERS: (gettext_lazy("修改证件号码"), "information", "#identity"),
    Decision.Reason.NOT_TEACHING: (gettext_lazy("更换学校"), "my_school", ""),
    Decision.Reason.OTHER: (gettext_lazy("修改信息"), "information", "#identity"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Hold the state for a tag and a notice: `kind` is done, wait, no or empty.

    `url` is where she can mend it herself and `action` what its button says, "" where she cannot.
    """

    kind: str
    tag: str
    title: str
    sentence: str
    action: str = ""
    url: str = ""


def main(standings: Sequence[posts.Standing]) -> posts.Standing | None:
    """Return the post that tells most: a verified one, else one that waits, else the last."""
    return max(reversed(standings), key=lambda each: (each.verified, each.pending), default=None)


def of(standing: posts.Standing | None, *, has_identity: bool, now: datetime) -> Said:
    """Return how it stands now, in the second person."""
    if standing and not platforms.serving(standing.post.school.type.serves).is_here:
        return _elsewhere(standing)
    if standing is None or standing.verification is None:
        return _missing(has_school=standing is not None, has_identity=has_identity)
    school = standing.post.school.name
    if standing.decision is None:
        return _waiting(standing.verification, school, now)
    at = yx.time_cn(standing.decision.at, now)
    if standing.verified:
        return Said(
            "done",
            _("认证通过"),
            _("“%(school)s”已确认您的身份") % {"school": school},
            _("%(at)s 审核通过。学时达到要求后即可领取证书。") % {"at": at},
        )
    action, page, place = WAYS[Decision.Reason(standing.decision.reason)]
    return Said(
        "no",
        _("已退回"),
        _rejected(school, standing.decision, now),
        _mending(standing.decision),
        str(action),
        f"{reverse(page)}{place}",
    )


def is_with_county(asked: Verification, now: datetime) -> bool:
    """Tell whether a request that waits is the county's by now."""
    return asked.needs_county or asked.rises_at <= now


def _waiting(asked: Verification, school: str, now: datetime) -> Said:
    words = {
        "age": yx.age_words(asked.requested_at, now),
        "at": yx.time_cn(asked.requested_at, now),
        "school": school,
    }
    if is_with_county(asked, now):
        title = _("等待县区管理员审核")
        sentence = _("%(age)s（%(at)s 起），已由“%(school)s”转到县区。您不用再做什么。") % words
    else:
        title = _("等待“%(school)s”的管理员审核") % words
        sentence = _("%(age)s（%(at)s 起）。您不用再做什么；着急时可以直接联系本校管理员。") % words
    return Said("wait", _("审核中"), title, sentence)


def _elsewhere(standing: posts.Standing) -> Said:
    platform = platforms.serving(standing.post.school.type.serves)
    return Said(
        "no",
        _("非本平台"),
        _("您的学校由其他平台服务"),
        enrolments.other_platform(standing.post, platforms.every()[0].serves).message,
        _("去%(platform)s") % {"platform": platform.name} if platform.address else "",
        platform.address,
    )


def _rejected(school: str, decision: Decision, now: datetime) -> str:
    words = {
        "school": school,
        "at": yx.time_cn(decision.at, now),
        "reason": decision.get_reason_display(),
    }
    title = _("“%(school)s”于 %(at)s 退回：%(reason)s") % words
    return f"{title}——{decision.sentence}" if decision.sentence else title


def _mending(decision: Decision) -> str:
    return str(MENDING[Decision.Reason(decision.reason)])


def _missing(*, has_school: bool, has_identity: bool) -> Said:
    missing = [
        word
        for word, there in ((_("姓名和证件号码"), has_identity), (_("任教学校"), has_school))
        if not there
    ]
    return Said(
        "",
        _("未提交"),
        _("还差%(missing)s") % {"missing": _("、").join(missing)},
        _("填好后自动提交给学校审核。报名和领取证书都要用到这些信息。"),
    )
