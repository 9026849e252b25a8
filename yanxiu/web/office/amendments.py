"""Let two officers set a teacher's hours right: one proposes, another confirms."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates import standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.credits import amendments, ledger, progress, proposals, refusals
from yanxiu.training.credits.models import Amendment
from yanxiu.training.credits.progress import Progress
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.two_officers import Case, Outcome
from yanxiu.web.office import amendment_page, doubts, two_officers
from yanxiu.web.office.amendment_forms import AnswerForm, ListForm
from yanxiu.web.shared import access, change_words


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show which amendments of the branch wait, and what became of the others."""
    _check_top(request)
    form = ListForm(request.GET)
    after = form.cleaned_data["after"] if form.is_valid() else None
    waiting = [] if after else proposals.waiting(request.held)
    answered, more = proposals.answered(request.held, after=after)
    facts = doubts.tabs(request) | {
        "form": form,
        "waiting": _told(waiting),
        "answered": _told(answered),
        "mine": request.user.person_id,
        "is_first": not after,
        "onward": answered[-1].proposal.id if more else None,
        "now": clock.now(),
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "office/amendments.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, amendment_id: UUID) -> HttpResponse:
    """Show an amendment, and take the second officer's answer or the first one's step back."""
    found = _found(request, amendment_id)
    _check_top(request)
    if request.method != "POST":
        return _case(request, found, AnswerForm())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _case(request, found, form, status=HTTPStatus.BAD_REQUEST)
    verbs = amendments.confirm, amendments.decline, amendments.withdraw
    try:
        two_officers.answer(request, found, form, verbs)
    except Refused as refused:
        fresh = _found(request, amendment_id)
        return _case(request, fresh, form, refused=refused, status=refused.status)
    return access.see_other("office_amendment", amendment_id)


def paper_of(walked: Progress, person_id: UUID) -> Certificate | None:
    """Return the certificate of a training that counts now, if she has one."""
    training_id = walked.outline.training.id
    return standing.valid().filter(person_id=person_id, training_id=training_id).first()


def _found(request: access.Office, amendment_id: UUID) -> Amendment:
    found = proposals.find(request.held, amendment_id)
    if found is None:
        raise Http404
    return found


def _check_top(request: access.Office) -> None:
    if not scopes.amendments.ever("confirm", request.held):
        raise refusals.NotTop


def _told(cases: list[Case[Amendment]]) -> list[tuple[Case[Amendment], str]]:
    """Return cases with how much each adds or takes, in words."""
    outlines = trainings.several({each.proposal.training_id for each in cases})
    per_hour = {each.training.id: each.rulebook.seconds_per_credit_hour for each in outlines}
    return [
        (each, change_words.amount(each.proposal.seconds, per_hour[each.proposal.training_id]))
        for each in cases
    ]


def _case(
    request: access.Office,
    found: Amendment,
    form: AnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    person_id, course_id, seconds = found.person_id, found.course_id, found.seconds
    [outline] = trainings.several([found.training_id])
    walked, entries = progress.read(person_id, outline), ledger.of_course(person_id, course_id)
    told = proposals.case(found)
    facts = two_officers.facts(request, told, form, refused)
    facts |= amendment_page.course(walked, course_id, entries)
    facts |= {
        "amount": change_words.amount(seconds, outline.rulebook.seconds_per_credit_hour),
        "against": amendments.against_answering(found, held=request.held, by=request.user.person),
        "line": next((e for e in entries if e.cause == amendments.cause_of(found)), None),
    }
    if told.outcome is Outcome.WAITING:
        facts["cannot"] = amendment_page.cannot(walked, course_id, seconds)
        paper = paper_of(walked, person_id)
        if not facts["cannot"]:
            facts["effect"] = amendment_page.compared(
                walked, course_id, seconds, paper, at=clock.now()
            )
    return render(request, "office/amendment.html", facts, status=status)
