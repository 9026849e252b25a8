"""Show the county which types its schools propose, and take its answer."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.enrolment import turning
from yanxiu.training.journeys import retyping
from yanxiu.training.organisations import proposals, scopes
from yanxiu.training.organisations.models import TypeAnswer, TypeProposal
from yanxiu.web.office.school_forms import AnswerForm
from yanxiu.web.shared import access

MOST = 50
Outcome = TypeAnswer.Outcome


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List the types that wait for their county, the oldest first."""
    rows = list(proposals.waiting(request.held)[: MOST + 1])
    facts = {
        "rows": rows[:MOST],
        "more": len(rows) > MOST,
        "tally": proposals.tally(request.held),
        "now": clock.now(),
        "notices": _notices(request),
    }
    return render(request, "office/types.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, proposal_id: UUID) -> HttpResponse:
    """Show one proposed type with what it means, and confirm it or say no."""
    proposal = proposals.find(request.held, proposal_id)
    if proposal is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method != "POST":
        return _case(request, proposal, form)
    if not form.is_valid():
        return _case(request, proposal, form, status=HTTPStatus.BAD_REQUEST)
    by, at = request.user.person, clock.now()
    try:
        if form.cleaned_data["outcome"] == Outcome.CONFIRMED:
            retyping.confirm(proposal, held=request.held, by=by, at=at)
        else:
            said = form.cleaned_data["sentence"]
            retyping.decline(proposal, said, held=request.held, by=by, at=at)
    except Refused as refused:
        fresh = proposals.find(request.held, proposal_id) or proposal
        return _case(request, fresh, form, refused=refused, status=refused.status)
    return access.see_other(f"{reverse('office_types')}?done={proposal.pk}")


def _case(
    request: access.Office,
    proposal: TypeProposal,
    form: AnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    answer = getattr(proposal, "answer", None)
    is_open = answer is None and proposal.withdrawn_at is None
    facts = {
        "proposal": proposal,
        "answer": answer,
        "is_open": is_open,
        "may_answer": is_open and scopes.type_proposals.may("answer", request.held, proposal),
        "turned": turning.waiting(proposal.school),
        "form": form,
        "refused": refused,
        "now": clock.now(),
    }
    return render(request, "office/type.html", facts, status=status)


def _notices(request: access.Office) -> list[dict[str, str]]:
    """Say what the officer has just answered."""
    try:
        proposal = proposals.find(request.held, UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    answer = getattr(proposal, "answer", None)
    if proposal is None or answer is None or answer.by_id != request.user.person_id:
        return []
    words = {
        Outcome.CONFIRMED: _("“%(school)s”的学制已更正，可以报名的老师会收到消息。"),
        Outcome.DECLINED: _("已答复“%(school)s”，学制没有改变。"),
    }
    said = words[Outcome(answer.outcome)] % {"school": proposal.school.name}
    return [{"kind": "done", "text": said}]
