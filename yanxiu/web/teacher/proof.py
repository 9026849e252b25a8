"""Ask who is signed in to prove once more that it is she, before her account is changed."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import carriers, clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import codes, factors, masking, passwords
from yanxiu.training.people.models import Code
from yanxiu.web.shared import access
from yanxiu.web.shared.code_forms import CodeForm, PasswordForm

PURPOSE = Code.Purpose.PROOF
SHOWN = "proof_shown"


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Take a code sent to her number, or her password; a second factor where she has one."""
    onward = access.onward(request, reverse("my_account"))
    if factors.has_one(request.user):
        query = urlencode({"next": onward})
        return redirect(f"{reverse('second_factor')}?{query}")
    if "send" in request.POST and request.user.has_phone:
        return _send(request, onward)
    code, password = CodeForm(), PasswordForm()
    if request.method != "POST":
        return _page(request, onward, code, password)
    try:
        if "password" in request.POST:
            password = PasswordForm(request.POST)
            is_taken = password.is_valid() and _take_password(request, password)
        else:
            code = CodeForm(request.POST)
            is_taken = code.is_valid() and _take_code(request, code)
    except Refused as refused:
        form, field = (password, "password") if password.is_bound else (code, "code")
        form.add_error(field, refused.message)
        return _page(request, onward, code, password, status=refused.status)
    if not is_taken:
        return _page(request, onward, code, password, status=HTTPStatus.BAD_REQUEST)
    request.session.pop(SHOWN, None)
    access.prove(request)
    return access.see_other(onward)


def _take_password(request: access.SignedIn, form: PasswordForm) -> bool:
    network = access.network(request, proxies=settings.YANXIU_PROXIES)
    typed = form.cleaned_data["password"]
    passwords.take(request.user.phone, typed, network=network, at=clock.now())
    return True


def _take_code(request: access.SignedIn, form: CodeForm) -> bool:
    typed = form.cleaned_data["code"]
    codes.take(request.user.phone, typed, purpose=PURPOSE, at=clock.now())
    return True


def _send(request: access.SignedIn, onward: str) -> HttpResponse:
    try:
        sent = codes.issue(
            request.user.phone,
            purpose=PURPOSE,
            network=access.network(request, proxies=settings.YANXIU_PROXIES),
            limits=codes.Limits(settings.YANXIU_CODES_PER_NETWORK),
            at=clock.now(),
        )
    except Refused as refused:
        return _page(
            request, onward, CodeForm(), PasswordForm(), refused=refused, status=refused.status
        )
    shown = sent if settings.YANXIU_DEMO and carriers.carrier().shows_codes else ""
    request.session[SHOWN] = shown
    return access.see_other(f"{reverse('my_proof')}?{urlencode({'next': onward, 'sent': '1'})}")


def _page(
    request: access.SignedIn,
    onward: str,
    code: CodeForm,
    password: PasswordForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {
        "code": code,
        "password": password,
        "has_password": passwords.has_one(request.user),
        "is_sent": "sent" in request.GET or code.is_bound,
        "shown": request.session.get(SHOWN, ""),
        "phone": masking.phone(request.user.phone) if request.user.has_phone else "",
        "next": onward,
        "refused": refused,
    }
    return render(request, "teacher/proof.html", facts, status=status)
