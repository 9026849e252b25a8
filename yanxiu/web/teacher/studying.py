"""Gather what the page of a course shows: the lesson to play, the outline, the hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yanxiu.foundation import media
from yanxiu.foundation.phrases import together
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.credits import hours
from yanxiu.training.credits.progress import CourseProgress, Progress, Watched
from yanxiu.web.shared import course_numbers, platform_frame
from yanxiu.web.shared.templatetags import yx
from yanxiu.web.teacher import replaced

_HOUR_S = 3_600


@dataclass(frozen=True, slots=True)
class Study:
    """Hold what one page is about: the training's progress, the course, the chosen lesson."""

    progress: Progress
    course: CourseProgress
    chosen: Watched

    @property
    def training(self) -> Training:
        """Return the training that the course belongs to."""
        return self.progress.outline.training

    @property
    def per_hour(self) -> int:
        """Return how many seconds make a credit hour."""
        return self.progress.outline.rulebook.seconds_per_credit_hour


def facts(study: Study, *, learner: UUID | None, at: datetime) -> dict[str, object]:
    """Return all that the page shows; `learner` is None for whoever is not enrolled."""
    training, course = study.training, study.course
    address = reverse("course_progress", args=[course.offer.id])
    shown = platform_frame.below(training) | {
        "training": training,
        "offer": course.offer,
        "place": 1 + course.lessons.index(study.chosen),
        "total": len(course.lessons),
        "complete": course.completed,
        "lesson": _lesson(study, study.chosen),
        "sections": _sections(study),
        "progress_url": f"{address}?lesson={study.chosen.item.id}",
        "enrolled": learner is not None,
    }
    if learner is None:
        return shown | {"may_enrol": trainings.is_open(training, at), "poster": _poster(study)}
    return shown | {
        "numbers": course_numbers.of(course, study.per_hour, is_over=at >= training.closes_at),
        "onward": _onward(study),
        "replaced": replaced.sentence(study.chosen, at=at),
        "player": _player(study, at),
    }


def viewing(study: Study) -> dict[str, object]:
    """Return the files of the chosen lesson, for whoever looks at it and earns nothing."""
    item = study.chosen.item
    return {
        "renditions": [_placed(each) for each in item.renditions],
        "captions": [_placed(each) for each in item.captions],
    }


def _placed(file: dict[str, object]) -> dict[str, object]:
    return file | {"src": media.address(str(file["src"]))}


def _sections(study: Study) -> list[dict[str, object]]:
    by_id = {watched.item.id: watched for watched in study.course.lessons}
    return [
        {
            "title": part.title,
            "lessons": [_lesson(study, by_id[item.id]) for item in part.lessons],
        }
        for part in study.course.offer.sections
    ]


def _lesson(study: Study, watched: Watched) -> dict[str, object]:
    length = yx.duration_words(watched.item.duration_ms)
    words = {"length": length, "hours": _hours(study, watched)}
    said = _("%(length)s · %(hours)s 学时") % words
    return {
        "id": watched.item.id,
        "title": watched.item.title,
        "url": _address(study, watched),
        "words": _noted(said, watched),
        "state": watched.state,
        "share": watched.percent,
        "current": watched is study.chosen,
    }


def _noted(said: str, watched: Watched) -> str:
    """Return what is said of a lesson, and what stands in the way of watching it on."""
    if watched.item.is_withdrawn:
        return _("%(words)s · 已下线") % {"words": said}
    return _("%(words)s · 有提问待回答") % {"words": said} if watched.is_asked else said


def _onward(study: Study) -> dict[str, str] | None:
    """Return where to go on once the lesson is complete: in this course, then in the next."""
    course, following = study.course, study.progress.next_course
    if not study.chosen.completed_at or study.progress.is_earned:
        return None
    if not course.tally.missing_s:
        url = reverse("course", args=[following.offer.id])
        return {"url": url, "action": _("去学《%(title)s》") % {"title": following.offer.title}}
    if course.next_lesson.completed_at:
        return None
    title = course.next_lesson.item.title
    url = _address(study, course.next_lesson)
    return {"url": url, "action": _("接着看《%(title)s》") % {"title": title}}


def _player(study: Study, at: datetime) -> dict[str, object]:
    """Return what the player element is told."""
    item, training = study.chosen.item, study.training
    is_open = trainings.is_open(training, at)
    sign_in = urlencode({"next": _address(study, study.chosen)})
    return {
        "lesson": item.id,
        "title": item.title,
        "duration_ms": item.duration_ms,
        "hours": _hours(study, study.chosen),
        "may_earn": "true" if is_open else "false",
        "why": "" if is_open else _ended(study, at),
        "sign_in": f"{reverse('sign_in')}?{sign_in}",
        "poster": _poster(study),
    }


def _ended(study: Study, at: datetime) -> str:
    """Return that watching earns nothing any more, and what is still taken meanwhile."""
    closes_at = study.training.closes_at
    late_s = study.progress.outline.rulebook.late_s
    ended = _("学习时间已于 %(on)s结束。") % {"on": yx.last_day_cn(closes_at, at)}
    if at >= closes_at + timedelta(seconds=late_s):
        return together(ended, _("您可以随时回看；已认定的学时不变。"))
    late = _("结束前看过、还没有上传的部分，%(hours)s 小时内仍会补传。")
    return together(ended, late % {"hours": late_s // _HOUR_S})


def _address(study: Study, watched: Watched) -> str:
    return f"{reverse('course', args=[study.course.offer.id])}?lesson={watched.item.id}"


def _hours(study: Study, watched: Watched) -> str:
    credit_s = watched.credited_s or watched.item.duration_ms // 1_000
    return hours.text(credit_s, seconds_per_hour=study.per_hour)


def _poster(study: Study) -> str:
    poster = study.chosen.item.poster
    return media.address(poster) if poster else ""
