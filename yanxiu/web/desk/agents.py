"""Let a lead say who answers at the help desk."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import masking
from yanxiu.training.support import agents
from yanxiu.training.support.models import Agent
from yanxiu.web.shared import access
from yanxiu.web.shared.phone_field import PhoneField
from yanxiu.web.shared.saying import BROKEN


class AgentForm(forms.Form):
    """Take who is to answer: phone and name, which have to be one person's."""

    phone = PhoneField()
    name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("请填写对方的姓名。")} | BROKEN,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.lead
def page(request: access.Desk) -> HttpResponse:
    """Show who answers, and who did; name another agent."""
    if request.method != "POST":
        return _page(request, AgentForm())
    if not access.is_fresh(request):
        return access.ask_factor(request)
    form = AgentForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    phone, name = form.cleaned_data["phone"], form.cleaned_data["name"]
    by, at = request.user.person, clock.now()
    try:
        account = agents.seek(phone, name, by=by, at=at)
        agents.appoint(account.person, Agent.Role.AGENT, by=by, at=at)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, form, status=refused.status)
    return access.see_other(f"{request.path}?done=appointed")


@require_POST
@access.lead
def ending(request: access.Desk, right_id: UUID) -> HttpResponse:
    """Take an agent's right; what she has in hand goes back into the queue."""
    right = Agent.objects.filter(pk=right_id).first()
    if right is None:
        raise Http404
    address = reverse("desk_agents")
    if not access.is_fresh(request):
        return access.ask_factor(request, onward=address)
    agents.dismiss(right, by=request.user.person, at=clock.now())
    return access.see_other(f"{address}?done=dismissed")


def _page(request: access.Desk, form: AgentForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    now = clock.now()
    done = {
        "appointed": _("已指定，对方会收到通知；首次进入客服工作台时，须设置二次验证。"),
        "dismissed": _("已收回，立即生效；对方手里的工单已放回队列。"),
    }.get(request.GET.get("done", ""))
    facts = {
        "form": form,
        "rows": [_row(each, request.user.person_id) for each in agents.everybody(at=now)],
        "gone": [_row(each, request.user.person_id) for each in agents.gone(at=now)],
        "notices": [{"kind": "done", "text": done}] if done else [],
        "now": now,
    }
    return render(request, "desk/agents.html", facts, status=status)


def _row(right: Agent, me: UUID) -> dict[str, object]:
    return {
        "right": right,
        "name": getattr(right, "name", None) or _("还没有填写姓名"),
        "giver": getattr(right, "giver", None) or _("系统维护人员"),
        "phone": masking.phone(right.person.account.phone),
        "in_hand": getattr(right, "in_hand", 0),
        "may_end": right.role == Agent.Role.AGENT and right.person_id != me,
    }
