"""Sign somebody in by a passkey alone: her device has made sure of her, so it is both proofs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people.refusals import PasskeyRefused
from yanxiu.web.public import arrivals
from yanxiu.web.shared import access, passkeys, signing_in
from yanxiu.web.shared.code_forms import PhoneForm
from yanxiu.web.shared.second_factor_forms import PasskeyForm


@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """Answer with what a device is asked: the same for everybody."""
    del request
    return JsonResponse(passkeys.wanted_of_anybody())


@require_POST
def page(request: HttpRequest) -> HttpResponse:
    """Take a device's answer and let its owner in."""
    onward = access.onward(request)
    if request.user.is_authenticated:
        return redirect(onward)
    form = PasskeyForm(request.POST)
    try:
        if not form.is_valid():
            raise PasskeyRefused
        account = passkeys.sign_in(form.cleaned_data["credential"], at=clock.now())
    except Refused as refused:
        facts = {"form": PhoneForm(), "next": onward, "refused": refused, "makes_passkeys": True}
        return render(request, "public/sign_in.html", facts, status=HTTPStatus.BAD_REQUEST)
    return arrivals.end(signing_in.with_factor(request, account, onward=onward, method="passkey"))
