"""Hand the question that waits in a lesson to the player, and take its answer: JSON both ways.

What is right stays on the server. Rule: docs/rules/attention.md.
"""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from yanxiu.foundation import clock
from yanxiu.training.learning import questions
from yanxiu.training.learning.models import Question
from yanxiu.training.learning.questions import Place, Waiting
from yanxiu.web.teacher import player_requests, question_words

type Small = Annotated[int, msgspec.Meta(ge=0, le=30_000)]


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """Ask for the question that waits in a lesson."""

    lesson: UUID


class Extended(msgspec.Struct, forbid_unknown_fields=True):
    """Ask for more time for a question."""

    lesson: UUID
    place: Small
    turn: Small


class Answered(msgspec.Struct, forbid_unknown_fields=True):
    """Answer a question by the place of a choice."""

    lesson: UUID
    place: Small
    turn: Small
    choice: Small


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Answer with the question, or why there is none now."""
    person_id = player_requests.teacher(request)
    wanted = player_requests.read(request, Wanted)
    now = clock.now()
    waits = questions.ask(_place(person_id, wanted.lesson), at=now)
    return JsonResponse(_told(waits, now))


@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Give a question its time anew."""
    person_id = player_requests.teacher(request)
    wanted = player_requests.read(request, Extended)
    now = clock.now()
    where = _place(person_id, wanted.lesson)
    question = questions.extend(where, wanted.place, wanted.turn, at=now)
    return JsonResponse(_told(Waiting(question), now))


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Say whether the choice is right; if so, watching goes on counting."""
    person_id = player_requests.teacher(request)
    given = player_requests.read(request, Answered)
    where = _place(person_id, given.lesson)
    is_right = questions.answer(where, given.place, given.turn, given.choice, at=clock.now())
    again_after_s = None if is_right else questions.BREATH.seconds
    return JsonResponse({"right": is_right, "again_after_s": again_after_s})


def _place(person_id: UUID, lesson_id: UUID) -> Place:
    return Place(person_id, *player_requests.lesson(lesson_id))


def _told(waits: Waiting, now: datetime) -> dict[str, object]:
    """Write down how a question stands: asked, pause, ahead or none."""
    if waits.question:
        return {"state": "asked", "question": _written(waits.question, now)}
    if waits.after_s:
        return {"state": "pause", "again_after_s": waits.after_s}
    return {"state": "ahead" if waits.is_ahead else "none"}


def _written(question: Question, now: datetime) -> dict[str, object]:
    return {
        "place": question.place,
        "turn": question.turn,
        "sentence": question_words.sentence(question.kind),
        "choices": [question_words.word(each) for each in question.choices],
        "left_s": max(0, (question.due_at - now) // timedelta(seconds=1)),
    }
