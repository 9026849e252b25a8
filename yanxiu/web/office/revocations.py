"""Show officers a certificate with its whole history, and let two of them take it back."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import proposals, refusals, revoking, snapshots, standing
from yanxiu.training.certificates.models import Certificate, RevocationProposal
from yanxiu.training.certificates.proposals import Outcome
from yanxiu.training.organisations import scopes
from yanxiu.training.people import masking
from yanxiu.web.office import revocation_forms
from yanxiu.web.office.revocation_forms import AnswerForm, ProposalForm
from yanxiu.web.shared import access


class NotFresh(Refused):
    """Ask for the second factor again; what was typed stays on the page."""

    code = "second_factor_old"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "二次验证已过 10 分钟，没有提交。请在新窗口重新验证，再回到这里提交；填写的内容都还在。"
    )


@require_safe
@access.office
def certificate(request: access.Office, certificate_id: UUID) -> HttpResponse:
    """Show one certificate of the officer's branch: what it says, its editions and deeds."""
    found = _certificate(request, certificate_id)
    editions = standing.editions(found)
    is_top = scopes.certificates.may("revoke", request.held, found)
    cases = [proposals.case(each) for each in proposals.of(editions)] if is_top else []
    facts = _paper(found) | {
        "editions": [(each, standing.state(each)) for each in editions],
        "cases": cases,
        "open": next((each for each in cases if each.outcome is Outcome.WAITING), None),
        "against": revoking.against_proposing(found, held=request.held, by=request.user.person),
        "deeds": proposals.deeds(editions),
        "is_top": is_top,
    }
    return render(request, "office/certificate.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def propose(request: access.Office, certificate_id: UUID) -> HttpResponse:
    """Take a proposal to take a certificate back, behind a fresh second factor."""
    found = _certificate(request, certificate_id)
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
    """Show the proposals of the officer's branch that wait for a second officer."""
    _only_top(request)
    rows = [(each, snapshots.of(each.certificate)) for each in proposals.waiting(request.held)]
    mine = request.user.person_id
    facts = {"rows": rows, "mine": mine, "now": clock.now()}
    return render(request, "office/revocations.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def proposal(request: access.Office, proposal_id: UUID) -> HttpResponse:
    """Show a proposal, and take the second officer's answer or the first one's step back."""
    found = _proposal(request, proposal_id)
    _only_top(request)
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


def _certificate(request: access.Office, certificate_id: UUID) -> Certificate:
    in_branch = scopes.certificates.visible(request.held)
    found = standing.told().filter(in_branch, pk=certificate_id).first()
    if found is None or not snapshots.is_ours(found):
        raise Http404
    return found


def _proposal(request: access.Office, proposal_id: UUID) -> RevocationProposal:
    found = proposals.find(request.held, proposal_id)
    if found is None:
        raise Http404
    return found


def _only_top(request: access.Office) -> None:
    if not scopes.revocation_proposals.ever("countersign", request.held):
        raise refusals.NotTop


def _check_fresh(request: access.Office) -> None:
    if not access.is_fresh(request):
        raise NotFresh


def _propose(request: access.Office, found: Certificate, form: ProposalForm) -> RevocationProposal:
    _check_fresh(request)
    no = form.cleaned_data["reason"], form.cleaned_data["sentence"]
    return revoking.propose(found, held=request.held, no=no, by=request.user.person, at=clock.now())


def _answer(request: access.Office, found: RevocationProposal, form: AnswerForm) -> None:
    """Give the domain the answer that was chosen."""
    _check_fresh(request)
    held, by, at = request.held, request.user.person, clock.now()
    match form.cleaned_data["outcome"]:
        case revocation_forms.COUNTERSIGN:
            revoking.countersign(found, held=held, by=by, at=at)
        case revocation_forms.DECLINE:
            sentence = form.cleaned_data["sentence"]
            revoking.decline(found, held=held, sentence=sentence, by=by, at=at)
        case _:
            revoking.withdraw(found, by=by, at=at)


def _paper(found: Certificate) -> dict[str, object]:
    """Return what every page of a certificate shows of it; the number stays covered."""
    said = snapshots.of(found)
    return {
        "certificate": found,
        "said": said,
        "number": masking.document_number(said.document_number),
        "state": standing.state(found),
        "now": clock.now(),
    }


def _proposing(
    request: access.Office,
    found: Certificate,
    form: ProposalForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = _paper(found) | {"form": form, "refused": refused}
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
    facts = _paper(found.certificate) | {
        "case": proposals.case(found),
        "against": revoking.against_answering(found, held=request.held, by=by),
        "is_mine": found.by_id == by.id,
        "is_fresh": access.is_fresh(request),
        "form": form,
        "refused": refused,
    }
    return render(request, "office/revocation.html", facts, status=status)
