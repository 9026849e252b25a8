"""Let two officers readmit the holder of a revoked certificate: one proposes, one countersigns."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import readmissions, readmitting
from yanxiu.training.certificates.models import Certificate, ReadmissionProposal
from yanxiu.web.office import two_officers
from yanxiu.web.office.revocation_forms import ReadmissionForm
from yanxiu.web.office.two_officer_forms import AnswerForm
from yanxiu.web.shared import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def propose(request: access.Office, certificate_id: UUID) -> HttpResponse:
    """Take a proposal to readmit a revoked certificate's holder, behind a fresh second factor."""
    found = two_officers.certificate(request, certificate_id)
    against = readmitting.against_proposing(found, held=request.held, by=request.user.person)
    if against:
        raise against
    if request.method != "POST":
        if not access.is_fresh(request):
            return access.ask_factor(request)
        return _proposing(request, found, ReadmissionForm())
    form = ReadmissionForm(request.POST)
    if not form.is_valid():
        return _proposing(request, found, form, status=HTTPStatus.BAD_REQUEST)
    try:
        made = _propose(request, found, form)
    except Refused as refused:
        return _proposing(request, found, form, refused=refused, status=refused.status)
    return access.see_other("office_readmission", made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def proposal(request: access.Office, proposal_id: UUID) -> HttpResponse:
    """Show a proposal, and take the second officer's answer or the first one's step back."""
    found = _proposal(request, proposal_id)
    two_officers.check_top(request)
    if request.method != "POST":
        return _case(request, found, AnswerForm())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _case(request, found, form, status=HTTPStatus.BAD_REQUEST)
    try:
        _answer(request, found, form)
    except Refused as refused:
        fresh = _proposal(request, proposal_id)
        return _case(request, fresh, form, refused=refused, status=refused.status)
    return access.see_other("office_readmission", proposal_id)


def _proposal(request: access.Office, proposal_id: UUID) -> ReadmissionProposal:
    found = readmissions.find(request.held, proposal_id)
    if found is None:
        raise Http404
    return found


def _propose(
    request: access.Office, found: Certificate, form: ReadmissionForm
) -> ReadmissionProposal:
    two_officers.check_fresh(request)
    sentence, by = form.cleaned_data["sentence"], request.user.person
    return readmitting.propose(found, held=request.held, sentence=sentence, by=by, at=clock.now())


def _answer(request: access.Office, found: ReadmissionProposal, form: AnswerForm) -> None:
    """Give the domain the answer that was chosen."""
    verbs = readmitting.countersign, readmitting.decline, readmitting.withdraw
    two_officers.answer(request, found, form, verbs)


def _proposing(
    request: access.Office,
    found: Certificate,
    form: ReadmissionForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = two_officers.paper(found) | {"form": form, "refused": refused}
    return render(request, "office/readmission_proposing.html", facts, status=status)


def _case(
    request: access.Office,
    found: ReadmissionProposal,
    form: AnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    by = request.user.person
    facts = two_officers.facts(request, readmissions.case(found), form, refused)
    facts |= two_officers.paper(found.revocation.certificate) | {
        "against": readmitting.against_answering(found, held=request.held, by=by),
    }
    return render(request, "office/readmission.html", facts, status=status)
