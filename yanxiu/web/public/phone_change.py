"""Let whoever has lost her account's number ask for another and follow it, and the owner stop it.

No page here says anything about the account: whoever asks has shown no more than a new number.
"""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import changing_phone
from yanxiu.training.organisations import phone_links, phone_pictures
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.people import documents, masking, phones
from yanxiu.training.people.lost_phones import Lost
from yanxiu.training.people.models import Code, Identity
from yanxiu.training.people.refusals import NotEleven
from yanxiu.web.public import phone_change_words
from yanxiu.web.shared import access, sent_codes, uploads
from yanxiu.web.shared.code_forms import CodeForm, PhoneForm

NEW = Code.Purpose.NEW_PHONE
_PAGE = require_http_methods(["GET", "HEAD", "POST"])
_BROKEN = {"null_characters_not_allowed": _("内容编码有误，请重新输入。")}


class NewPhoneForm(PhoneForm):
    """Take the number that the account is to have."""

    def __init__(self, *args: object, **facts: object) -> None:
        """Ask for it by its name."""
        super().__init__(*args, **facts)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["phone"].label = _("新手机号")
        self.fields["phone"].help_text = _("先验证新手机号，办理进度会发到这个号码")


class LostForm(forms.Form):
    """Take what somebody says of the account whose number she has lost."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请填写姓名。"), **_BROKEN},
    )
    document_kind = forms.ChoiceField(
        label=_("证件类型"),
        choices=Identity.Document.choices,
        error_messages={"invalid_choice": _("请从列出的证件类型中选择一个。")},
    )
    number = forms.CharField(
        label=_("证件号码"),
        help_text=_("与账号里填写的一致，不要遮挡"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填写证件号码。"), **_BROKEN},
    )
    old_phone = forms.CharField(
        label=_("原手机号"),
        help_text=_("记得就填写，便于核对"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages=_BROKEN,
    )

    def clean_old_phone(self) -> str:
        """Return the 11 digits, or nothing."""
        try:
            typed = self.cleaned_data["old_phone"]
            return phones.normalise(typed) if typed else ""
        except (phones.NotMainland, phones.NotElevenDigits) as error:
            raise forms.ValidationError(NotEleven().message) from error

    def lost(self) -> Lost:
        """Return it in the form in which it is compared."""
        typed = self.cleaned_data
        number = documents.normalise(typed["document_kind"], typed["number"])
        return Lost(typed["name"], typed["document_kind"], number, typed["old_phone"])


@_PAGE
def ask(request: HttpRequest) -> HttpResponse:
    """Prove the new number, then say whose account it is for."""
    if request.method != "POST":
        return _page(request)
    act = next((act for field, act in _ACTS.items() if field in request.POST), None)
    try:
        return act(request) if act else _page(request, status=HTTPStatus.BAD_REQUEST)
    except Refused as refused:
        return _page(request, refused=refused)


@_PAGE
def way(request: HttpRequest, token: str) -> HttpResponse:
    """Show whoever has asked how far it is, whose turn it is, and let her take it back."""
    change = _found(token, phone_links.FOLLOW)
    if request.method != "POST":
        return _way(request, change)
    changing_phone.withdraw(change, at=clock.now())
    return access.see_other("phone_change_way", token)


@require_POST
@uploads.in_memory
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """Take the picture that the help desk asks for; it is marked and sealed before it is kept."""
    change = _found(token, phone_links.FOLLOW)
    try:
        sent = uploads.picture(request, "picture")
        if sent is None:
            return _way(request, change, error=str(_("请选择一张照片。")))
        phone_pictures.keep(change, sent, at=clock.now())
    except Refused as refused:
        return _way(request, change, error=refused.message, status=refused.status)
    return access.see_other("phone_change_way", token)


@_PAGE
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Let the account's owner stop a change with one press, signed in or not."""
    change = _found(token, phone_links.STOP)
    if request.method == "POST":
        # Whoever holds the link stops it; the trail names her only where she is in as the owner.
        is_owner = access.person_id(request) == change.person_id
        changing_phone.stop(change, by=change.person if is_owner else None, at=clock.now())
        return access.see_other("phone_change_stop", token)
    facts = {
        "change": change,
        "is_stopped": change.outcome == PhoneChange.Outcome.STOPPED,
        "phone": masking.phone(change.new_phone),
        "now": clock.now(),
    }
    return render(request, "public/phone_change_stop.html", facts)


def _send(request: HttpRequest) -> HttpResponse:
    form = NewPhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    sent_codes.forget(request, NEW)
    sent_codes.send(request, form.cleaned_data["phone"], NEW)
    return access.see_other("phone_change")


def _again(request: HttpRequest) -> HttpResponse:
    sent_codes.send(request, sent_codes.number(request, NEW), NEW)
    return access.see_other("phone_change")


def _take(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        sent_codes.take(request, form.cleaned_data["code"], NEW, at=clock.now())
    except Refused as refused:
        form.add_error("code", refused.message)
        return _page(request, form, status=refused.status)
    return access.see_other("phone_change")


def _claim(request: HttpRequest) -> HttpResponse:
    phone, form = sent_codes.proved(request, NEW, at=clock.now()), LostForm(request.POST)
    if not phone or not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    network = access.network(request, proxies=settings.YANXIU_PROXIES)
    try:
        change = changing_phone.ask(form.lost(), phone, network=network, at=clock.now())
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, form, status=refused.status)
    sent_codes.forget(request, NEW)
    return access.see_other(phone_links.path(change, phone_links.FOLLOW))


def _other(request: HttpRequest) -> HttpResponse:
    sent_codes.forget(request, NEW)
    return access.see_other("phone_change")


# By the field that a form of the page brings.
_ACTS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "name": _claim,
    "code": _take,
    "phone": _send,
    "again": _again,
    "other": _other,
}


def _found(token: str, use: str) -> PhoneChange:
    change = phone_links.find(token, use)
    if change is None or not change.new_phone:
        raise Http404
    return change


def _page(
    request: HttpRequest,
    form: forms.Form | None = None,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show the step that she is at."""
    proved = sent_codes.proved(request, NEW, at=clock.now())
    sent = sent_codes.sent(request, NEW)
    step = "claim" if proved else "code" if sent else "phone"
    blank = {"claim": LostForm, "code": CodeForm, "phone": NewPhoneForm}
    facts = {
        "step": step,
        "sent": sent,
        "phone": masking.phone(proved),
        "form": form if isinstance(form, blank[step]) else blank[step](),
        "refused": refused,
    }
    if form and form.errors and status == HTTPStatus.OK:
        status = HTTPStatus.BAD_REQUEST
    return render(
        request, "public/phone_change.html", facts, status=refused.status if refused else status
    )


def _way(
    request: HttpRequest, change: PhoneChange, *, error: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    said = phone_change_words.of(change, now=clock.now())
    facts = {
        "change": change,
        "said": said,
        "token": phone_links.token(change, phone_links.FOLLOW),
        "phone": masking.phone(change.new_phone),
        "error": error,
        "most_mb": 10,
        "now": clock.now(),
    }
    wrong = HTTPStatus.BAD_REQUEST if error and status == HTTPStatus.OK else status
    return render(request, "public/phone_change_way.html", facts, status=wrong)
