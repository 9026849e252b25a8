"""Show a county what was found of its teachers' watching; let it clear a doubt or hold hours."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.integrity import appeals, checking, doubts, holding, holds, refusals
from yanxiu.training.integrity.models import Doubt
from yanxiu.training.organisations import scopes
from yanxiu.web.office import doubt_words
from yanxiu.web.office.doubt_forms import CLEAR, HOLD, ClearForm, DoubtListForm, HoldForm
from yanxiu.web.shared import access


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List the doubts of the branch, the latest first; all stands in the address."""
    check_county(request)
    form = DoubtListForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    state = typed.get("state", "open")
    rows, more = doubts.page(
        request.held, state=state, kind=typed.get("kind", ""), after=typed.get("after")
    )
    facts = tabs(request) | {
        "form": form,
        "rows": [(row, doubt_words.sentence(row)) for row in rows],
        "is_open": state == "open",
        "is_narrowed": bool(typed.get("kind")) or state != "open",
        "is_first": not typed.get("after"),
        "onward": rows[-1].id if more else None,
        "notices": _notices(request),
        "now": clock.now(),
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "office/doubts.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, doubt_id: UUID) -> HttpResponse:
    """Show all doubts about a teacher's hours of a training, and take what is done about them."""
    found = _found(request, doubt_id)
    check_county(request)
    if request.method != "POST":
        return _shown(request, found)
    clear, hold = _forms(request)
    try:
        if request.POST.get("outcome") == CLEAR and clear.is_valid():
            return _clear(request, found, clear)
        if request.POST.get("outcome") == HOLD and hold.is_valid():
            return _hold(request, found, hold)
    except Refused as refused:
        return _shown(request, _found(request, doubt_id), (clear, hold), refused=refused)
    return _shown(request, found, (clear, hold), status=HTTPStatus.BAD_REQUEST)


def check_county(request: access.Office) -> None:
    """Leave these pages to counties and whoever serves above them."""
    if not scopes.doubts.ever("answer", request.held):
        raise refusals.NotCounty


def tabs(request: access.Office) -> dict[str, object]:
    """Return what the lists of doubts, holds and amendments lead to beside each other."""
    return {
        "appealed": appeals.answerable(request.held, by=request.user.person).count(),
        "amends": scopes.amendments.ever("confirm", request.held),
    }


def _found(request: access.Office, doubt_id: UUID) -> Doubt:
    found = doubts.find(request.held, doubt_id)
    if found is None:
        raise Http404
    return found


def _forms(request: access.Office) -> tuple[ClearForm, HoldForm]:
    outcome = request.POST.get("outcome")
    return (
        ClearForm(request.POST if outcome == CLEAR else None),
        HoldForm(request.POST if outcome == HOLD else None),
    )


def _clear(request: access.Office, found: Doubt, form: ClearForm) -> HttpResponse:
    typed, by = form.cleaned_data, request.user.person
    doubts.clear(found, typed["seen"], typed["sentence"], held=request.held, by=by, at=clock.now())
    return access.see_other(f"{reverse('office_doubts')}?done={found.id}")


def _hold(request: access.Office, found: Doubt, form: HoldForm) -> HttpResponse:
    no = form.cleaned_data["reason"], form.cleaned_data["sentence"]
    made = holding.place(found, held=request.held, no=no, by=request.user.person, at=clock.now())
    return access.see_other(f"{reverse('office_hold', args=[made.id])}?done=placed")


def _shown(
    request: access.Office,
    found: Doubt,
    typed: tuple[forms.Form, forms.Form] | None = None,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    rows = doubts.together(found)
    still = [each for each in rows if not vars(each)["is_held"] and not hasattr(each, "clearance")]
    seen = " ".join(str(each.id) for each in still)
    clear, hold = typed or (ClearForm(), HoldForm())
    facts = {
        "doubt": found,
        "rows": [
            (each, doubt_words.sentence(each), doubt_words.picture(each), perhaps(each))
            for each in rows
        ],
        "still": still,
        "seen": seen,
        "hold": holds.of_several([found.person_id], found.training_id).get(found.person_id),
        "against": checking.against_deciding(found, held=request.held, by=request.user.person),
        "clear": clear,
        "form": hold,
        "refused": refused,
        "now": clock.now(),
    }
    status = refused.status if refused else status
    return render(request, "office/doubt.html", facts, status=status)


def perhaps(doubt: Doubt) -> str:
    """Return what may innocently stand behind a doubt."""
    return str(doubt_words.PERHAPS[doubt.kind])


def _notices(request: access.Office) -> list[dict[str, str]]:
    """Say what was cleared just now, by whoever did it."""
    try:
        found = doubts.find(request.held, UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    clearance = getattr(found, "clearance", None)
    if found is None or clearance is None or clearance.by_id != request.user.person_id:
        return []
    words = {"name": vars(found)["name"]}
    return [{"kind": "done", "text": _("已记下：%(name)s的学习记录没有问题。") % words}]
