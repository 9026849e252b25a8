"""Read what the player asks for: JSON, strictly, from a teacher who is signed in."""

import json
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.enrolment.refusals import NotATeacher
from yanxiu.training.learning.refusals import LessonUnknown
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access, refusals

MAX_BYTES = 1_024

type Player = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]


class WrongType(refusals.Malformed):
    """Take JSON only."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


def teacher(request: HttpRequest) -> UUID:
    """Return the person who asks; raise `Unsigned` or `NotATeacher`."""
    person_id = access.person_id(request)
    if person_id is None:
        raise refusals.Unsigned
    if getattr(request.user, "persona_kind", None) != Persona.Kind.TEACHER:
        raise NotATeacher
    return person_id


def read[Wanted: msgspec.Struct](request: HttpRequest, wanted: type[Wanted]) -> Wanted:
    """Return the body as what is wanted; raise a refusal for anything else."""
    if request.content_type != "application/json":
        raise WrongType
    if len(request.body) > MAX_BYTES:
        raise refusals.TooLarge
    try:
        found = json.loads(request.body, object_pairs_hook=_each_once)
        return msgspec.convert(found, wanted)
    except (ValueError, RecursionError) as error:
        raise refusals.Malformed from error


def lesson(lesson_id: UUID) -> tuple[Outline, Item]:
    """Return a lesson with its training; raise `LessonUnknown`."""
    outline = trainings.of_lesson(lesson_id)
    item = outline.lesson(lesson_id) if outline else None
    if outline is None or item is None:
        raise LessonUnknown
    return outline, item


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("a name stands twice")
    return named
