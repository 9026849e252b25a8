"""Let whoever wants it set up a second factor, and look after it; officers need one."""

from http import HTTPStatus

from allauth.mfa.adapter import get_adapter
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import factors
from yanxiu.web.shared import access, duties, passkeys, qr, second_factor_forms
from yanxiu.web.shared.second_factor_forms import AppForm, PasskeyForm

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


@_PAGE
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show how she proves who she is, and remove a way that she no longer has."""
    if request.method != "POST":
        return _page(request)
    if not access.is_fresh(request):
        return access.ask_factor(request)
    has_to = duties.require_factor(request.user, at=clock.now())
    wanted = request.POST.get("remove", "")
    try:
        if wanted.isdecimal() and len(wanted) < len(str(2**31)):
            factors.remove(request.user, int(wanted), may_be_last=not has_to, at=clock.now())
    except Refused as refused:
        return _page(request, refused=refused, status=refused.status)
    return access.see_other("my_second_factor")


@_PAGE
@access.signed_in
def app(request: access.SignedIn) -> HttpResponse:
    """Show the secret as a QR code and as text, and keep it once a code proves that it arrived."""
    if not _may_add(request):
        return _ask(request)
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
@access.signed_in
def passkey(request: access.SignedIn) -> HttpResponse:
    """Keep a passkey that her device has made."""
    if not _may_add(request):
        return _ask(request)
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
@access.signed_in
def passkey_options(request: access.SignedIn) -> HttpResponse:
    """Answer with what her device is asked for a new passkey."""
    if not _may_add(request):
        return _ask(request)
    return JsonResponse(passkeys.wanted_new(request.user))


@require_POST
@access.signed_in
def recovery_codes(request: access.SignedIn) -> HttpResponse:
    """Replace the recovery codes and show the new ones, this once."""
    if not access.is_fresh(request) or not factors.has_one(request.user):
        return access.ask_factor(request)
    return _codes(request)


def _may_add(request: access.SignedIn) -> bool:
    """Tell whether she may add a way in: another by one that she has, the first by any proof."""
    if access.is_fresh(request):
        return True
    return access.is_proved(request) and not factors.has_one(request.user)


def _ask(request: access.SignedIn) -> HttpResponse:
    """Ask for what she has: her second factor, before the first one any other proof."""
    if factors.has_one(request.user):
        return access.ask_factor(request)
    return access.ask_proof(request)


def _added(request: access.SignedIn) -> HttpResponse:
    """Lead on; whoever has no recovery codes yet is shown some first."""
    access.give_factor(request)
    if factors.recovery_codes_left(request.user):
        return access.see_other(access.onward(request, reverse("my_second_factor")))
    return _codes(request)


def _codes(request: access.SignedIn) -> HttpResponse:
    codes = factors.renew_recovery_codes(request.user, at=clock.now())
    onward = access.onward(request, reverse("my_second_factor"))
    return render(request, "second_factor_codes.html", {"codes": codes, "next": onward})


def _page(
    request: access.SignedIn, *, refused: Refused | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    kept = list(factors.of(request.user))
    facts = {
        "factors": kept,
        "has_to": duties.require_factor(request.user, at=clock.now()),
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


def _app(request: access.SignedIn, form: AppForm, *, sealed: str) -> HttpResponse:
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
        "qr": qr.picture(get_adapter().build_totp_url(request.user, secret)),
        "next": access.onward(request, ""),
    }
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "second_factor_app.html", facts, status=status)
