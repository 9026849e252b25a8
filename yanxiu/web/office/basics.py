"""Be 基本管理 → 基本信息: a school's officer corrects its name and proposes its right type."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.enrolment import turning
from yanxiu.training.organisations import changes, proposals, reach, scopes
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.models import School, TypeProposal
from yanxiu.web.office import schools as pages
from yanxiu.web.office.school_forms import ProposalForm, RenamingForm
from yanxiu.web.shared import access

type Forms = tuple[RenamingForm, ProposalForm]


@require_safe
@access.office
def index(request: access.Office) -> HttpResponse:
    """Lead to the one school that the officer serves, or list those she serves."""
    own = [grant.school for grant in request.held if grant.school]
    if len(own) == 1 and len(request.held) == 1:
        return access.see_other("office_basic", own[0].pk)
    return render(request, "office/basics.html", {"schools": own})


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def page(request: access.Office, school_id: UUID) -> HttpResponse:
    """Show a school's basic information, and take its name, a type, or a proposal back."""
    school = pages.load(request, school_id, act="correct")
    forms = _forms(request, school)
    if request.method != "POST":
        return _page(request, school, forms)
    what = request.POST.get("what", "")
    bound = [form for form in forms if form.is_bound]
    if (what not in {"name", "type", "withdrawal"}) or not all(form.is_valid() for form in bound):
        return _page(request, school, forms, status=HTTPStatus.BAD_REQUEST)
    try:
        _do(request, school, what, forms)
    except Refused as refused:
        return _page(request, school, forms, refused=refused, status=refused.status)
    return access.see_other(f"{reverse('office_basic', args=[school.pk])}?done={what}")


def _forms(request: access.Office, school: School) -> Forms:
    """Return both forms; the one that was sent is bound."""
    what = request.POST.get("what", "")
    today = f"{changes.today(clock.now()):%Y-%m-%d}"
    name = RenamingForm(
        request.POST if what == "name" else None, initial={"name": school.name, "on": today}
    )
    return name, ProposalForm(request.POST if what == "type" else None)


def _do(request: access.Office, school: School, what: str, forms: Forms) -> None:
    """Give the domain what was sent."""
    by, at = request.user.person, clock.now()
    name, proposal = forms
    if what == "name":
        typed = name.cleaned_data
        changes.rename(school, typed["name"], Deed(request.held, by, typed["on"], at))
    elif what == "type":
        typed = proposal.cleaned_data
        said = {"note": typed["note"], "held": request.held}
        proposals.propose(school, typed["type"], **said, by=by, at=at)
    elif waiting := _waiting(proposals.of(school)):
        proposals.withdraw(waiting, held=request.held, by=by, at=at)


def _page(
    request: access.Office,
    school: School,
    forms: Forms,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    proposed = proposals.of(school)
    name, proposal = forms
    facts = {
        "school": school,
        "reach": reach.of(school),
        "turned": turning.waiting(school),
        "proposed": proposed,
        "waiting": _waiting(proposed),
        "name_form": name,
        "type_form": proposal,
        "proposes": scopes.schools.may("propose_type", request.held, school),
        "changes": scopes.schools.may("change", request.held, school),
        "refused": refused,
        "now": clock.now(),
        "notices": _notices(request),
    }
    return render(request, "office/basic.html", facts, status=status)


def _waiting(proposed: list[TypeProposal]) -> TypeProposal | None:
    """Return the proposal that has no answer yet."""
    return next((p for p in proposed if not p.withdrawn_at and not hasattr(p, "answer")), None)


def _notices(request: access.Office) -> list[dict[str, str]]:
    words = {
        "name": _("名称已更正，原来的名称保留为曾用名。"),
        "type": _("学制更正已提交，等县区管理员确认。"),
        "withdrawal": _("学制更正已撤回。"),
    }
    said = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": said}] if said else []
