"""Show the county who misses a school, and take its answer for all who miss the same one."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import changes, missing, register_refusals, schools, scopes
from yanxiu.training.organisations.models import SchoolAnswer, SchoolRequest
from yanxiu.web.office import queues
from yanxiu.web.office import schools as pages
from yanxiu.web.office.school_forms import AnswerForm, NewForm
from yanxiu.web.shared import access

Outcome = SchoolAnswer.Outcome


def _said(asked: SchoolRequest, answer: queues.Answer) -> str:
    school = getattr(answer, "school", None)
    words = {
        Outcome.ADDED: _("已新增“%(name)s”，提出的老师都会收到消息。"),
        Outcome.EXISTS: _("已告诉老师选择平台里的“%(name)s”。"),
        Outcome.DECLINED: _("已答复“%(name)s”不予新增，老师会看到原因。"),
    }
    return words[Outcome(answer.outcome)] % {"name": school.name if school else asked.name}


QUEUE = queues.Queue(
    label=gettext_lazy("找不到学校"),
    page="office_missing",
    case="office_missing_school",
    waiting=missing.waiting,
    tally=missing.tally,
    find=missing.find,
    scope=scopes.school_requests,
    said=_said,
)


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List the schools that teachers miss in the branch, the one that waits longest first."""
    return QUEUE.listed(request)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, request_id: UUID) -> HttpResponse:
    """Show a missing school with what is like it, and add it, point to it, or say no."""
    asked = QUEUE.found(request, request_id)
    form = AnswerForm(request.POST or None)
    adds = request.POST.get("outcome") == Outcome.ADDED
    # The county that was asked is the only one in which the answer can add a school.
    new = NewForm(
        request.POST if adds else None, initial=_prefilled(asked), counties=[asked.county]
    )
    facts = _facts(asked) | {"form": form, "new": new}
    if request.method != "POST":
        return QUEUE.shown(request, asked, facts)
    if not form.is_valid() or (new.is_bound and not new.is_valid()):
        return QUEUE.shown(request, asked, facts, status=HTTPStatus.BAD_REQUEST)
    try:
        _answer(request, asked, form, new)
    except Refused as refused:
        return QUEUE.shown(request, asked, facts, refused=refused)
    return QUEUE.answered(asked)


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


def _facts(asked: SchoolRequest) -> dict[str, object]:
    """Return who else misses the same school, and which ones that are there it may be."""
    if not queues.is_open(asked):
        return {"together": [], "hits": []}
    return {"together": missing.together(asked), "hits": missing.alike(asked)}


def _prefilled(asked: SchoolRequest) -> dict[str, object]:
    """Return what the new school's form begins with: what the teachers have said."""
    return {
        "name": asked.name,
        "code": asked.code or next((it.code for it in missing.together(asked) if it.code), ""),
        "type": asked.type_id or "",
        "county": asked.county_id,
        "opened_on": f"{changes.today(clock.now()):%Y-%m-%d}",
    }
