"""Show a student what she has watched, and note how far a lesson's player has come."""

from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.learning import viewings
from yanxiu.training.learning.refusals import LessonUnknown
from yanxiu.training.organisations.student_refusals import NotAStudent
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access


class ViewingForm(forms.Form):
    """Take which lesson was watched, and for how many seconds since the last time."""

    lesson = forms.UUIDField()
    seconds = forms.IntegerField(min_value=0, max_value=3_600)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """List what she has watched; a player's POST adds to it."""
    if request.method == "POST":
        return _note(request)
    kind = getattr(request.user, "persona_kind", None)
    is_student = kind == Persona.Kind.STUDENT
    facts = {
        "is_student": is_student,
        "rows": viewings.of(request.user.person_id) if is_student else [],
        "now": clock.now(),
    }
    return render(request, "teacher/my_viewings.html", facts)


def _note(request: access.SignedIn) -> HttpResponse:
    if getattr(request.user, "persona_kind", None) != Persona.Kind.STUDENT:
        raise NotAStudent
    form = ViewingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    lesson_id, seconds = form.cleaned_data["lesson"], form.cleaned_data["seconds"]
    outline = trainings.of_lesson(lesson_id)
    if outline is None or outline.lesson(lesson_id) is None:
        raise LessonUnknown
    viewings.note(request.user.person_id, lesson_id, seconds=seconds, at=clock.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
