"""Let a holder make links that show her certificate with her whole name, and close them."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import showings, snapshots, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.web.shared import access


class ShowingForm(forms.Form):
    """Take for whom a link is."""

    whom = forms.CharField(
        label=_("出示给谁"),
        max_length=40,
        help_text=_("例如“某某中学人事处”。对方打开链接时会看到这几个字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写明出示给谁，以后好分辨各个链接。")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn, token: str) -> HttpResponse:
    """Show the open links of her certificate; a POST makes another, whose address is told once."""
    certificate = standing.by_token(request.user.person_id, token)
    if certificate is None:
        raise Http404
    if request.method != "POST":
        return _page(request, certificate, ShowingForm())
    form = ShowingForm(request.POST)
    if not form.is_valid():
        return _page(request, certificate, form, status=HTTPStatus.BAD_REQUEST)
    whom, by = form.cleaned_data["whom"], request.user.person
    try:
        _made, secret = showings.make(certificate, whom=whom, by=by, at=clock.now())
    except Refused as refused:
        return _page(request, certificate, form, refused=refused, status=refused.status)
    # Only its fingerprint is kept: the address stands in this answer and nowhere else.
    url = settings.YANXIU_ADDRESS + reverse("verify_showing", args=[secret])
    return _page(request, certificate, ShowingForm(), made={"url": url, "whom": whom})


@require_POST
@access.signed_in
def end(request: access.SignedIn, showing_id: UUID) -> HttpResponse:
    """Close one of her links at once."""
    showing = showings.own(request.user.person_id, showing_id)
    if showing is None:
        raise Http404
    showings.end(showing, by=request.user.person, at=clock.now())
    return access.see_other("my_showings", showing.certificate.token)


def _page(
    request: access.SignedIn,
    certificate: Certificate,
    form: ShowingForm,
    *,
    made: dict[str, str] | None = None,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = clock.now()
    links = list(showings.open_ones(certificate, at=now))
    facts = {
        "certificate": certificate,
        "training": snapshots.of(certificate).training_title,
        "is_valid": standing.state(certificate) == "valid",
        "links": links,
        "days": settings.YANXIU_SHOWING_DAYS,
        "most": showings.MOST_OPEN,
        "may_make": len(links) < showings.MOST_OPEN,
        "form": form,
        "made": made,
        "refused": refused,
        "now": now,
        "crumbs": [(_("我的证书"), reverse("my_certificates"))],
    }
    return render(request, "teacher/showings.html", facts, status=status)
