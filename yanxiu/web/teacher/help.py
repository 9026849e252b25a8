"""Answer before somebody has to ask: from her own state first, then the manual's questions."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import standing
from yanxiu.training.certificates.standing import Way
from yanxiu.training.organisations import posts
from yanxiu.training.people.models import Account
from yanxiu.training.support import finding
from yanxiu.web.shared import platform_frame
from yanxiu.web.teacher import concerns, path, questions
from yanxiu.web.teacher.concerns import Concern, State
from yanxiu.web.teacher.questions import Question


class Sought(forms.Form):
    """Take what somebody looks for; what cannot be a text is nothing."""

    q = forms.CharField(required=False, max_length=200)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what concerns whoever asks, the thirteen questions, and how to reach somebody."""
    now, account = clock.now(), request.user
    state = _state(account, now) if isinstance(account, Account) else None
    outline = state.way.progress.outline if state and state.way else _outline(request, now)
    asked = questions.every(questions.numbers(outline))
    form = Sought(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    found = finding.find([each.text for each in asked], typed)
    mine = concerns.of(state, at=now) if state else []
    facts = {
        "q": request.GET.get("q", "")[:200],
        "is_search": bool(typed.strip()),
        "concerns": [] if typed.strip() else _paired(mine, asked),
        "questions": [_with_own(asked[place], mine) for place in found],
        "new_ticket": reverse("my_ticket_new"),
        "training": outline.training if outline else None,
    }
    return render(request, "teacher/help.html", facts)


def _state(account: Account, at: datetime) -> State:
    ways = standing.every(account.person_id, at=at)
    # The ways know her posts, but where a certificate made them needless.
    known = next((way.standings for way in ways if not way.certificate), None)
    return State(
        persona=str(getattr(account, "persona_kind", None) or ""),
        has_identity=bool(getattr(account, "name", None)),
        standings=posts.standings(account.person_id) if known is None else known,
        way=_main(ways, at),
    )


def _main(ways: list[Way], at: datetime) -> Way | None:
    """Return the training that she is most likely to ask about: one that goes on, begun first."""
    return min(
        ways,
        key=lambda way: (
            way.certificate is not None,
            path.is_over(way, at),
            not any(course.is_begun for course in way.progress.courses),
        ),
        default=None,
    )


def _outline(request: HttpRequest, at: datetime) -> Outline | None:
    """Return the training whose numbers a visitor is told: one that is open, else the first."""
    listed = trainings.every(platform_frame.here(request).serves)
    chosen = next((each for each in listed if trainings.is_open(each, at)), None)
    chosen = chosen or next(iter(listed), None)
    return trainings.of(chosen) if chosen else None


def _paired(mine: list[Concern], asked: list[Question]) -> list[tuple[Concern, Question]]:
    of_code = {each.code: each for each in asked}
    return [(each, of_code[each.code]) for each in mine]


def _with_own(question: Question, mine: list[Concern]) -> tuple[Question, list[Concern]]:
    return question, [each for each in mine if each.code == question.code]
