"""Lay out a teacher's way to her certificate: enrol, learn, be confirmed, claim."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates.eligibility import Code, Owner, Reason
from yanxiu.training.certificates.models import Revocation
from yanxiu.training.certificates.standing import Way
from yanxiu.web.shared import hold_words, reason_words, standing_words
from yanxiu.web.shared.templatetags import yx


@dataclass(frozen=True, slots=True)
class Step:
    """Be one step: `state` is done, next (hers), wait (somebody else's) or later."""

    state: str
    title: str
    detail: str = ""
    owner: str = ""
    since: str = ""
    url: str = ""
    action: str = ""


def steps(way: Way, *, has_identity: bool, at: datetime) -> tuple[Step, ...]:
    """Return the four steps with what is missing, who has to act, and since when.

    What rarely stands in the way has a step of its own only where it does.
    """
    confirming = _confirming(way, has_identity=has_identity, at=at)
    rare = [_RARE[reason.code](way, reason, at) for reason in way.reasons if reason.code in _RARE]
    return (_enrolling(way, at), _learning(way, at), confirming, *rare, _claiming(way, at))


def left(way: Way) -> int:
    """Return how many steps are not done before the certificate can be claimed."""
    return sum(1 for reason in way.reasons if reason.code != Code.BEFORE_RELEASE)


def why_not(way: Way, *, at: datetime) -> str:
    """Return in a few words why the certificate cannot be claimed now."""
    if _is_missed(way, at):
        return _("学时未达标")
    return _("还差 %(count)d 步") % {"count": left(way)} if left(way) else opening(way, at)


def opening(way: Way, at: datetime) -> str:
    """Return from when certificates are given out."""
    from_on = yx.date_cn(way.progress.outline.training.certificates_from, at)
    return _("%(on)s起领取") % {"on": from_on}


def headline(way: Way, *, at: datetime) -> str:
    """Return the one sentence that says how far she is."""
    if way.certificate:
        return _("证书已撤销") if way.state == "revoked" else _("证书已领取")
    if way.state == "ready":
        return _("证书正在补充字形") if way.unset else _("可以领取证书了")
    if not way.enrolment:
        return _("报名已结束") if is_over(way, at) else _("四步拿到证书")
    if not left(way):
        return _("都完成了，%(from)s") % {"from": opening(way, at)}
    if _is_missed(way, at):
        return _("学习时间已结束")
    return _("离证书还有 %(count)d 步") % {"count": left(way)}


def _enrolling(way: Way, at: datetime) -> Step:
    training = way.progress.outline.training
    if way.enrolment:
        return Step("done", _("已报名"), yx.date_cn(way.enrolment.enrolled_at, at))
    if trainings.is_open(training, at):
        url = reverse("enrolment", args=[training.slug])
        return Step("next", _("报名"), _("报名后观看才计入学时"), url=url, action=_("去报名"))
    if at < training.opens_at:
        words = {"on": yx.date_cn(training.opens_at, at)}
        return Step("later", _("报名"), _("%(on)s开始") % words)
    words = {"on": yx.last_day_cn(training.closes_at, at)}
    return Step("later", _("报名"), _("已于 %(on)s结束") % words)


def _learning(way: Way, at: datetime) -> Step:
    walked = way.progress
    per_hour = walked.outline.rulebook.seconds_per_credit_hour
    words = {"hours": reason_words.plain_hours(walked.required_s, per_hour)}
    if walked.is_earned:
        detail = _last_on(walked.completed_at, at)
        return Step("done", _("已学完 %(hours)s 学时") % words, detail)
    title = _("学完 %(hours)s 学时") % words
    if not way.enrolment:
        return Step("later", title)
    detail = reason_words.short_of(reason_words.of_training(walked), per_hour)
    if is_over(way, at):
        ended = _("学习时间已于 %(on)s结束。%(detail)s")
        on = yx.last_day_cn(walked.outline.training.closes_at, at)
        return Step("later", title, ended % {"on": on, "detail": detail})
    url = reverse("course", args=[walked.next_course.offer.id])
    since = _("自 %(on)s报名起") % {"on": yx.date_cn(way.enrolment.enrolled_at, at)}
    return Step("next", title, detail, _("由您完成"), since, url, _("去学习"))


def _confirming(way: Way, *, has_identity: bool, at: datetime) -> Step:
    title = _("学校审核身份")
    school = way.post.post.school.name if way.post else ""
    if not any(reason.code == Code.NOT_VERIFIED for reason in way.reasons):
        return Step("done", _("学校已确认身份"), school)
    if way.post and way.post.verification and way.post.pending:
        is_countys = standing_words.is_with_county(way.post.verification, at)
        owner = _("县区") if is_countys else school
        owner = _("%(school)s管理员处理中") % {"school": owner}
        since = yx.age_words(way.post.verification.requested_at, at)
        return Step("wait", title, owner=owner, since=since)
    if not way.enrolment:
        return Step("later", title, _("由任教学校的管理员审核"))
    said = standing_words.of(way.post, has_identity=has_identity, now=at)
    url = f"{reverse('information')}?next={reverse('training', args=[_slug(way)])}"
    return Step("next", title, said.title, _("由您完成"), url=url, action=_("去完善"))


def _same_person(_way: Way, reason: Reason, at: datetime) -> Step:
    """Say that a county has to answer for a change of name or number after the first lesson."""
    title, since = _("县区确认是同一人"), yx.age_words(reason.since, at) if reason.since else ""
    if reason.owner == Owner.COUNTY:
        detail = _("您学习之后更正过身份信息，学时都保留着")
        return Step("wait", title, detail, _("县区管理员处理中"), since)
    detail = _("学时是用更正前的身份学的，请申请更正，由县区管理员确认")
    url = f"{reverse('correction')}?review=1"
    return Step("next", title, detail, _("由您完成"), since, url, _("去申请"))


def _held(way: Way, reason: Reason, at: datetime) -> Step:
    """Say by which office her hours are held and why, and lead to where she can appeal."""
    title = _("学时暂缓认定")
    since = yx.age_words(reason.since, at) if reason.since else ""
    held = way.progress.hold
    if held is None:
        return Step("wait", title, owner=_("管理员处理中"), since=since)
    detail = _("%(why)s。学习照常记录，解除后全部恢复") % {"why": hold_words.why(held)}
    owner = _("%(school)s管理员处理中") % {"school": held.node}
    if held.appealed_at:
        owner = _("您已申诉，由上一级管理员答复")
        since = yx.age_words(held.appealed_at, at)
    url = reverse("my_hold", args=[held.id])
    return Step("wait", title, detail, owner, since, url, _("查看与申诉"))


def _changing(_way: Way, reason: Reason, at: datetime) -> Step:
    detail = _("换号已核准、尚未生效；生效或停止后，证书自动恢复领取")
    since = yx.age_words(reason.since, at) if reason.since else ""
    return Step("wait", _("手机号更换中"), detail, _("平台处理中"), since)


_RARE: dict[Code, Callable[[Way, Reason, datetime], Step]] = {
    Code.IDENTITY_CHANGED: _same_person,
    Code.ON_HOLD: _held,
    Code.PHONE_CHANGING: _changing,
}


def _revoked(revocation: Revocation, url: str, at: datetime) -> Step:
    words = {"on": yx.date_cn(revocation.at, at), "why": revocation.proposal.get_reason_display()}
    detail = _("%(on)s · %(why)s。如有疑问请联系客服") % words
    return Step("later", _("证书已撤销"), detail, url=url, action=_("查看证书"))


def _claimed(way: Way, url: str, at: datetime) -> Step | None:
    """Return the step of whoever has claimed, or None."""
    if way.certificate and way.state == "revoked":
        return _revoked(way.certificate.revocation, url, at)
    if way.certificate:
        issued = yx.date_cn(way.certificate.issued_at, at)
        return Step("done", _("已领取证书"), issued, url=url, action=_("查看证书"))
    if way.unset:
        words = {"characters": way.unset}
        detail = _("您已确认。生僻字“%(characters)s”补充字形后生成，届时通知您") % words
        return Step("wait", _("领取证书"), detail, _("平台处理中"), url=url, action=_("查看"))
    return None


def _claiming(way: Way, at: datetime) -> Step:
    url = reverse("certificate", args=[_slug(way)])
    claimed = _claimed(way, url, at)
    if claimed:
        return claimed
    if way.state == "ready":
        return Step("next", _("领取证书"), _("核对信息，确认后下载"), url=url, action=_("领取证书"))
    if not way.enrolment and is_over(way, at):
        return Step("later", _("领取证书"), _("在学习时间内报名并学完的教师可以领取"))
    if _is_missed(way, at):
        return Step("later", _("领取证书"), _("学时没有达标，不能领取；学过的时长仍有记录"))
    words = {"on": yx.date_cn(way.progress.outline.training.certificates_from, at)}
    if any(reason.code == Code.BEFORE_RELEASE for reason in way.reasons):
        return Step("later", _("领取证书"), _("%(on)s起可以领取，不必守候") % words)
    return Step("later", _("领取证书"), _("前面几步完成后即可领取，没有截止日期"))


def is_over(way: Way, at: datetime) -> bool:
    """Tell whether the time for learning has ended."""
    return at >= way.progress.outline.training.closes_at


def _is_missed(way: Way, at: datetime) -> bool:
    return is_over(way, at) and not way.progress.is_earned


def _last_on(completed_at: datetime | None, at: datetime) -> str:
    return yx.date_cn(completed_at, at) if completed_at else ""


def _slug(way: Way) -> str:
    return way.progress.outline.training.slug
