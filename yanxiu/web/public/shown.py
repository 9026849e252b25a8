"""Show a certificate with its holder's whole name to whom she gave a link, while it lasts."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import showings
from yanxiu.training.certificates.models import Showing
from yanxiu.web.public import papers

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@require_http_methods(["GET", "HEAD", "POST"])
@papers.unlisted
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Offer the whole name, and show it to whoever asks for it: previews of messengers do not."""
    try:
        showing = _find(request, token)
    except Refused as refused:
        facts = {"refused": refused, "now": clock.now()}
        answer = render(request, "public/verify_showing.html", facts, status=refused.status)
        return papers.held_up(answer, refused)
    now = clock.now()
    told = None
    if showing:
        is_asked = request.method == "POST"
        told = showings.open_by(showing, at=now) if is_asked else showings.answer(showing)
    is_open = bool(showing and showings.is_open(showing, at=now))
    facts = {"showing": showing, "told": told, "is_open": is_open, "now": now}
    return render(request, "public/verify_showing.html", facts)


def _find(request: HttpRequest, token: str) -> Showing | None:
    """Return the link; what cannot be a token is unknown without a look."""
    if not _TOKEN.fullmatch(token):
        return None
    return showings.find(token, network=papers.network(request), at=clock.now())
