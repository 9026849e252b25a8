"""Show the county which types its schools propose, and take its answer."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.enrolment import turning
from yanxiu.training.journeys import retyping
from yanxiu.training.organisations import proposals, scopes
from yanxiu.training.organisations.models import TypeAnswer, TypeProposal
from yanxiu.web.office import queues
from yanxiu.web.office.school_forms import AnswerForm
from yanxiu.web.shared import access

Outcome = TypeAnswer.Outcome


def _said(asked: TypeProposal, answer: queues.Answer) -> str:
    words = {
        Outcome.CONFIRMED: _("“%(school)s”的学制已更正，可以报名的老师会收到消息。"),
        Outcome.DECLINED: _("已答复“%(school)s”，学制没有改变。"),
    }
    return words[Outcome(answer.outcome)] % {"school": asked.school.name}


QUEUE = queues.Queue(
    label=gettext_lazy("确认学制"),
    page="office_types",
    case="office_type",
    waiting=proposals.waiting,
    tally=proposals.tally,
    find=proposals.find,
    scope=scopes.type_proposals,
    said=_said,
)


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List the types that wait for their county, the oldest first."""
    return QUEUE.listed(request)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, proposal_id: UUID) -> HttpResponse:
    """Show one proposed type with what it means, and confirm it or say no."""
    asked = QUEUE.found(request, proposal_id)
    form = AnswerForm(request.POST or None)
    facts: dict[str, object] = {"form": form, "turned": turning.waiting(asked.school)}
    if request.method != "POST":
        return QUEUE.shown(request, asked, facts)
    if not form.is_valid():
        return QUEUE.shown(request, asked, facts, status=HTTPStatus.BAD_REQUEST)
    typed, held, by, at = form.cleaned_data, request.held, request.user.person, clock.now()
    try:
        if typed["outcome"] == Outcome.CONFIRMED:
            retyping.confirm(asked, held=held, by=by, at=at)
        else:
            retyping.decline(asked, typed["sentence"], held=held, by=by, at=at)
    except Refused as refused:
        return QUEUE.shown(request, QUEUE.found(request, proposal_id), facts, refused=refused)
    return QUEUE.answered(asked)
