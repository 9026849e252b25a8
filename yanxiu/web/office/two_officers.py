"""Share what the pages need on which one officer proposes and another countersigns."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import refusals, snapshots, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.two_officers import Case
from yanxiu.training.people import masking
from yanxiu.web.office.two_officer_forms import COUNTERSIGN, DECLINE, AnswerForm
from yanxiu.web.shared import access

# What agrees to a proposal, what declines it, and what takes it back.
type Verbs = tuple[Callable[..., object], Callable[..., object], Callable[..., object]]


class NotFresh(Refused):
    """Ask for the second factor again; what was typed stays on the page."""

    code = "second_factor_old"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "二次验证已过 10 分钟，没有提交。请在新窗口重新验证，再回到这里提交；填写的内容都还在。"
    )


def certificate(request: access.Office, certificate_id: UUID) -> Certificate:
    """Return a certificate of the officer's branch; what was smuggled in is none."""
    in_branch = scopes.certificates.visible(request.held)
    found = standing.told().filter(in_branch, pk=certificate_id).first()
    if found is None or not snapshots.is_ours(found):
        raise Http404
    return found


def check_top(request: access.Office) -> None:
    """Leave these pages to provinces and the nation."""
    if not scopes.revocation_proposals.ever("countersign", request.held):
        raise refusals.NotTop


def check_fresh(request: access.Office) -> None:
    """Ask for a second factor of the last ten minutes."""
    if not access.is_fresh(request):
        raise NotFresh


def answer(request: access.Office, found: Model, form: AnswerForm, verbs: Verbs) -> None:
    """Give the domain the answer that was chosen."""
    check_fresh(request)
    agree, decline, withdraw = verbs
    held, by, at = request.held, request.user.person, clock.now()
    typed = form.cleaned_data
    if typed["outcome"] == COUNTERSIGN:
        agree(found, held=held, by=by, at=at)
    elif typed["outcome"] == DECLINE:
        decline(found, sentence=typed["sentence"], held=held, by=by, at=at)
    else:
        withdraw(found, by=by, at=at)


def facts[P: Model](
    request: access.Office, case: Case[P], form: AnswerForm, refused: Refused | None
) -> dict[str, object]:
    """Return what every page of a proposal shows of it, and what this officer has typed."""
    return {
        "case": case,
        "is_mine": vars(case.proposal)["by_id"] == request.user.person_id,
        "is_fresh": access.is_fresh(request),
        "form": form,
        "refused": refused,
        "now": clock.now(),
    }


def paper(found: Certificate) -> dict[str, object]:
    """Return what every page of a certificate shows of it; the number stays covered."""
    said = snapshots.of(found)
    return {
        "certificate": found,
        "said": said,
        "number": masking.document_number(said.document_number),
        "state": standing.state(found),
        "now": clock.now(),
    }
