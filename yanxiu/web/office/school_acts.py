"""Let officers above the school change it, each act on a page that says before what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import retyping as types
from yanxiu.training.organisations import changes, reach, schools, search
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.models import School
from yanxiu.web.office import schools as pages
from yanxiu.web.office.school_forms import (
    ClosingForm,
    MergingForm,
    MovingForm,
    RenamingForm,
    RetypingForm,
)
from yanxiu.web.shared import access

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
# So many schools are offered to merge into; a few more letters find the others.
TARGETS_MOST = 20

type Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Say what an act is called, and which verb does it with what was typed."""

    name: str
    title: Promise | str
    button: Promise | str
    do: Callable[[School, Typed, Deed], School]


RENAMING = Act(
    "renamed",
    _("学校更名"),
    _("确认更名"),
    lambda school, typed, deed: changes.rename(school, typed["name"], deed),
)
RETYPING = Act(
    "retyped",
    _("更正办学类型"),
    _("确认更正"),
    lambda school, typed, deed: types.retype(school, typed["type"], deed),
)
MOVING = Act(
    "moved",
    _("变更隶属"),
    _("确认划入"),
    lambda school, typed, deed: changes.move(school, typed["county"].strip(), deed),
)
CLOSING = Act(
    "closed",
    _("学校停办"),
    _("确认停办"),
    lambda school, _typed, deed: changes.close(school, deed),
)
MERGING = Act(
    "merged",
    _("并入另一所学校"),
    _("确认并入"),
    lambda school, typed, deed: changes.merge(school, schools.get(typed["into"]), deed),
)


@_PAGE
@access.office
def renaming(request: access.Office, school_id: UUID) -> HttpResponse:
    """Give a school another name."""
    school = pages.load(request, school_id, act="correct")
    form = RenamingForm(request.POST or None, initial={"name": school.name, "on": _today()})
    return _act(request, RENAMING, school, form)


@_PAGE
@access.office
def retyping(request: access.Office, school_id: UUID) -> HttpResponse:
    """Give a school its right type."""
    school = pages.load(request, school_id, act="change")
    form = RetypingForm(request.POST or None, initial={"type": school.type_id, "on": _today()})
    return _act(request, RETYPING, school, form)


@_PAGE
@access.office
def moving(request: access.Office, school_id: UUID) -> HttpResponse:
    """Let a school belong to another county of the branch."""
    school = pages.load(request, school_id, act="change")
    counties = pages.choosable(request.held)
    form = MovingForm(request.POST or None, initial={"on": _today()}, counties=counties)
    return _act(request, MOVING, school, form)


@_PAGE
@access.office
def closing(request: access.Office, school_id: UUID) -> HttpResponse:
    """Let a school end."""
    school = pages.load(request, school_id, act="change")
    form = ClosingForm(request.POST or None, initial={"on": _today()})
    return _act(request, CLOSING, school, form)


@_PAGE
@access.office
def merging(request: access.Office, school_id: UUID) -> HttpResponse:
    """Let a school go on in another one, which is looked for first."""
    school = pages.load(request, school_id, act="change")
    form = MergingForm(request.POST or None, initial={"on": _today()})
    text, hits, error = request.GET.get("q", "").strip(), [], ""
    try:
        hits = _targets(request, school, text) if text else []
    except Refused as refused:
        error = refused.message
    more = {"q": text, "hits": hits, "search_error": error}
    return _act(request, MERGING, school, form, more, status=400 if error else HTTPStatus.OK)


def _act(
    request: access.Office,
    act: Act,
    school: School,
    form: forms.Form,
    more: Mapping[str, object] | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show what an act means for this school, and do it once the form is sent."""
    refused = None
    if request.method == "POST" and form.is_valid():
        deed = Deed(request.held, request.user.person, form.cleaned_data["on"], clock.now())
        try:
            return pages.to_school(act.do(school, form.cleaned_data, deed), act.name)
        except Refused as error:
            refused, status = error, error.status
    elif request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
    facts = {"act": act, "school": school, "form": form, "refused": refused}
    facts |= {"reach": reach.of(school), **(more or {})}
    return render(request, "office/school_act.html", facts, status=status)


def _targets(request: access.Office, school: School, text: str) -> list[search.Hit]:
    """Return the open schools of the branch that fit what was typed, but the school itself."""
    region = request.held[0].region
    found = search.find(text, region=None if _is_nation(region) else region, most=TARGETS_MOST)
    return [hit for hit in found.hits if hit.school.pk != school.pk]


def _is_nation(region: object) -> bool:
    return getattr(region, "code", "") == schools.NATION


def _today() -> str:
    return f"{changes.today(clock.now()):%Y-%m-%d}"
