"""Let agents search by two exact facts, open what a person sees, and see one fact whole."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.support import looking, refusals, unmasking
from yanxiu.training.support.models import Look
from yanxiu.training.support.unmasking import Fact, Reason
from yanxiu.web.desk import case, look_page
from yanxiu.web.desk.look_forms import SearchForm, UnmaskForm
from yanxiu.web.shared import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.desk
def search(request: access.Desk) -> HttpResponse:
    """Ask for two exact facts, and lead to whom they fit."""
    if request.method != "POST":
        return _search(request, SearchForm())
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _search(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        look = looking.search(form.facts(), by=request.user.person, at=clock.now())
    except Refused as refused:
        form.add_error(None, refused.message)
        return _search(request, form, status=refused.status)
    return access.see_other("desk_look", look.pk)


@require_POST
@access.desk
def looking_from(request: access.Desk, ticket_id: UUID) -> HttpResponse:
    """Open what the owner of a ticket in hand sees."""
    found = case.find(ticket_id)
    look = looking.open_from(found, by=request.user.person, at=clock.now())
    return access.see_other("desk_look", look.pk)


@require_safe
@access.desk
def page(request: access.Desk, look_id: UUID) -> HttpResponse:
    """Show what a person sees and why each number is what it is; names and numbers covered."""
    look = _found(request, look_id)
    return render(request, "desk/look.html", look_page.facts(look, now=clock.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@access.desk
def unmask(request: access.Desk, look_id: UUID) -> HttpResponse:
    """Ask for a reason and a fresh second factor, then show one fact whole, this once."""
    look = _found(request, look_id)
    if look.ticket is None:
        raise refusals.NeedsTicket
    if not access.is_fresh(request):
        return access.ask_factor(request)
    if request.method != "POST":
        return _unmask(request, look, UnmaskForm())
    form = UnmaskForm(request.POST)
    if not form.is_valid():
        return _unmask(request, look, form, status=HTTPStatus.BAD_REQUEST)
    fact, why = Fact(form.cleaned_data["fact"]), Reason(form.cleaned_data["reason"])
    said = (why, form.cleaned_data["sentence"])
    try:
        whole = unmasking.unmask(look, fact, said, by=request.user.person, at=clock.now())
    except Refused as refused:
        form.add_error(None, refused.message)
        return _unmask(request, look, form, status=refused.status)
    return _unmask(request, look, form, whole=whole, label=str(fact.label))


def _found(request: access.Desk, look_id: UUID) -> Look:
    look = looking.opened(look_id, by=request.user.person, at=clock.now())
    if look is None:
        raise Http404
    return look


def _search(request: access.Desk, form: SearchForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    left = looking.left(request.user.person_id, at=clock.now())
    facts = {"form": form, "left": left, "most": looking.A_DAY}
    return render(request, "desk/search.html", facts, status=status)


def _unmask(
    request: access.Desk,
    look: Look,
    form: UnmaskForm,
    *,
    whole: str = "",
    label: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {
        "look": look,
        "form": form,
        "whole": whole,
        "label": label,
        "most": unmasking.A_DAY,
        "back": reverse("desk_look", args=[look.pk]),
    }
    return render(request, "desk/unmask.html", facts, status=status)
