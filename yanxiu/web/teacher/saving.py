"""Name the files of a course's lessons, for a device that saves them to play without network."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from yanxiu.foundation import media
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.credits import hours
from yanxiu.training.enrolment import enrolments
from yanxiu.training.enrolment.refusals import NotEnrolled
from yanxiu.web.shared import access, refusals


@require_safe
def files(request: HttpRequest, course_id: UUID) -> JsonResponse:
    """Answer with a course's lessons and their files in bytes, and until when watching counts."""
    person_id = access.person_id(request)
    if person_id is None:
        raise refusals.Unsigned
    outline = trainings.of_course(course_id)
    if outline is None:
        raise Http404
    if enrolments.find(person_id, outline.training.id) is None:
        raise NotEnrolled
    return JsonResponse(_written(outline, course_id), json_dumps_params={"ensure_ascii": False})


def _written(outline: Outline, course_id: UUID) -> dict[str, object]:
    book, training, offer = outline.rulebook, outline.training, outline.course(course_id)
    return {
        "training": training.title,
        "course": offer.title,
        "address": reverse("course", args=[course_id]),
        "closes_at": training.closes_at,
        "late_until": training.closes_at + timedelta(seconds=book.late_s),
        "offline_allowance_s": book.offline_allowance_s,
        "lessons": [_lesson(item, book.seconds_per_credit_hour) for item in offer.lessons],
    }


def _lesson(item: Item, per_hour: int) -> dict[str, object]:
    return {
        "id": str(item.id),
        "title": item.title,
        "duration_ms": item.duration_ms,
        "hours": hours.text(item.duration_ms // 1_000, seconds_per_hour=per_hour),
        "renditions": _weighed(item.renditions),
        "captions": _weighed(item.captions),
        "poster": _weighed([{"src": item.poster}])[0] if item.poster else None,
    }


def _weighed(placed: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Return files with their addresses and bytes."""
    return [
        each | {"src": media.address(str(each["src"])), "bytes": media.size(str(each["src"]))}
        for each in placed
    ]
