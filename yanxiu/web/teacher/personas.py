"""Change as what she uses the platform: say what it means, change it with one press, undo it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.training.journeys import switching
from yanxiu.training.people import seals
from yanxiu.training.people.models import Persona
from yanxiu.web.shared import access
from yanxiu.web.shared.templatetags import yx

Kind = Persona.Kind
# What each persona is for.
CAN = {
    Kind.TEACHER: gettext_lazy("报名专题研修，记录学时，领取证书。"),
    Kind.STUDENT: gettext_lazy("观看课程，留下观看记录；不能报名研修，不记学时。"),
    Kind.PARENT: gettext_lazy("查看孩子看过哪些课程；不能报名研修，不记学时。"),
}
# What becomes of what she has when she stops being it; of a student's data `_leaving` tells.
KEPT = {
    Kind.TEACHER: gettext_lazy(
        "学时、证书和任教信息全部保留；切换期间不能报名，观看不计学时，切回来接着学。"
    ),
    Kind.PARENT: gettext_lazy("与孩子的关联全部保留，切回家长身份就能继续查看。"),
}


class PersonaForm(forms.Form):
    """Take what she wants to be."""

    kind = forms.ChoiceField(
        choices=Kind.choices,
        error_messages={
            "required": gettext_lazy("请选择要切换的身份，没有改变任何数据。"),
            "invalid_choice": gettext_lazy("请从列出的身份中选择一个，没有改变任何数据。"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn) -> HttpResponse:
    """Show what each change means with its button; a POST changes, and shows how things stand."""
    if request.method != "POST":
        return _page(request)
    form = PersonaForm(request.POST)
    if not form.is_valid():
        return _page(request, error=str(form.errors["kind"][0]), status=400)
    switching.switch(request.user, form.cleaned_data["kind"], at=clock.now())
    answer = access.see_other("my_persona")
    answer["Location"] += "?done=switched"
    return answer


def _page(request: access.SignedIn, *, error: str = "", status: int = 200) -> HttpResponse:
    kind, now = getattr(request.user, "persona_kind", None) or "", clock.now()
    seal = seals.latest(request.user.person_id)
    is_waiting = seal is not None and not seal.opened_at and not seal.deleted_at
    done = "switched" in request.GET.get("done", "")
    facts = {
        "kind": kind,
        "label": Kind(kind).label if kind else _("未选择"),
        "can": CAN[Kind(kind)] if kind else "",
        "ways": _ways(kind, _leaving(request, kind), is_waiting=is_waiting),
        "is_students_own": not request.user.has_phone,
        "seal": seal,
        "is_waiting": is_waiting,
        "error": error,
        "done": _("现在是%(persona)s身份。") % {"persona": Kind(kind).label}
        if done and kind
        else "",
        "now": now,
    }
    return render(request, "teacher/persona.html", facts, status=status)


def _ways(kind: str, leaving: str, *, is_waiting: bool) -> list[dict[str, object]]:
    """Return each change: what it is for, and what it means for what she has."""
    back = _("封存的学生数据会全部恢复。") if is_waiting else ""
    return [
        {
            "kind": to.value,
            "label": to.label,
            "can": CAN[to],
            "means": [each for each in (leaving, back if to == Kind.STUDENT else "") if each],
        }
        for to in Kind
        if to != kind
    ]


def _leaving(request: access.SignedIn, kind: str) -> str:
    if kind != Kind.STUDENT:
        return str(KEPT.get(Kind(kind), "")) if kind else ""
    count = switching.counts(request.user.person_id)[switching.VIEWINGS]
    if not count:
        return _("您还没有学生数据，不会丢失任何东西。")
    words = {
        "count": count,
        "until": yx.date_cn_long(clock.now() + seals.KEPT),
        "days": seals.KEPT.days,
    }
    return (
        _(
            "您作为学生的 %(count)d 条观看记录会封存 %(days)d 天，其间谁也看不到；"
            "切回学生身份就全部恢复。到 %(until)s 还没有恢复就删除，不能找回。"
        )
        % words
    )
