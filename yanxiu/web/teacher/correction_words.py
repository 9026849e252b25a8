"""Say how a request for another name or number stands: who has it, since when, what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanxiu.training.organisations import corrections
from yanxiu.training.organisations.models import Correction, CorrectionAnswer, Decision
from yanxiu.web.shared.templatetags import yx

Reason = CorrectionAnswer.Reason

MENDING = {
    Reason.PROOF_MISSING: gettext_lazy("请附上证件上有姓名和号码那一面的照片，再提交一次。"),
    Reason.PROOF_UNCLEAR: gettext_lazy("请在光线充足处重新拍照，四角完整、字迹清楚，再提交一次。"),
    Reason.PROOF_DIFFERS: gettext_lazy("请对照证件重新填写，再提交一次。"),
    Reason.ROSTER_DIFFERS: gettext_lazy("请先与本校管理员核对学校登记的信息，再提交一次。"),
    Reason.OTHER: gettext_lazy("请按说明修改，再提交一次。"),
}


@dataclass(frozen=True, slots=True)
class State:
    """Hold the state: `kind` is wait, no or done, as notices know it."""

    kind: str
    title: str
    sentence: str


def of(asked: Correction, *, now: datetime) -> State:
    """Return how a request stands now, in the second person."""
    answer = corrections.answer(asked)
    if answer is None:
        return _waiting(asked, now)
    at = yx.time_cn(answer.at, now)
    if answer.outcome == Decision.Outcome.APPROVED:
        sentence = _("%(at)s 核准，身份信息已更新；已领取的证书会按新信息重新生成，原证书作废。")
        return State("done", _("更正已核准"), sentence % {"at": at})
    return _rejected(answer, at)


def _waiting(asked: Correction, now: datetime) -> State:
    is_county = asked.needs_county or asked.rises_at <= now
    who = _("县区管理员") if is_county else _("“%(school)s”的管理员")
    words = {
        "who": who % {"school": asked.post.school.name},
        "age": yx.age_words(asked.requested_at, now),
        "at": yx.time_cn(asked.requested_at, now),
    }
    sentence = _("%(age)s（%(at)s 起）。在此期间认证继续有效，已领取的证书不变，您不用再做什么。")
    return State("wait", _("更正申请在等%(who)s审核") % words, sentence % words)


def _rejected(answer: CorrectionAnswer, at: str) -> State:
    reason = Reason(answer.reason)
    title = _("更正没有通过：%(reason)s") % {"reason": reason.label}
    words = {"at": at, "mending": MENDING[reason]}
    sentence = _("%(at)s 退回，您的信息没有改变，认证继续有效。%(mending)s") % words
    said = f"{title}——{answer.sentence}" if answer.sentence else title
    return State("no", said, sentence)
