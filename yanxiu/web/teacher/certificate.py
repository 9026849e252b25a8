"""Let her look at her certificate, confirm it, and take the paper home."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import issuing, refusals, snapshots, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.web.shared import access, middleware
from yanxiu.web.teacher import claiming


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn, slug: str) -> HttpResponse:
    """Show the certificate, masked: to confirm, to download, or why it is not due yet."""
    outline = trainings.get(slug)
    if outline is None:
        raise Http404
    said = _claimed(request, outline) if request.method == "POST" else None
    if request.method == "POST" and said is None:
        return access.see_other("certificate", slug)
    way = standing.read(request.user.person_id, outline, at=clock.now())
    has_identity = bool(getattr(request.user, "name", None))
    facts = claiming.facts(way, has_identity=has_identity, at=clock.now())
    facts |= {"refused": said, "trace": middleware.number(request)}
    return render(request, "teacher/certificate.html", facts, status=said.status if said else 200)


@require_safe
@access.signed_in
def paper(request: access.SignedIn, token: str) -> HttpResponse:
    """Hand the whole paper to its holder, and to nobody else."""
    certificate = standing.by_token(request.user.person_id, token)
    if certificate is None:
        raise Http404
    if not standing.is_signed(certificate):
        raise refusals.NotYetSigned
    answer = HttpResponse(certificate.paper.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=_filename(certificate)
    )
    return answer


def _claimed(request: access.SignedIn, outline: Outline) -> Refused | None:
    """Issue what was seen; return the no where there is one."""
    seen = request.POST.get("seen", "")
    try:
        issuing.issue(request.user.person_id, outline, seen=seen, at=clock.now())
    except Refused as refused:
        return refused
    return None


def _filename(certificate: Certificate) -> str:
    words = {"training": snapshots.of(certificate).training_title, "number": certificate.number}
    return _("%(training)s-结业证书-%(number)s.pdf") % words
