"""Hand out leases to the player: JSON in, JSON out, for whoever is signed in."""

import json
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from yanxiu.foundation import media
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.enrolment.refusals import NotATeacher
from yanxiu.training.learning import leases
from yanxiu.training.learning.refusals import LessonUnknown
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access, refusals

MAX_BYTES = 1_024

type Player = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]


class WrongType(refusals.Malformed):
    """Take JSON only."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """Be what the player asks for."""

    lesson: UUID
    player: Player


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a lease of one lesson to the player that asks; every no is JSON too."""
    person_id = access.person_id(request)
    if person_id is None:
        raise refusals.Unsigned
    if getattr(request.user, "persona_kind", None) != Persona.Kind.TEACHER:
        raise NotATeacher
    wanted = _read(request)
    outline, item = _found(wanted.lesson)
    issued = leases.issue(person_id, outline, item, player=wanted.player)
    return JsonResponse(_written(issued, outline, item), status=HTTPStatus.CREATED)


def _read(request: HttpRequest) -> Wanted:
    if request.content_type != "application/json":
        raise WrongType
    if len(request.body) > MAX_BYTES:
        raise refusals.TooLarge
    try:
        found = json.loads(request.body, object_pairs_hook=_each_once)
        return msgspec.convert(found, Wanted)
    except (ValueError, RecursionError) as error:
        raise refusals.Malformed from error


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("a name stands twice")
    return named


def _found(lesson_id: UUID) -> tuple[Outline, Item]:
    outline = trainings.of_lesson(lesson_id)
    item = outline.lesson(lesson_id) if outline else None
    if outline is None or item is None:
        raise LessonUnknown
    return outline, item


def _written(issued: leases.Issued, outline: Outline, item: Item) -> dict[str, object]:
    book = outline.rulebook
    return {
        "lease": issued.token,
        "lesson": str(item.id),
        "duration_ms": item.duration_ms,
        "position_ms": issued.position_ms,
        "covered": issued.covered,
        "max_rate": book.max_rate_milli / 1_000,
        "beat_every_s": book.beat_every_s,
        "media": {
            "renditions": [_placed(each) for each in item.renditions],
            "captions": [_placed(each) for each in item.captions],
            "poster": media.address(item.poster) if item.poster else "",
        },
    }


def _placed(file: dict[str, object]) -> dict[str, object]:
    return file | {"src": media.address(str(file["src"]))}
