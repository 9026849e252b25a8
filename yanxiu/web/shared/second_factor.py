"""Ask for the second factor: of whoever has one when she signs in, of officers always."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import factors
from yanxiu.training.people.models import Account
from yanxiu.web.shared import access, passkeys, signing_in
from yanxiu.web.shared.second_factor_forms import FactorForm, PasskeyForm


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest) -> HttpResponse:
    """Take a code, a recovery code or a passkey, and lead on to where she wanted to go.

    It is given at the sign-in, before anything else is opened, and again for what matters.
    """
    waiting = signing_in.waiting(request)
    account = _whose(request, waiting)
    if account is None:
        return redirect_to_login(access.onward(request))
    onward = access.onward(request, reverse(_home(account)))
    if led := _led_on(request, account, waiting, onward):
        return redirect(led)
    form = FactorForm(request.POST if request.method == "POST" else None)
    try:
        if not _took(request, account, form):
            return _page(request, account, form, onward)
    except Refused as refused:
        form.add_error("code", refused.message)
        return _page(request, account, form, onward, status=refused.status)
    if waiting:
        return signing_in.complete(request, waiting)
    access.give_factor(request)
    return access.see_other(onward)


@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """Answer with what her device is asked to prove."""
    account = _whose(request, signing_in.waiting(request))
    if account is None:
        return redirect_to_login(reverse("second_factor"))
    return JsonResponse(passkeys.wanted(account))


def _led_on(
    request: HttpRequest, account: Account, waiting: signing_in.Waiting | None, onward: str
) -> str:
    """Return where she goes who has nothing to give here: has just given it, or has none."""
    if request.method != "POST" and not waiting and access.is_fresh(request):
        return onward
    if not factors.has_one(account):
        return f"{reverse('my_second_factor')}?{urlencode({'next': onward})}"
    return ""


def _whose(request: HttpRequest, waiting: signing_in.Waiting | None) -> Account | None:
    """Return who is to prove herself: who is coming in, else who is in."""
    if isinstance(request.user, Account):
        return request.user
    return waiting.account if waiting else None


def _home(account: Account) -> str:
    """Return the page to which whoever has a duty goes by default."""
    if getattr(account, "serves", False):
        return "office"
    return "desk" if getattr(account, "answers", False) else "my_account"


def _took(request: HttpRequest, account: Account, form: FactorForm) -> bool:
    """Take what was given; tell whether anything was."""
    passkey = PasskeyForm(request.POST)
    if passkey.is_valid():
        passkeys.take(account, passkey.cleaned_data["credential"], at=clock.now())
    elif form.is_valid():
        factors.take(account, form.cleaned_data["code"], at=clock.now())
    else:
        return False
    return True


def _page(
    request: HttpRequest,
    account: Account,
    form: FactorForm,
    onward: str,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    kinds = {each.type for each in factors.of(account)}
    is_demo = settings.YANXIU_DEMO
    facts = {
        "form": form,
        "next": onward,
        "is_arriving": not request.user.is_authenticated,
        "has_app": factors.APP in kinds,
        "has_passkey": factors.PASSKEY in kinds,
        "shown": factors.shown_code(account, at=clock.now()) if is_demo else "",
    }
    wrong = form.is_bound and status == HTTPStatus.OK
    return render(
        request,
        "second_factor.html",
        facts,
        status=HTTPStatus.BAD_REQUEST if wrong else status,
    )
