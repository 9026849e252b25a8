"""Show agents who asks for another number by a picture, and take each of the two words."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import phone_changes
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.people import masking
from yanxiu.training.support import phone_cases
from yanxiu.training.support.phone_cases import Read
from yanxiu.web.shared import access
from yanxiu.web.shared.saying import BROKEN

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


class WhyForm(forms.Form):
    """Take why an agent looks at the picture."""

    why = forms.CharField(
        label=gettext_lazy("查看的原因"),
        help_text=gettext_lazy("例如“核对换绑申请，准备致电本人”。每次查看都会记录。"),
        max_length=phone_cases.WHY_MOST,
        error_messages={"required": gettext_lazy("请写明查看照片的原因。")} | BROKEN,
    )


class ReadForm(forms.Form):
    """Take what the picture says, as the agent reads it."""

    name = forms.CharField(
        label=gettext_lazy("照片上的姓名"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("请填写照片上的姓名。")} | BROKEN,
    )
    number = forms.CharField(
        label=gettext_lazy("照片上的证件号码"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("请填写照片上的证件号码。")} | BROKEN,
    )
    called = forms.BooleanField(
        label=gettext_lazy("已拨打新手机号，与本人通话核实"),
        error_messages={"required": gettext_lazy("请先拨打新手机号，与本人通话核实。")},
    )


class NoForm(forms.Form):
    """Take a no with its reason."""

    reason = forms.ChoiceField(
        label=gettext_lazy("不同意的原因"),
        choices=[(each.value, each.label) for each in phone_cases.REASONS],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("请选择不同意的原因。"),
            "invalid_choice": gettext_lazy("请选择不同意的原因。"),
        },
    )
    sentence = forms.CharField(
        label=gettext_lazy("补充说明"),
        help_text=gettext_lazy("申请人会看到这句话"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=BROKEN,
    )


@require_safe
@access.desk
def page(request: access.Desk) -> HttpResponse:
    """Show what waits for agents, the oldest first."""
    by, at = request.user.person, clock.now()
    rows = phone_cases.waiting()
    facts = {
        "rows": [
            (each, masking.name(_name(each)), phone_cases.against(each, by=by, at=at) is None)
            for each in rows
        ],
        "oldest": rows[0].asked_at if rows else None,
        "now": at,
        "notices": _notices(request),
    }
    return render(request, "desk/phone_changes.html", facts)


@_PAGE
@access.desk
def case(request: access.Desk, change_id: UUID) -> HttpResponse:
    """Show one request, and take the agent's word behind a fresh second factor."""
    change = _found(change_id)
    if request.method != "POST":
        return _case(request, change)
    if not access.is_fresh(request):
        return access.ask_factor(request)
    form = NoForm(request.POST) if "reason" in request.POST else ReadForm(request.POST)
    if not form.is_valid():
        return _case(request, change, form, status=HTTPStatus.BAD_REQUEST)
    try:
        _answer(request, change, form)
    except Refused as refused:
        return _case(request, _found(change_id), form, refused=refused, status=refused.status)
    return access.see_other(f"{reverse('desk_phones')}?done={change.id}")


@_PAGE
@access.desk
def picture(request: access.Desk, change_id: UUID) -> HttpResponse:
    """Note why she looks at the picture, and lead back; hand it to whoever has just asked."""
    change, by, at = _found(change_id), request.user.person, clock.now()
    if not access.is_fresh(request):
        return access.ask_factor(request, onward=reverse("desk_phone", args=[change.id]))
    if request.method == "POST":
        form = WhyForm(request.POST)
        if not form.is_valid():
            return _case(request, change, form, status=HTTPStatus.BAD_REQUEST)
        phone_cases.look(change, form.cleaned_data["why"], by=by, at=at)
        return access.see_other(f"{reverse('desk_phone', args=[change.id])}#picture")
    answer = HttpResponse(phone_cases.picture(change, by=by, at=at), content_type="image/jpeg")
    answer["Content-Disposition"] = 'attachment; filename="picture.jpg"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _found(change_id: UUID) -> PhoneChange:
    change = phone_cases.find(change_id)
    if change is None:
        raise Http404
    return change


def _answer(request: access.Desk, change: PhoneChange, form: forms.Form) -> None:
    typed, by, at = form.cleaned_data, request.user.person, clock.now()
    if "reason" in typed:
        phone_cases.decline(change, no=(typed["reason"], typed["sentence"]), by=by, at=at)
    else:
        phone_cases.agree(change, Read(typed["name"], typed["number"]), by=by, at=at)


def _case(
    request: access.Desk,
    change: PhoneChange,
    form: forms.Form | None = None,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    by, at = request.user.person, clock.now()
    against = phone_cases.against(change, by=by, at=at)
    looked = against is None and phone_cases.has_looked(change, by=by, at=at)
    facts = {
        "change": change,
        "name": masking.name(_name(change)),
        # Whom the agent has to call is shown to her while she looks.
        "phone": change.new_phone if looked else masking.phone(change.new_phone),
        "step": phone_changes.step(change),
        "is_open": change.ended_at is None and change.due_at is None,
        "against": against,
        "looked": looked,
        "is_fresh": access.is_fresh(request),
        "why": form if isinstance(form, WhyForm) else WhyForm(),
        "read": form if isinstance(form, ReadForm) else ReadForm(auto_id="read_%s"),
        "no": form if isinstance(form, NoForm) else NoForm(auto_id="no_%s"),
        "refused": refused,
        "now": at,
    }
    return render(request, "desk/phone_change.html", facts, status=status)


def _name(change: PhoneChange) -> str:
    return str(getattr(change, "name", None) or "")


def _notices(request: access.Desk) -> list[dict[str, str]]:
    """Say what the agent has just done, as its row tells it; asks nothing without `done`."""
    try:
        change = phone_cases.find(UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    answers = change.answers.all() if change else []
    mine = next((each for each in answers if each.by_id == request.user.person_id), None)
    if mine is None:
        return []
    if not mine.is_yes:
        said = _("已退回，申请人会看到原因；照片 7 天内删除。")
    elif change and change.due_at:
        said = _("已核准，48 小时后生效；原手机号的主人随时可以停止。")
    else:
        said = _("已记下，等另一位客服核准。")
    return [{"kind": "done", "text": said}]
