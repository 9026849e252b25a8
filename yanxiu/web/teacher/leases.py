"""Hand out leases to the player: JSON in, JSON out, for whoever is signed in."""

from http import HTTPStatus
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from yanxiu.foundation import clock, media
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.integrity import evidence
from yanxiu.training.learning import leases
from yanxiu.web.shared import signing_in
from yanxiu.web.teacher import player_requests
from yanxiu.web.teacher.player_requests import Player


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """Be what the player asks for."""

    lesson: UUID
    player: Player


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a lease of one lesson to the player that asks; every no is JSON too."""
    person_id = player_requests.teacher(request)
    wanted = player_requests.read(request, Wanted)
    outline, item = player_requests.lesson(wanted.lesson)
    issued = leases.issue(person_id, outline, item, player=wanted.player)
    evidence.lend(
        person_id,
        outline.training.id,
        item.id,
        player=wanted.player,
        mark=signing_in.mark(request),
        at=clock.now(),
    )
    return JsonResponse(_written(issued, outline, item), status=HTTPStatus.CREATED)


def _written(issued: leases.Issued, outline: Outline, item: Item) -> dict[str, object]:
    book = outline.rulebook
    return {
        "lease": issued.token,
        "lesson": str(item.id),
        "media_version": item.media_version,
        "kept": item.kept,
        "duration_ms": item.duration_ms,
        "position_ms": issued.position_ms,
        "covered": issued.covered,
        "max_rate": book.max_rate_milli / 1_000,
        "beat_every_s": book.beat_every_s,
        "question": issued.is_asked,
        "media": {
            "renditions": [_placed(each) for each in item.renditions],
            "captions": [_placed(each) for each in item.captions],
            "poster": media.address(item.poster) if item.poster else "",
        },
    }


def _placed(file: dict[str, object]) -> dict[str, object]:
    return file | {"src": media.address(str(file["src"]))}
