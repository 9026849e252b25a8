"""Ask officers for their second factor before they act for anybody."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import factors
from yanxiu.web.shared import access, passkeys
from yanxiu.web.shared.second_factor_forms import FactorForm, PasskeyForm


@require_http_methods(["GET", "HEAD", "POST"])
@access.serving
def challenge(request: access.Office) -> HttpResponse:
    """Take a code, a recovery code or a passkey, and lead on to where the officer wanted to go."""
    onward = access.onward(request, reverse("office"))
    if request.method != "POST" and access.is_fresh(request):
        return redirect(onward)
    if not factors.of(request.user).exists():
        return redirect(f"{reverse('my_second_factor')}?{urlencode({'next': onward})}")
    form = FactorForm(request.POST if request.method == "POST" else None)
    passkey = PasskeyForm(request.POST)
    try:
        if passkey.is_valid():
            passkeys.take(request.user, passkey.cleaned_data["credential"], at=clock.now())
        elif form.is_valid():
            factors.take(request.user, form.cleaned_data["code"], at=clock.now())
        else:
            return _page(request, form, onward)
    except Refused as refused:
        form.add_error("code", refused.message)
        return _page(request, form, onward, status=refused.status)
    access.give_factor(request)
    return access.see_other(onward)


@require_POST
@access.serving
def options(request: access.Office) -> HttpResponse:
    """Answer with what her device is asked to prove."""
    return JsonResponse(passkeys.wanted(request.user))


def _page(
    request: access.Office, form: FactorForm, onward: str, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    kinds = {each.type for each in factors.of(request.user)}
    is_demo = settings.YANXIU_DEMO
    facts = {
        "form": form,
        "next": onward,
        "has_app": factors.APP in kinds,
        "has_passkey": factors.PASSKEY in kinds,
        "shown": factors.shown_code(request.user, at=clock.now()) if is_demo else "",
    }
    wrong = form.is_bound and status == HTTPStatus.OK
    return render(
        request,
        "second_factor.html",
        facts,
        status=HTTPStatus.BAD_REQUEST if wrong else status,
    )
