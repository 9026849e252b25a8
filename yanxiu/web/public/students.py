"""Let students in by their own number, without anybody's phone: a printed code, then a password."""

from datetime import timedelta
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import student_accounts, student_codes
from yanxiu.training.organisations.models import StudentCode
from yanxiu.training.people import consents
from yanxiu.training.people.models import Account
from yanxiu.web.shared import access, signing_in
from yanxiu.web.shared.code_forms import NewPasswordForm, PasswordField

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
# Where a session keeps whose code was right, and for how long the password may take.
PROVED, LASTS = "student_proved", timedelta(minutes=15)


class StudentForm(forms.Form):
    """Take a student's number and what she signs in with."""

    number = forms.CharField(
        label=_("学籍号"),
        help_text=_("19 位，以 G、L 或 J 开头；登录码单上有"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "characters", "autofocus": True}
        ),
        error_messages={"required": _("请填写学籍号。")},
    )
    secret = PasswordField(
        label=_("密码或登录码"),
        autocomplete="current-password",
        help_text=_("第一次登录，填学校发的登录码；以后填自己设的密码"),
    )


class FirstPasswordForm(NewPasswordForm):
    """Take a new password, and whether she agrees to what is kept of her."""

    consent = forms.BooleanField(error_messages={"required": _("请阅读说明并勾选同意后再注册。")})


@_PAGE
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take number and password, or a code, which leads on to a password of one's own."""
    onward = access.onward(request)
    if request.user.is_authenticated:
        return redirect(onward)
    form = StudentForm(request.POST or None)
    if not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return _sign_in_page(request, form, onward, status=status)
    typed = form.cleaned_data
    network = access.network(request, proxies=settings.YANXIU_PROXIES)
    try:
        found = student_accounts.sign_in(
            typed["number"], typed["secret"], network=network, at=clock.now()
        )
    except Refused as refused:
        form.add_error("secret", refused.message)
        return _sign_in_page(request, form, onward, status=refused.status)
    if isinstance(found, Account):
        return signing_in.let_in(request, found, onward=onward, method="password")
    request.session.cycle_key()
    request.session[PROVED] = [found.pk, onward, clock.now().timestamp()]
    return access.see_other("student_register")


@_PAGE
def register(request: HttpRequest) -> HttpResponse:
    """Take the password of whoever has typed her code, and let her in."""
    code = _proved(request)
    if code is None or request.user.is_authenticated:
        return redirect("student_sign_in")
    is_new = not student_accounts.is_registered(code.entry)
    form = (FirstPasswordForm if is_new else NewPasswordForm)(request.POST or None)
    if not form.is_valid():
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return _register_page(request, form, code, is_new=is_new, status=status)
    try:
        plain = student_accounts.check(code.entry, form.cleaned_data["new"])
        account = student_accounts.register(code.pk, plain, at=clock.now())
    except Refused as refused:
        form.add_error("new", refused.message)
        return _register_page(request, form, code, is_new=is_new, status=refused.status)
    _code, onward, _at = request.session.pop(PROVED)
    return signing_in.let_in(request, account, onward=onward, method="password")


def _proved(request: HttpRequest) -> StudentCode | None:
    """Return the code that was typed in this session, unless too much time has passed."""
    kept = request.session.get(PROVED)
    if not kept or clock.now().timestamp() - kept[2] > LASTS.total_seconds():
        return None
    return student_codes.waiting(kept[0], at=clock.now())


def _sign_in_page(
    request: HttpRequest, form: StudentForm, onward: str, *, status: int
) -> HttpResponse:
    facts = {"form": form, "next": onward}
    return render(request, "public/student_sign_in.html", facts, status=status)


def _register_page(
    request: HttpRequest, form: forms.Form, code: StudentCode, *, is_new: bool, status: int
) -> HttpResponse:
    facts = {
        "form": form,
        "entry": code.entry,
        "is_new": is_new,
        "agreement": consents.TEXTS[consents.STUDENT],
    }
    return render(request, "public/student_register.html", facts, status=status)
