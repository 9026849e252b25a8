"""Gather what the page of a course shows: the lesson to play, the outline, the hours."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yanxiu.foundation import ciphers, media
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import hours
from yanxiu.training.credits.progress import CourseProgress, Watched
from yanxiu.web.shared.templatetags import yx
from yanxiu.web.teacher import overview, reason_words

OWNER_CHARACTERS = 16


def facts(
    outline: Outline,
    walked: CourseProgress,
    chosen: Watched,
    *,
    learner: UUID | None,
    at: datetime,
) -> dict[str, object]:
    """Return all that the page shows; `learner` is None for whoever is not enrolled."""
    training, per_hour = outline.training, outline.rulebook.seconds_per_credit_hour
    here = lesson_url(walked, chosen)
    shown = {
        "training": training,
        "offer": walked.offer,
        "required": reason_words.plain_hours(walked.offer.required_s, per_hour),
        "place": 1 + walked.lessons.index(chosen),
        "total": len(walked.lessons),
        "complete": walked.completed,
        "lesson": _lesson(walked, chosen, chosen, per_hour),
        "sections": sections(walked, chosen, per_hour),
        "progress_url": _at(reverse("course_progress", args=[walked.offer.id]), chosen),
        "enrolled": learner is not None,
        "crumbs": [
            (_("教师研修"), reverse("channel")),
            (training.title, reverse("training", args=[training.slug])),
        ],
    }
    if learner is None:
        return shown | {"may_enrol": trainings.is_open(training, at), "poster": _poster(chosen)}
    return shown | {
        "numbers": overview.numbers(walked, per_hour),
        "onward": _onward(walked, chosen, per_hour),
        "player": _player(training, chosen, learner, here, per_hour, at),
    }


def sections(walked: CourseProgress, chosen: Watched, per_hour: int) -> list[dict[str, object]]:
    """Return the outline with the state of each lesson."""
    by_id = {watched.item.id: watched for watched in walked.lessons}
    return [
        {
            "title": part.title,
            "lessons": [_lesson(walked, by_id[item.id], chosen, per_hour) for item in part.lessons],
        }
        for part in walked.offer.sections
    ]


def lesson_url(walked: CourseProgress, watched: Watched) -> str:
    """Return the address of the course with this lesson chosen."""
    return _at(reverse("course", args=[walked.offer.id]), watched)


def _at(url: str, watched: Watched) -> str:
    return f"{url}?lesson={watched.item.id}"


def _lesson(
    walked: CourseProgress, watched: Watched, chosen: Watched, per_hour: int
) -> dict[str, object]:
    words = {
        "length": yx.duration_words(watched.item.duration_ms),
        "hours": _hours(watched, per_hour),
    }
    return {
        "id": watched.item.id,
        "title": watched.item.title,
        "url": lesson_url(walked, watched),
        "words": _("%(length)s · %(hours)s 学时") % words,
        "state": watched.state,
        "share": watched.percent,
        "current": watched is chosen,
    }


def _onward(walked: CourseProgress, chosen: Watched, per_hour: int) -> dict[str, object] | None:
    """Return the next lesson to watch, once the chosen one is complete; None when all are."""
    following = walked.next_lesson
    if not chosen.completed_at or following.completed_at:
        return None
    return _lesson(walked, following, chosen, per_hour)


def _player(
    training: Training, chosen: Watched, learner: UUID, here: str, per_hour: int, at: datetime
) -> dict[str, object]:
    """Return what the player element is told; its owner keeps people on one device apart."""
    is_open = trainings.is_open(training, at)
    ended = _("学习时间已于 %(on)s结束。结束前看过、还没有上传的部分，72 小时内仍会补传。")
    return {
        "lesson": chosen.item.id,
        "title": chosen.item.title,
        "duration_ms": chosen.item.duration_ms,
        "hours": _hours(chosen, per_hour),
        "may_earn": "true" if is_open else "false",
        "why": "" if is_open else ended % {"on": yx.last_day_cn(training.closes_at)},
        "owner": ciphers.fingerprint(str(learner), purpose="player").hex()[:OWNER_CHARACTERS],
        "sign_in": f"{reverse('sign_in')}?{urlencode({'next': here})}",
        "poster": _poster(chosen),
    }


def _hours(watched: Watched, per_hour: int) -> str:
    credit_s = watched.credited_s or watched.item.duration_ms // 1_000
    return hours.text(credit_s, seconds_per_hour=per_hour)


def _poster(watched: Watched) -> str:
    return media.address(watched.item.poster) if watched.item.poster else ""
