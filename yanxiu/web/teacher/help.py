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
from yanxiu.training.people.models import Account
from yanxiu.training.support import finding
from yanxiu.web.shared import concerns, platform_frame
from yanxiu.web.shared.concerns import Concern
from yanxiu.web.teacher import questions
from yanxiu.web.teacher.questions import Question


class Sought(forms.Form):
    """Take what somebody looks for; what cannot be a text is nothing."""

    q = forms.CharField(required=False, max_length=200)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what concerns whoever asks, the thirteen questions, and how to reach somebody."""
    now, account = clock.now(), request.user
    state = concerns.of_account(account, at=now) if isinstance(account, Account) else None
    known = state.way.progress.outline if state and state.way else outline(request, now)
    asked = questions.every(questions.numbers(known))
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
        "training": known.training if known else None,
    }
    return render(request, "teacher/help.html", facts)


def outline(request: HttpRequest, at: datetime) -> Outline | None:
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
