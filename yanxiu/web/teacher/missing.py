"""Let a teacher say that her school is missing, and follow what becomes of it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.enrolment.refusals import NotATeacher
from yanxiu.training.organisations import missing, school_types
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.models import SchoolRequest
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access, school_picker

_BROKEN = {"null_characters_not_allowed": gettext_lazy("内容编码有误，请重新输入。")}


class MissingForm(forms.Form):
    """Take what she knows of her school; county and name are enough."""

    use_required_attribute = False

    county = forms.CharField(
        max_length=20,
        error_messages=_BROKEN | {"required": gettext_lazy("请选到学校所在的县（区）。")},
    )
    name = forms.CharField(
        label=gettext_lazy("学校名称"),
        help_text=gettext_lazy("与学校公章一致的全称"),
        max_length=120,
        error_messages=_BROKEN | {"required": gettext_lazy("请填写学校名称。")},
    )
    code = forms.CharField(
        label=gettext_lazy("学校标识码"),
        help_text=gettext_lazy("10 位数字，可以问学校办公室"),
        required=False,
        max_length=40,
        error_messages=_BROKEN,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("办学类型"),
        required=False,
        choices=[("", gettext_lazy("不清楚")), *school_types.by_stage().items()],
        error_messages={"invalid_choice": gettext_lazy("请从列出的类型中选择。")},
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("例如学校是新办的，或刚刚更名"),
        required=False,
        max_length=200,
        error_messages=_BROKEN,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show her requests with owner, age and answer, and take a new one."""
    if request.method != "POST":
        name = request.GET.get("q", "").replace("\0", "")[:60]
        return _page(request, MissingForm(initial={"name": name}), request.GET)
    _only_teachers(request)
    # Without scripts a region is chosen by sending the form: nothing is asked for yet.
    if "find" in request.POST:
        return _page(request, MissingForm(initial=_typed(request)), request.POST)
    form = MissingForm(request.POST)
    if not form.is_valid():
        return _page(request, form, request.POST, status=HTTPStatus.BAD_REQUEST)
    try:
        missing.ask(request.user.person, _wanted(form.cleaned_data), at=clock.now())
    except Refused as refused:
        return _page(request, form, request.POST, refused=refused, status=refused.status)
    return access.see_other("my_missing")


@require_POST
@access.signed_in
def withdrawal(request: access.SignedIn, request_id: UUID) -> HttpResponse:
    """Take one of her requests back."""
    asked = missing.find_own(request.user.person_id, request_id)
    if asked is None:
        raise Http404
    missing.withdraw(asked, by=request.user.person, at=clock.now())
    return access.see_other("my_missing")


def _only_teachers(request: access.SignedIn) -> None:
    if getattr(request.user, "persona_kind", None) != Persona.Kind.TEACHER:
        raise NotATeacher


def _typed(request: access.SignedIn) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\0", "") for name in MissingForm.base_fields}


def _wanted(typed: dict[str, Any]) -> missing.Wanted:
    return missing.Wanted(
        county_code=typed["county"].strip(),
        name=typed["name"],
        code=typed["code"],
        type_code=typed["type"],
        note=typed["note"],
    )


def _page(
    request: access.SignedIn,
    form: MissingForm,
    asked: Any,  # noqa: ANN401 - the parameters of either method
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    mine = list(missing.of(request.user.person_id)[:20])
    facts = school_picker.places(asked) | {
        "form": form,
        "rows": [_row(each) for each in mine],
        "refused": refused,
        "is_there": isinstance(refused, no.SchoolThere),
        "is_teacher": getattr(request.user, "persona_kind", None) == Persona.Kind.TEACHER,
        "now": clock.now(),
    }
    return render(request, "teacher/missing.html", facts, status=status)


def _row(asked: SchoolRequest) -> dict[str, object]:
    answer = getattr(asked, "answer", None)
    is_open = answer is None and asked.withdrawn_at is None
    owner = _("%(county)s县区管理员") % {"county": asked.county.name}
    return {"asked": asked, "answer": answer, "is_open": is_open, "owner": owner}
