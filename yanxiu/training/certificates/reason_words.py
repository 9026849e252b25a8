"""Put every reason against a certificate into a sentence: what is missing and what to do."""

from datetime import datetime

from django.utils.translation import gettext as _

from yanxiu.foundation import dates, periods
from yanxiu.training.certificates.eligibility import Code, Owner, Reason
from yanxiu.training.certificates.standing import Way
from yanxiu.training.credits import hours
from yanxiu.training.credits.progress import Progress
from yanxiu.training.integrity.models import Hold


def all_of(way: Way, *, at: datetime) -> str:
    """Return all reasons against it, one after the other."""
    said = _("；").join(of(reason, way, at=at) for reason in way.reasons)
    return _("学习已达标；%(reasons)s") % {"reasons": said} if way.progress.is_complete else said


def of(reason: Reason, way: Way, *, at: datetime) -> str:
    """Return one reason."""
    words = {
        Code.NOT_ENROLLED: lambda: _("还没有报名"),
        Code.HOURS_MISSING: lambda: _short_of(way.progress),
        Code.NOT_VERIFIED: lambda: _unconfirmed(reason),
        Code.IDENTITY_CHANGED: lambda: _("学习之后更正过身份信息，须由县区管理员确认是同一人"),
        Code.ON_HOLD: lambda: _held(way.progress),
        Code.PHONE_CHANGING: lambda: _(
            "手机号更换已核准、尚未生效，证书暂停领取，生效或停止后自动恢复"
        ),
        Code.BEFORE_RELEASE: lambda: _released(way, at),
    }
    return words[reason.code]()


def _short_of(walked: Progress) -> str:
    def plain(seconds: int) -> str:
        text = hours.missing_text(seconds, seconds_per_hour=per_hour)
        return text.rstrip("0").rstrip(".")

    per_hour = walked.outline.rulebook.seconds_per_credit_hour
    recognised = hours.text(walked.recognised_s, seconds_per_hour=per_hour)
    short = _("、").join(
        _("%(course)s 差 %(hours)s")
        % {"course": course.offer.title, "hours": plain(course.tally.missing_s)}
        for course in walked.courses
        if course.tally.missing_s
    )
    words = {
        "recognised": recognised.rstrip("0").rstrip("."),
        "missing": plain(walked.missing_s),
        "short": short,
    }
    return _("已认定 %(recognised)s 学时，还差 %(missing)s 学时：%(short)s") % words


def _held(walked: Progress) -> str:
    if walked.hold is None:
        return _("学时暂缓认定，解除后即可领取")
    words = {"node": walked.hold.node, "reason": Hold.Reason(walked.hold.reason).label}
    return _("学时由“%(node)s”暂缓认定（%(reason)s），解除后即可领取") % words


def _unconfirmed(reason: Reason) -> str:
    if reason.owner == Owner.TEACHER:
        return _("身份尚未经学校管理员审核通过，请先完善或修改个人信息")
    if reason.owner == Owner.COUNTY:
        return _("身份尚未审核通过，已由县区管理员处理")
    return _("身份尚未经学校管理员审核通过，请联系本校管理员")


def _released(way: Way, at: datetime) -> str:
    first = way.progress.outline.training.certificates_from.astimezone(periods.CHINA)
    is_this_year = first.year == at.astimezone(periods.CHINA).year
    day = dates.day(first) if is_this_year else dates.whole_day(first)
    return _("证书自 %(day)s起提供，届时会通知您，无需反复刷新") % {"day": day}
