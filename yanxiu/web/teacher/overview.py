"""Gather what the page of a training shows: the ring, the path, the courses, the certificate."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates.standing import Way
from yanxiu.training.credits import hours
from yanxiu.training.credits.progress import CourseProgress
from yanxiu.training.enrolment import enrolments
from yanxiu.web.shared import course_numbers, hold_words, path, platform_frame, reason_words
from yanxiu.web.shared.templatetags import yx


def facts(way: Way, *, has_identity: bool, at: datetime) -> dict[str, object]:
    """Return all that the page shows; the person's part stands in `standing` and `cards`."""
    outline = way.progress.outline
    training, per_hour = outline.training, outline.rulebook.seconds_per_credit_hour
    return platform_frame.of(training) | {
        "training": training,
        "period": enrolments.period_words(training, with_year=True),
        "required": reason_words.plain_hours(outline.rulebook.required_s, per_hour),
        "enrolled": way.enrolment is not None,
        "is_over": path.is_over(way, at),
        "primary": _primary(way, at),
        "certificate": certificate(way, at),
        "standing": standing(way, at=at),
        "steps": path.steps(way, has_identity=has_identity, at=at),
        "cards": cards(way, at=at),
        "progress_url": reverse("training_progress", args=[training.slug]),
        "hold": hold(way, at),
    }


def standing(way: Way, *, at: datetime) -> dict[str, object]:
    """Return how far she is: the numbers of the ring and the sentences beside it."""
    walked = way.progress
    book = walked.outline.rulebook
    per_hour = book.seconds_per_credit_hour
    max_rate_milli = None if path.is_over(way, at) else book.max_rate_milli
    found = reason_words.of_training(walked)
    return {
        "recognised": hours.text(walked.recognised_s, seconds_per_hour=per_hour),
        "share": yx.share(walked.recognised_s, walked.required_s),
        "enough": walked.is_complete,
        "held": hours.text(walked.held_s, seconds_per_hour=per_hour) if walked.hold else "",
        "headline": path.headline(way, at=at),
        "sentence": reason_words.total(found, per_hour, max_rate_milli=max_rate_milli),
    }


def hold(way: Way, at: datetime) -> dict[str, str] | None:
    """Return what is said of held hours above everything else; None where none are."""
    held = way.progress.hold
    return hold_words.of(held, way.progress.outline.training.title, now=at) if held else None


def cards(way: Way, *, at: datetime) -> list[dict[str, object]]:
    """Return the courses as their cards show them; hours only for whoever is enrolled."""
    per_hour = way.progress.outline.rulebook.seconds_per_credit_hour
    is_over = path.is_over(way, at)
    return [
        _card(place, walked)
        | (
            course_numbers.of(walked, per_hour, is_over=is_over)
            if way.enrolment
            else _offered(walked, per_hour)
        )
        for place, walked in enumerate(way.progress.courses, start=1)
    ]


def _card(place: int, walked: CourseProgress) -> dict[str, object]:
    url = reverse("course", args=[walked.offer.id])
    return {"position": place, "title": walked.offer.title, "url": url}


def _offered(walked: CourseProgress, per_hour: int) -> dict[str, object]:
    required = reason_words.plain_hours(walked.offer.required_s, per_hour)
    return {"required": required, "why": walked.offer.summary}


def _primary(way: Way, at: datetime) -> dict[str, str]:
    """Return the one button that helps most now; without an address it only says why not."""
    training = way.progress.outline.training
    if way.enrolment:
        url = reverse("course", args=[way.progress.next_course.offer.id])
        return {"url": url, "action": _studying(way, at)}
    if trainings.is_open(training, at):
        return {"url": reverse("enrolment", args=[training.slug]), "action": _("立即报名")}
    return {"url": "", "action": _("尚未开始") if at < training.opens_at else _("报名已结束")}


def _studying(way: Way, at: datetime) -> str:
    if path.is_over(way, at):
        return _("回看课程")
    is_begun = any(course.is_begun for course in way.progress.courses)
    return _("继续学习") if is_begun else _("开始学习")


def certificate(way: Way, at: datetime) -> dict[str, str]:
    """Return what stands at the top right: claim, look, or why neither can be done yet."""
    if not way.enrolment:
        return {}
    url = reverse("certificate", args=[way.progress.outline.training.slug])
    action = _("查看证书") if way.certificate else _("领取证书")
    why = path.why_not(way, at=at) if way.reasons else ""
    return {"state": way.state, "url": url, "action": action, "why": why}
