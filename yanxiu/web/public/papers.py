"""Answer whoever checks a paper: what it is worth now, and nothing private about its holder."""

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import claims, verifying
from yanxiu.training.certificates.verifying import Answer
from yanxiu.web.public.paper_forms import ClaimForm, PaperForm
from yanxiu.web.shared import access

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def unlisted[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Keep what a view answers out of search engines unless it says so, and its address with us."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        # Forms need to say where they come from, but only to us.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answered


@require_safe
@unlisted
def verify(request: HttpRequest) -> HttpResponse:
    """Take number and check code; whichever is wrong, the answer is the same."""
    asked = bool({"number", "code"} & request.GET.keys())
    form = PaperForm(request.GET if asked else None)
    if not form.is_valid():
        return _asking(request, form, status=HTTPStatus.BAD_REQUEST if asked else HTTPStatus.OK)
    try:
        told = verifying.by_number(
            form.cleaned_data["number"],
            form.cleaned_data["code"],
            network=network(request),
            at=clock.now(),
        )
    except Refused as refused:
        return held_up(_asking(request, form, refused=refused, status=refused.status), refused)
    return redirect("verify_token", told.token) if told else _asking(request, form, unknown=True)


@require_http_methods(["GET", "HEAD", "POST"])
@unlisted
def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """Answer for the address in a certificate's code, and whether it is a certain person's."""
    told = verifying.by_token(token) if _TOKEN.fullmatch(token) else None
    if request.method != "POST":
        return _answered(request, told, ClaimForm())
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return _answered(request, told, form, status=HTTPStatus.BAD_REQUEST)
    try:
        fits = claims.fits(token, form.cleaned_data["claim"], at=clock.now())
    except Refused as refused:
        form.add_error("claim", refused.message)
        return held_up(_answered(request, told, form, status=refused.status), refused)
    # What fits is not repeated: the page may be shown to others, or kept as a picture.
    return _answered(request, told, ClaimForm() if fits else form, fits=fits)


def network(request: HttpRequest) -> str:
    """Return the network whose wrong tries are counted together."""
    return access.network(request, proxies=settings.YANXIU_PROXIES)


def held_up(response: HttpResponse, refused: Refused) -> HttpResponse:
    """Say in the answer to a refusal after how many seconds it ends, where that is known."""
    if "seconds" in refused.facts:
        response["Retry-After"] = str(refused.facts["seconds"])
    return response


def _asking(
    request: HttpRequest,
    form: PaperForm,
    *,
    unknown: bool = False,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {"form": form, "unknown": unknown, "refused": refused, "now": clock.now()}
    # Only the empty form is for everybody to find.
    facts["is_listed"] = not request.GET
    response = render(request, "public/verify.html", facts, status=status)
    if not request.GET:
        response["X-Robots-Tag"] = "all"
    return response


def _answered(
    request: HttpRequest,
    told: Answer | None,
    form: ClaimForm,
    *,
    fits: bool | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {"told": told, "form": form, "fits": fits, "now": clock.now()}
    return render(request, "public/verify_token.html", facts, status=status)
