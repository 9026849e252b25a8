"""Show the county who misses a school, and take its answer for all who miss the same one."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import changes, missing, register_refusals, schools, scopes
from yanxiu.training.organisations.models import Region, SchoolAnswer, SchoolRequest
from yanxiu.web.office import schools as pages
from yanxiu.web.office.school_forms import AnswerForm, NewForm
from yanxiu.web.shared import access

# The oldest come first; what is answered makes room for the next ones.
MOST = 50
Outcome = SchoolAnswer.Outcome


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List the schools that teachers miss in the branch, the one that waits longest first."""
    rows = list(missing.waiting(request.held)[: MOST + 1])
    facts = {
        "rows": rows[:MOST],
        "more": len(rows) > MOST,
        "tally": missing.tally(request.held),
        "now": clock.now(),
        "notices": _notices(request),
    }
    return render(request, "office/missing.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, request_id: UUID) -> HttpResponse:
    """Show a missing school with what is like it, and add it, point to it, or say no."""
    asked = missing.find(request.held, request_id)
    if asked is None:
        raise Http404
    counties = _counties(asked)
    if request.method != "POST":
        return _case(
            request, asked, AnswerForm(), NewForm(initial=_prefilled(asked), counties=counties)
        )
    form = AnswerForm(request.POST)
    new = NewForm(
        request.POST if request.POST.get("outcome") == Outcome.ADDED else None,
        initial=_prefilled(asked),
        counties=counties,
    )
    if not form.is_valid() or (new.is_bound and not new.is_valid()):
        return _case(request, asked, form, new, status=HTTPStatus.BAD_REQUEST)
    try:
        _answer(request, asked, form, new)
    except Refused as refused:
        return _case(request, asked, form, new, refused=refused, status=refused.status)
    return access.see_other(f"{reverse('office_missing')}?done={asked.pk}")


def _answer(request: access.Office, asked: SchoolRequest, form: AnswerForm, new: NewForm) -> None:
    """Give the domain the answer that was chosen."""
    typed, by, at = form.cleaned_data, request.user.person, clock.now()
    if typed["outcome"] == Outcome.ADDED:
        wanted = pages.opening(new.cleaned_data)
        missing.add(asked, wanted, held=request.held, by=by, at=at)
    elif typed["outcome"] == Outcome.EXISTS:
        if typed["school"] is None:
            raise register_refusals.ChoiceMissing
        missing.point(asked, schools.get(typed["school"]), held=request.held, by=by, at=at)
    else:
        missing.decline(asked, typed["sentence"], held=request.held, by=by, at=at)


def _case(
    request: access.Office,
    asked: SchoolRequest,
    form: AnswerForm,
    new: NewForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    answer = getattr(asked, "answer", None)
    is_open = answer is None and asked.withdrawn_at is None
    facts = {
        "asked": asked,
        "answer": answer,
        "is_open": is_open,
        "may_answer": is_open and scopes.school_requests.may("answer", request.held, asked),
        "together": missing.together(asked) if is_open else [],
        "hits": missing.alike(asked) if is_open else [],
        "form": form,
        "new": new,
        "refused": refused,
        "now": clock.now(),
    }
    return render(request, "office/missing_school.html", facts, status=status)


def _counties(asked: SchoolRequest) -> list[Region]:
    """Return the county that was asked, the only one in which the answer can add a school."""
    return [asked.county]


def _prefilled(asked: SchoolRequest) -> dict[str, object]:
    """Return what the new school's form begins with: what the teachers have said."""
    return {
        "name": asked.name,
        "code": asked.code or next((it.code for it in missing.together(asked) if it.code), ""),
        "type": asked.type_id or "",
        "county": asked.county_id,
        "opened_on": f"{changes.today(clock.now()):%Y-%m-%d}",
    }


def _notices(request: access.Office) -> list[dict[str, str]]:
    """Say what the officer has just answered."""
    try:
        asked = missing.find(request.held, UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    answer = getattr(asked, "answer", None)
    if asked is None or answer is None or answer.by_id != request.user.person_id:
        return []
    words = {
        Outcome.ADDED: _("已新增“%(name)s”，提出的老师都会收到消息。"),
        Outcome.EXISTS: _("已告诉老师选择平台里的“%(name)s”。"),
        Outcome.DECLINED: _("已答复“%(name)s”不予新增，老师会看到原因。"),
    }
    name = answer.school.name if answer.school else asked.name
    return [{"kind": "done", "text": words[Outcome(answer.outcome)] % {"name": name}}]
