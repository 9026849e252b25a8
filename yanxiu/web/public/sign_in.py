"""Let people in: their number, the code that was sent to it, and for new numbers who they are."""

from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import carriers, clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import accounts, codes, consents, masking, passwords, refusals
from yanxiu.training.people.models import Code, Persona
from yanxiu.web.public import arrivals
from yanxiu.web.shared import access, languages, passkeys, signing_in
from yanxiu.web.shared.code_forms import CodeForm, PasswordForm, PhoneForm

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


class NumberAndPasswordForm(PhoneForm, PasswordForm):
    """Take number and password."""


class RegistrationForm(forms.Form):
    """Ask as what somebody uses the platform, and whether she agrees to what is kept of her."""

    kind = forms.ChoiceField(
        label=_("您的身份"),
        choices=Persona.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择您的身份。"),
            "invalid_choice": _("请从列出的身份中选择一个。"),
        },
    )
    consent = forms.BooleanField(error_messages={"required": _("请阅读说明并勾选同意后再注册。")})


@_PAGE
def phone(request: HttpRequest) -> HttpResponse:
    """Ask for the number and send it a code, whether anybody has that number or not."""
    onward = access.onward(request)
    if request.user.is_authenticated:
        return redirect(onward)
    if request.method != "POST":
        before = arrivals.asked(request)
        form = PhoneForm(initial={"phone": before.phone if before else ""})
        return _phone_page(request, form, onward)
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _phone_page(request, form, onward, status=HTTPStatus.BAD_REQUEST)
    return _send(request, arrivals.ask(request, form.cleaned_data["phone"], onward=onward))


@_PAGE
def code(request: HttpRequest) -> HttpResponse:
    """Take the code; let a known number in and lead a new one to registration."""
    asked = arrivals.asked(request)
    if request.user.is_authenticated:
        return redirect(asked.onward if asked else "home")
    if asked is None:
        return redirect("sign_in")
    if "again" in request.POST:
        return _send(request, asked)
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return _code_page(request, asked, form)
    if not form.is_valid():
        return _code_page(request, asked, form, status=HTTPStatus.BAD_REQUEST)
    return _take(request, asked, form)


@_PAGE
def password(request: HttpRequest) -> HttpResponse:
    """Take number and password, and say the same whatever of them is wrong."""
    onward = access.onward(request)
    if request.user.is_authenticated:
        return redirect(onward)
    if request.method != "POST":
        before = arrivals.asked(request)
        form = NumberAndPasswordForm(initial={"phone": before.phone if before else ""})
        return _password_page(request, form, onward)
    form = NumberAndPasswordForm(request.POST)
    if not form.is_valid():
        return _password_page(request, form, onward, status=HTTPStatus.BAD_REQUEST)
    typed = form.cleaned_data
    network = access.network(request, proxies=settings.YANXIU_PROXIES)
    try:
        account = passwords.take(typed["phone"], typed["password"], network=network, at=clock.now())
    except Refused as refused:
        form.add_error("password", refused.message)
        return _password_page(request, form, onward, status=refused.status)
    return arrivals.end(signing_in.let_in(request, account, onward=onward, method="password"))


@_PAGE
def register(request: HttpRequest) -> HttpResponse:
    """Open the account of a number that has just been proved."""
    if request.user.is_authenticated:
        return redirect(access.onward(request))
    proved = arrivals.proved(request, at=clock.now())
    if proved is None:
        return redirect(_sign_in_for(access.onward(request)))
    form = RegistrationForm(request.POST or None)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        account = accounts.open_for(proved.phone, kind=kind, at=clock.now())
        languages.follow(account, at=clock.now())
        arrivals.forget(request)
        return signing_in.let_in(request, account, onward=proved.onward, method="code")
    agreement = consents.TEXTS[consents.REGISTRATION]
    facts = {"form": form, "phone": masking.phone(proved.phone), "agreement": agreement}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "public/register.html", facts, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return access.see_other("home")


def _send(request: HttpRequest, asked: arrivals.Asked) -> HttpResponse:
    """Send a code and lead on to its page; too many requests are told there, tries stay open."""
    at = clock.now()
    try:
        sent = codes.issue(
            asked.phone,
            purpose=Code.Purpose.SIGN_IN,
            network=access.network(request, proxies=settings.YANXIU_PROXIES),
            limits=codes.Limits(settings.YANXIU_CODES_PER_NETWORK),
            at=at,
        )
    except (refusals.TooSoon, refusals.TooMany, refusals.NotDelivered) as refused:
        page = _code_page(request, asked, CodeForm(), refused=refused, status=refused.status)
        return arrivals.keep(page, asked)
    shown = sent if settings.YANXIU_DEMO and carriers.carrier().shows_codes else ""
    return arrivals.keep(access.see_other("sign_in_code"), asked.sent(shown=shown, at=at))


def _take(request: HttpRequest, asked: arrivals.Asked, form: CodeForm) -> HttpResponse:
    at = clock.now()
    try:
        codes.take(asked.phone, form.cleaned_data["code"], purpose=Code.Purpose.SIGN_IN, at=at)
    except Refused as refused:
        form.add_error("code", refused.message)
        return _code_page(request, asked, form, status=refused.status)
    account = accounts.known(asked.phone)
    if account is None:
        arrivals.prove(request, asked, at=at)
        return arrivals.end(access.see_other("register"))
    return arrivals.end(signing_in.let_in(request, account, onward=asked.onward, method="code"))


def _phone_page(
    request: HttpRequest, form: PhoneForm, onward: str, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    facts = {"form": form, "next": onward, "makes_passkeys": passkeys.are_made_here()}
    return render(request, "public/sign_in.html", facts, status=status)


def _password_page(
    request: HttpRequest,
    form: NumberAndPasswordForm,
    onward: str,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {"form": form, "next": onward}
    return render(request, "public/sign_in_password.html", facts, status=status)


def _code_page(
    request: HttpRequest,
    asked: arrivals.Asked,
    form: CodeForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    at = clock.now()
    facts = {
        "form": form,
        "phone": masking.phone(asked.phone),
        "shown": asked.code_shown(at),
        "wait_s": asked.wait_s(at),
        "life_minutes": codes.LIFE.seconds // 60,
        "refused": refused,
    }
    response = render(request, "public/sign_in_code.html", facts, status=status)
    if refused:
        response["Retry-After"] = str(_retry_after_s(refused))
    return response


def _retry_after_s(refused: Refused) -> int:
    unit_s = {"seconds": 1, "minutes": 60}
    return sum(int(str(wait)) * unit_s[unit] for unit, wait in refused.facts.items())


def _sign_in_for(onward: str) -> str:
    return f"{reverse('sign_in')}?{urlencode({'next': onward})}"
