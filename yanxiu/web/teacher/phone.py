"""Let her change the number of her account: a code to the old one, then a code to the new one."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import changing_phone
from yanxiu.training.organisations import phone_changes, phone_links
from yanxiu.training.people import factors, masking, refusals
from yanxiu.training.people.models import Code
from yanxiu.web.shared import access, sent_codes
from yanxiu.web.shared.code_forms import CodeForm, PhoneForm

OLD, NEW = Code.Purpose.OLD_PHONE, Code.Purpose.NEW_PHONE


class NewPhoneForm(PhoneForm):
    """Take the number that the account is to have."""

    def __init__(self, *args: object, **facts: object) -> None:
        """Ask for it by its name."""
        super().__init__(*args, **facts)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["phone"].label = _("新手机号")


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Lead through the three steps; whoever has a second factor gives it first."""
    if not request.user.has_phone:
        return access.see_other("phone_change")
    if not access.is_fresh(request) and factors.of(request.user).exists():
        return access.ask_factor(request)
    if request.method != "POST":
        return _page(request)
    act = next((act for field, act in _ACTS.items() if field in request.POST), None)
    try:
        return act(request) if act else _page(request, status=HTTPStatus.BAD_REQUEST)
    except Refused as refused:
        return _page(request, refused=refused)


def _send_old(request: access.SignedIn) -> HttpResponse:
    sent_codes.send(request, request.user.phone, OLD)
    return access.see_other("my_phone")


def _take(request: access.SignedIn) -> HttpResponse:
    return _take_new(request) if _is_proved(request) else _take_old(request)


def _take_old(request: access.SignedIn) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        sent_codes.take(request, form.cleaned_data["code"], OLD, at=clock.now())
    except Refused as refused:
        form.add_error("code", refused.message)
        return _page(request, form, status=refused.status)
    return access.see_other("my_phone")


def _send_new(request: access.SignedIn) -> HttpResponse:
    _check_old(request)
    form = NewPhoneForm(request.POST)
    if form.is_valid() and form.cleaned_data["phone"] == request.user.phone:
        form.add_error("phone", refusals.SamePhone().message)
    if not form.is_valid():
        return _page(request, form)
    sent_codes.send(request, form.cleaned_data["phone"], NEW)
    return access.see_other("my_phone")


def _send_again(request: access.SignedIn) -> HttpResponse:
    _check_old(request)
    sent_codes.send(request, sent_codes.number(request, NEW), NEW)
    return access.see_other("my_phone")


def _take_new(request: access.SignedIn) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    at, keep = clock.now(), str(request.session.session_key)
    try:
        phone = sent_codes.take(request, form.cleaned_data["code"], NEW, at=at)
    except Refused as refused:
        form.add_error("code", refused.message)
        return _page(request, form, status=refused.status)
    changing_phone.by_codes(request.user, phone, keep=keep, at=at)
    sent_codes.forget(request, OLD, NEW)
    request.session.cycle_key()
    return access.see_other("/me/account/?done=phone_changed")


def _other(request: access.SignedIn) -> HttpResponse:
    sent_codes.forget(request, NEW)
    return access.see_other("my_phone")


# By the field that a form of the page brings.
_ACTS: dict[str, Callable[[access.SignedIn], HttpResponse]] = {
    "send": _send_old,
    "phone": _send_new,
    "code": _take,
    "again": _send_again,
    "other": _other,
}


def _check_old(request: access.SignedIn) -> None:
    """Raise `OldPhoneUnproved` unless this very number was proved within ten minutes."""
    if not _is_proved(request):
        raise refusals.OldPhoneUnproved


def _is_proved(request: access.SignedIn) -> bool:
    return sent_codes.proved(request, OLD, at=clock.now()) == request.user.phone


def _page(
    request: access.SignedIn,
    form: forms.Form | None = None,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show the step that she is at."""
    old, new = sent_codes.sent(request, OLD), sent_codes.sent(request, NEW)
    step = ("new" if new else "phone") if _is_proved(request) else "old"
    running = phone_changes.running(request.user.person_id)
    facts = {
        "step": step,
        "phone": masking.phone(request.user.phone),
        "sent": old if step == "old" else new,
        "form": form or (NewPhoneForm() if step == "phone" else CodeForm()),
        "refused": refused,
        "running": running,
        "stop": phone_links.path(running, phone_links.STOP) if running else "",
    }
    if form and form.errors and status == HTTPStatus.OK:
        status = HTTPStatus.BAD_REQUEST
    return render(
        request, "teacher/my_phone.html", facts, status=refused.status if refused else status
    )
