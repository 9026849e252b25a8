"""Share what the pages need on which one officer proposes and another countersigns."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import refusals, snapshots, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.organisations import scopes
from yanxiu.training.people import masking
from yanxiu.web.shared import access


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
