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
from yanxiu.web.office import revocation_forms, two_officers
from yanxiu.web.office.revocation_forms import AnswerForm, ReadmissionForm
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
    two_officers.check_fresh(request)
    held, by, at = request.held, request.user.person, clock.now()
    match form.cleaned_data["outcome"]:
        case revocation_forms.COUNTERSIGN:
            readmitting.countersign(found, held=held, by=by, at=at)
        case revocation_forms.DECLINE:
            sentence = form.cleaned_data["sentence"]
            readmitting.decline(found, held=held, sentence=sentence, by=by, at=at)
        case _:
            readmitting.withdraw(found, by=by, at=at)


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
    facts = two_officers.paper(found.revocation.certificate) | {
        "case": readmissions.case(found),
        "against": readmitting.against_answering(found, held=request.held, by=by),
        "is_mine": found.by_id == by.id,
        "is_fresh": access.is_fresh(request),
        "form": form,
        "refused": refused,
    }
    return render(request, "office/readmission.html", facts, status=status)
