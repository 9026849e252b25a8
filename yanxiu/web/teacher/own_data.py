"""Let somebody have a copy of all that is kept of her, and be forgotten."""

import io
from http import HTTPStatus

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import departing, own_data
from yanxiu.training.people import consents, departures, own_copies
from yanxiu.web.shared import access

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
# What is typed by whoever means it.
WORD = _("注销")


class DepartureForm(forms.Form):
    """Take the word that shows that she means it."""

    word = forms.CharField(
        label=_("确认注销，请输入“注销”"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请输入“注销”两个字，没有提交。")},
    )

    def clean_word(self) -> str:
        """Return the word, and nothing else."""
        word = str(self.cleaned_data["word"])
        if word.strip().lower() != str(WORD):
            raise forms.ValidationError(_("请输入“注销”两个字，没有提交。"))
        return word


@_PAGE
@access.proved
def copies(request: access.SignedIn) -> HttpResponse:
    """Show how far her copy is, with its link while it lasts; begin one. And what she agreed to."""
    now = clock.now()
    if request.method == "POST":
        own_data.ask(request.user.person, at=now)
        return access.see_other("my_data")
    copy = own_copies.latest(request.user.person_id)
    facts = {
        "copy": copy,
        "is_running": copy is not None and copy.finished_at is None,
        "is_there": copy is not None and copy.expires_at is not None and copy.expires_at > now,
        "share": copy.done / copy.total if copy else 0,
        "consents": consents.given(request.user.person_id),
        "now": now,
    }
    return render(request, "teacher/my_data.html", facts)


@require_safe
@access.proved  # type: ignore[arg-type]  # a file is an answer too
def file(request: access.SignedIn, token: str) -> FileResponse:
    """Hand her the file."""
    content = own_copies.fetch(token, by=request.user.person, at=clock.now())
    if content is None:
        raise Http404
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=str(_("我的数据.zip")),
        content_type="application/zip",
    )


@_PAGE
@access.proved
def departure(request: access.SignedIn) -> HttpResponse:
    """Say what it means to leave, take her word, and let her take it back."""
    person, now = request.user.person, clock.now()
    form = DepartureForm(request.POST if request.method == "POST" else None)
    if "undo" in request.POST:
        departures.undo(person, at=now)
        return access.see_other("my_departure")
    if form.is_valid():
        try:
            departing.ask(person, at=now)
            return access.see_other("my_departure")
        except Refused as refused:
            form.add_error(None, refused.message)
            return _departure(request, form, status=refused.status)
    return _departure(request, form, status=400 if form.is_bound else HTTPStatus.OK)


def _departure(request: access.SignedIn, form: DepartureForm, *, status: int) -> HttpResponse:
    facts = {
        "form": form,
        "waiting": departures.waiting(request.user.person_id),
        "days": departures.COOLING_OFF.days,
    }
    return render(request, "teacher/departure.html", facts, status=status)
