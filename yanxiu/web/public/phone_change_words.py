"""Say how far a request for another number is, whose turn it is, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.organisations import phone_changes
from yanxiu.training.organisations.models import PhoneChange, PhoneChangeAnswer
from yanxiu.training.organisations.phone_changes import Outcome, Step
from yanxiu.web.shared.templatetags import yx


@dataclass(frozen=True, slots=True)
class Said:
    """Be what the page says first; `kind` is wait, done or no, `at` the step of five."""

    kind: str
    at: int
    title: str
    sentence: str
    wants_picture: bool = False


def of(change: PhoneChange, *, now: datetime) -> Said:
    """Return how a request stands; nothing that it says tells anything about the account."""
    if change.ended_at:
        return _ended(change)
    if change.due_at:
        words = {"due": yx.time_cn(change.due_at, now)}
        sentence = _("%(due)s生效。在那之前，原来的主人可以停止；到时候会发短信到您的新手机号。")
        return Said("wait", 3, _("已核准，等 48 小时生效"), sentence % words)
    is_first = phone_changes.step(change) == Step.VOUCH
    return _desk(change, is_first) if change.post is None else _officers(change, is_first, now)


def _officers(change: PhoneChange, is_first: bool, now: datetime) -> Said:  # noqa: FBT001 - one of two steps
    if not is_first:
        sentence = _("学校已核实您本人，正在由县区管理员核准，您不用再做什么。")
        return Said("wait", 2, _("等县区核准"), sentence)
    words = {"rises": yx.time_cn(change.rises_at, now)}
    sentence = _(
        "请带证件当面找学校的平台管理员，或等管理员用学校登记的方式联系您。"
        "学校没有办理的，%(rises)s 起县区管理员也可以核实。"
    )
    return Said("wait", 1, _("等学校管理员核实本人"), sentence % words)


def _desk(change: PhoneChange, is_first: bool) -> Said:  # noqa: FBT001 - one of two steps
    if not is_first:
        sentence = _("一位客服已核实，正在由另一位客服核准，您不用再做什么。")
        return Said("wait", 2, _("等另一位客服核准"), sentence)
    if change.picture_at is None:
        sentence = _("您的学校没有可以核实的管理员，请上传一张手持证件的照片，由客服核实。")
        return Said("wait", 1, _("请上传照片"), sentence, wants_picture=True)
    sentence = _("照片已收到。工作日里客服会拨打您的新手机号核实，请注意接听。")
    return Said("wait", 1, _("等客服核实"), sentence, wants_picture=True)


def _ended(change: PhoneChange) -> Said:
    if change.outcome == Outcome.DECLINED:
        return _declined(change)
    kind, at, title, sentence = _ENDED[change.outcome]
    return Said(kind, at, str(title), str(sentence))


def _declined(change: PhoneChange) -> Said:
    no = change.answers.filter(is_yes=False).first()
    why = no.sentence or str(PhoneChangeAnswer.Reason(no.reason).label) if no else ""
    sentence = _("原因：%(why)s。账号没有改变；情况有变化后可以再次申请，也可以拨打客服电话。")
    return Said("no", 2, _("没有通过"), sentence % {"why": why})


# What ended: the kind of news, the step it had come to, and the two sentences.
_ENDED: dict[str, tuple[str, int, str | Promise, str | Promise]] = {
    Outcome.DONE: (
        "done",
        4,
        gettext_lazy("手机号已更换"),
        gettext_lazy("请用新手机号收验证码登录。原来的密码和二次验证已取消，登录后可以重新设置。"),
    ),
    Outcome.STOPPED: (
        "no",
        3,
        gettext_lazy("已被停止"),
        gettext_lazy("账号原来的主人停止了这次更换。如有疑问，请拨打客服电话。"),
    ),
    Outcome.WITHDRAWN: (
        "no",
        1,
        gettext_lazy("已撤回"),
        gettext_lazy("账号没有改变，可以再次申请。"),
    ),
    Outcome.TAKEN: (
        "no",
        3,
        gettext_lazy("没有更换：新手机号已被使用"),
        gettext_lazy(
            "申请期间，这个新手机号注册了另一个账号。请换一个没有注册过的号码，再次申请。"
        ),
    ),
    Outcome.LAPSED: (
        "no",
        1,
        gettext_lazy("超过 30 天没有办结"),
        gettext_lazy("账号没有改变。请联系学校的平台管理员或客服，再次申请。"),
    ),
}
