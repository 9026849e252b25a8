"""Ask for a second proof before a code opens an account that nobody has used for 90 days.

The number may be another's by now: nothing of the account is shown, not even which proofs it has.
Whoever cannot give one begins anew with the number; the old account is kept, and found again later.
"""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import securing
from yanxiu.training.people import idle
from yanxiu.web.public import arrivals
from yanxiu.web.shared import access, signing_in
from yanxiu.web.shared.code_forms import PasswordForm
from yanxiu.web.shared.signing_in import Waiting

_BROKEN = {"null_characters_not_allowed": _("内容编码有误，请重新输入。")}


class IdentityForm(forms.Form):
    """Take a name and the last six characters of a document's number."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请填写姓名。"), **_BROKEN},
    )
    tail = forms.CharField(
        label=_("证件号码后 6 位"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填写证件号码后 6 位。"), **_BROKEN},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Take a password, or name and the end of a number; or let her begin anew."""
    waiting = signing_in.waiting(request, signing_in.IDLE)
    if request.user.is_authenticated or waiting is None:
        return redirect("home" if request.user.is_authenticated else "sign_in")
    if request.method != "POST":
        return _page(request, waiting)
    if "new" in request.POST:
        return _begin_anew(request, waiting)
    form = PasswordForm(request.POST) if "password" in request.POST else IdentityForm(request.POST)
    if not form.is_valid():
        return _page(request, waiting, form, status=HTTPStatus.BAD_REQUEST)
    try:
        _take(waiting, form)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, waiting, form, status=refused.status)
    return signing_in.complete_proof(request, waiting)


def _take(waiting: Waiting, form: forms.Form) -> None:
    typed, at = form.cleaned_data, clock.now()
    if "password" in typed:
        idle.take_password(waiting.account, typed["password"], at=at)
    else:
        name, tail = typed["name"], typed["tail"].strip()
        idle.take_identity(waiting.account, name=name, tail=tail, at=at)


def _begin_anew(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    """Keep the old account without a number, and lead the number's owner to registration."""
    phone, at = waiting.account.phone, clock.now()
    del request.session[signing_in.IDLE]
    securing.set_aside(waiting.account, at=at)
    arrivals.prove(request, arrivals.Asked(phone, waiting.onward), at=at)
    return access.see_other("register")


def _page(
    request: HttpRequest,
    waiting: Waiting,
    form: forms.Form | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {
        "identity": form if isinstance(form, IdentityForm) else IdentityForm(auto_id="by_%s"),
        "password": form if isinstance(form, PasswordForm) else PasswordForm(),
        "refused": list(form.non_field_errors()) if form else [],
        "is_closed": idle.is_closed(waiting.account, at=clock.now()),
        "days": idle.AFTER.days,
    }
    return render(request, "public/second_proof.html", facts, status=status)
