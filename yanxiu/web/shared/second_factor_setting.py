"""Let officers set up their second factor, and look after it."""

import io
from http import HTTPStatus

import segno
from allauth.mfa.adapter import get_adapter
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import factors
from yanxiu.web.shared import access, passkeys, second_factor_forms
from yanxiu.web.shared.second_factor_forms import AppForm, PasskeyForm

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


@_PAGE
@access.serving
def page(request: access.Office) -> HttpResponse:
    """Show how she proves who she is, and remove a way that she no longer has."""
    if request.method != "POST":
        return _page(request)
    if not access.is_fresh(request):
        return access.ask_factor(request)
    wanted = request.POST.get("remove", "")
    try:
        if wanted.isdecimal() and len(wanted) < len(str(2**31)):
            factors.remove(request.user, int(wanted), at=clock.now())
    except Refused as refused:
        return _page(request, refused=refused, status=refused.status)
    return access.see_other("my_second_factor")


@_PAGE
@access.serving
def app(request: access.Office) -> HttpResponse:
    """Show the secret as a QR code and as text, and keep it once a code proves that it arrived."""
    if not _may_add(request):
        return access.ask_factor(request)
    form = AppForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _app(request, form, sealed=request.POST.get("sealed", ""))
    typed, at = form.cleaned_data, clock.now()
    try:
        secret = second_factor_forms.unsealed(request.user, typed["sealed"], at=at)
        factors.add_app(request.user, secret, typed["code"], at=at)
    except Refused as refused:
        form.add_error("code", refused.message)
        return _app(request, form, sealed=typed["sealed"])
    return _added(request)


@require_POST
@access.serving
def passkey(request: access.Office) -> HttpResponse:
    """Keep a passkey that her device has made."""
    if not _may_add(request):
        return access.ask_factor(request)
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return _page(request, status=HTTPStatus.BAD_REQUEST)
    typed = form.cleaned_data
    name = typed["name"] or _("通行密钥")
    try:
        passkeys.keep(request.user, typed["credential"], name=name, at=clock.now())
    except Refused as refused:
        return _page(request, refused=refused, status=refused.status)
    return _added(request)


@require_POST
@access.serving
def passkey_options(request: access.Office) -> HttpResponse:
    """Answer with what her device is asked for a new passkey."""
    if not _may_add(request):
        return access.ask_factor(request)
    return JsonResponse(passkeys.wanted_new(request.user))


@require_POST
@access.serving
def recovery_codes(request: access.Office) -> HttpResponse:
    """Replace the recovery codes and show the new ones, this once."""
    if not access.is_fresh(request):
        return access.ask_factor(request)
    return _codes(request)


def _may_add(request: access.Office) -> bool:
    """Tell whether she may add a way in: the first one freely, another by one that she has."""
    return access.is_fresh(request) or not factors.of(request.user).exists()


def _added(request: access.Office) -> HttpResponse:
    """Lead on; whoever has no recovery codes yet is shown some first."""
    access.give_factor(request)
    if factors.recovery_codes_left(request.user):
        return access.see_other(access.onward(request, reverse("my_second_factor")))
    return _codes(request)


def _codes(request: access.Office) -> HttpResponse:
    codes = factors.renew_recovery_codes(request.user, at=clock.now())
    onward = access.onward(request, reverse("my_second_factor"))
    return render(request, "second_factor_codes.html", {"codes": codes, "next": onward})


def _page(
    request: access.Office, *, refused: Refused | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    kept = list(factors.of(request.user))
    facts = {
        "factors": kept,
        "has_app": any(each.type == factors.APP for each in kept),
        "codes_left": factors.recovery_codes_left(request.user) if kept else 0,
        "form": PasskeyForm(),
        "makes_passkeys": passkeys.are_made_here(),
        "by_name": f"http://localhost:{passkeys.port(request)}{request.path}",
        "next": access.onward(request, ""),
        "refused": refused,
        "now": clock.now(),
    }
    return render(request, "second_factor_setting.html", facts, status=status)


def _app(request: access.Office, form: AppForm, *, sealed: str) -> HttpResponse:
    """Show the secret that was shown before, or a fresh one where that is too old."""
    at = clock.now()
    try:
        secret = second_factor_forms.unsealed(request.user, sealed, at=at)
    except Refused:
        secret = factors.new_secret()
        sealed = second_factor_forms.sealed(request.user, secret, at=at)
    facts = {
        "form": form,
        "sealed": sealed,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "qr": _qr(get_adapter().build_totp_url(request.user, secret)),
        "next": access.onward(request, ""),
    }
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "second_factor_app.html", facts, status=status)


def _qr(address: str) -> str:
    """Return a QR code as a picture that stands in the page itself."""
    drawn = segno.make(address, error="m", micro=False)
    picture = io.BytesIO()
    drawn.save(picture, kind="svg", scale=5, border=3, light="#fff", dark="#1d2429")
    return str(drawn.svg_data_uri(scale=5, border=3, light="#fff", dark="#1d2429"))
