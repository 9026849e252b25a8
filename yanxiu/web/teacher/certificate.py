"""Let her look at her certificate, confirm it, and take the paper home."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates import issuing, papers, standing
from yanxiu.training.certificates import paper as drawing
from yanxiu.web.shared import access, middleware
from yanxiu.web.teacher import claiming


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn, slug: str) -> HttpResponse:
    """Show the certificate, masked: to confirm, to download, or why it is not due yet."""
    outline = trainings.get(slug)
    if outline is None:
        raise Http404
    now, person_id, said = clock.now(), request.user.person_id, None
    if request.method == "POST":
        try:
            issuing.issue(person_id, outline, seen=request.POST.get("seen", ""), at=now)
            return access.see_other("certificate", slug)
        except Refused as refused:
            said = refused
    way = standing.read(person_id, outline, at=now)
    has_identity = bool(getattr(request.user, "name", None))
    facts = claiming.facts(way, has_identity=has_identity, at=now)
    facts |= {"refused": said, "trace": middleware.number(request)}
    return render(request, "teacher/certificate.html", facts, status=said.status if said else 200)


@require_safe
@access.signed_in
def paper(request: access.SignedIn, token: str) -> HttpResponse:
    """Hand the whole paper to its holder, and to nobody else."""
    certificate = standing.by_token(request.user.person_id, token)
    if certificate is None:
        raise Http404
    facts = papers.facts(certificate, address=settings.YANXIU_ADDRESS)
    answer = HttpResponse(drawing.draw(facts), content_type="application/pdf")
    name = _("%(training)s-结业证书-%(number)s.pdf")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True,
        filename=name % {"training": facts.training_title, "number": facts.number},
    )
    return answer
