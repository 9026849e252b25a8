"""Show officers a certificate with its whole history, and let two of them take it back."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import (
    proposals,
    readmissions,
    readmitting,
    revoking,
    snapshots,
    standing,
)
from yanxiu.training.certificates.models import Certificate, RevocationProposal
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.two_officers import Outcome
from yanxiu.web.office import two_officers
from yanxiu.web.office.revocation_forms import ProposalForm
from yanxiu.web.office.two_officer_forms import AnswerForm
from yanxiu.web.shared import access


@require_safe
@access.office
def certificate(request: access.Office, certificate_id: UUID) -> HttpResponse:
    """Show one certificate of the officer's branch: what it says, its editions and deeds."""
    found = two_officers.certificate(request, certificate_id)
    editions = standing.editions(found)
    is_top = scopes.certificates.may("revoke", request.held, found)
    cases = [proposals.case(each) for each in proposals.of(editions)] if is_top else []
    back = [readmissions.case(each) for each in readmissions.of(editions)] if is_top else []
    held, by = request.held, request.user.person
    facts = two_officers.paper(found) | {
        "editions": [(each, standing.state(each)) for each in editions],
        "cases": cases,
        "open": next((each for each in cases if each.outcome is Outcome.WAITING), None),
        "against": revoking.against_proposing(found, held=held, by=by),
        "back": back,
        "back_open": next((each for each in back if each.outcome is Outcome.WAITING), None),
        "back_against": readmitting.against_proposing(found, held=held, by=by),
        "deeds": proposals.deeds(editions),
        "is_top": is_top,
    }
    return render(request, "office/certificate.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def propose(request: access.Office, certificate_id: UUID) -> HttpResponse:
    """Take a proposal to take a certificate back, behind a fresh second factor."""
    found = two_officers.certificate(request, certificate_id)
    against = revoking.against_proposing(found, held=request.held, by=request.user.person)
    if against:
        raise against
    if request.method != "POST":
        if not access.is_fresh(request):
            return access.ask_factor(request)
        return _proposing(request, found, ProposalForm())
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _proposing(request, found, form, status=HTTPStatus.BAD_REQUEST)
    try:
        made = _propose(request, found, form)
    except Refused as refused:
        return _proposing(request, found, form, refused=refused, status=refused.status)
    return access.see_other("office_revocation", made.id)


@require_safe
@access.office
def waiting(request: access.Office) -> HttpResponse:
    """Show what waits for a second officer in this branch: revocations and readmissions."""
    two_officers.check_top(request)
    rows = [(each, snapshots.of(each.certificate)) for each in proposals.waiting(request.held)]
    back = [
        (each, snapshots.of(each.revocation.certificate))
        for each in readmissions.waiting(request.held)
    ]
    mine = request.user.person_id
    facts = {"rows": rows, "back": back, "mine": mine, "now": clock.now()}
    return render(request, "office/revocations.html", facts)


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
    return access.see_other("office_revocation", proposal_id)


def _proposal(request: access.Office, proposal_id: UUID) -> RevocationProposal:
    found = proposals.find(request.held, proposal_id)
    if found is None:
        raise Http404
    return found


def _propose(request: access.Office, found: Certificate, form: ProposalForm) -> RevocationProposal:
    two_officers.check_fresh(request)
    no = form.cleaned_data["reason"], form.cleaned_data["sentence"]
    return revoking.propose(found, held=request.held, no=no, by=request.user.person, at=clock.now())


def _answer(request: access.Office, found: RevocationProposal, form: AnswerForm) -> None:
    """Give the domain the answer that was chosen."""
    verbs = revoking.countersign, revoking.decline, revoking.withdraw
    two_officers.answer(request, found, form, verbs)


def _proposing(
    request: access.Office,
    found: Certificate,
    form: ProposalForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = two_officers.paper(found) | {"form": form, "refused": refused}
    return render(request, "office/revocation_proposing.html", facts, status=status)


def _case(
    request: access.Office,
    found: RevocationProposal,
    form: AnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    by = request.user.person
    facts = two_officers.facts(request, proposals.case(found), form, refused)
    facts |= two_officers.paper(found.certificate) | {
        "against": revoking.against_answering(found, held=request.held, by=by),
        "cannot": _cannot(found.certificate),
    }
    return render(request, "office/revocation.html", facts, status=status)


def _cannot(certificate: Certificate) -> str:
    """Return why a certificate can no longer be taken back, "" where it can."""
    if standing.state(certificate) == "valid":
        return ""
    return _(
        "提议之后证书有了新的一版，这一版已作废。请退回这份提议；新的一版若也不该有效，请对它另提。"
    )
