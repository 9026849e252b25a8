"""Show the canned answers; let a lead write them, change them, and take them out of use."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.support import canned_answers, placeholders, refusals
from yanxiu.training.support.canned_answers import TEXT_MOST, TITLE_MOST
from yanxiu.training.support.models import Agent, CannedAnswer, Ticket
from yanxiu.web.shared import access
from yanxiu.web.shared.saying import BROKEN


class CannedForm(forms.Form):
    """Take the words of a canned answer, and for which tickets it is offered first."""

    title = forms.CharField(
        label=gettext_lazy("名称"),
        help_text=gettext_lazy("只有客服看到"),
        max_length=TITLE_MOST,
        error_messages={"required": gettext_lazy("请填写名称。")} | BROKEN,
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("类别"),
        required=False,
        choices=[("", gettext_lazy("所有类别")), *Ticket.Topic.choices],
        error_messages={"invalid_choice": gettext_lazy("请从列表中选择类别。")},
    )
    text = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("请填写内容。")} | BROKEN,
    )


@require_safe
@access.desk
def page(request: access.Desk) -> HttpResponse:
    """Show those in use, by topic."""
    done = {"written": _("已保存，客服现在就能用。"), "ended": _("已停用。")}
    text = done.get(request.GET.get("done", ""))
    facts = {
        "answers": canned_answers.every(),
        "places": placeholders.PLACES,
        "is_lead": request.right.role == Agent.Role.LEAD,
        "notices": [{"kind": "done", "text": text}] if text else [],
    }
    return render(request, "desk/canned_answers.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.lead
def new(request: access.Desk) -> HttpResponse:
    """Write one more."""
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@access.lead
def change(request: access.Desk, answer_id: UUID) -> HttpResponse:
    """Change one: the new words take the place of the old ones."""
    return _write(request, _found(answer_id))


@require_POST
@access.lead
def ending(request: access.Desk, answer_id: UUID) -> HttpResponse:
    """Take one out of use."""
    canned_answers.end(_found(answer_id), by=request.user.person, at=clock.now())
    return access.see_other(f"{reverse('desk_canned_answers')}?done=ended")


def _found(answer_id: UUID) -> CannedAnswer:
    found = canned_answers.find(answer_id)
    if found is None:
        raise Http404
    return found


def _write(request: access.Desk, old: CannedAnswer | None) -> HttpResponse:
    if request.method != "POST":
        known = {"title": old.title, "topic": old.topic, "text": old.text} if old else {}
        return _page(request, CannedForm(initial=known), old)
    form = CannedForm(request.POST)
    if not form.is_valid():
        return _page(request, form, old, status=HTTPStatus.BAD_REQUEST)
    words = (form.cleaned_data[name] for name in ("title", "topic", "text"))
    try:
        canned_answers.write(*words, instead_of=old, by=request.user.person, at=clock.now())
    except Refused as refused:
        field = "title" if isinstance(refused, refusals.TitleTaken) else None
        form.add_error(field, refused.message)
        return _page(request, form, old, status=refused.status)
    return access.see_other(f"{reverse('desk_canned_answers')}?done=written")


def _page(
    request: access.Desk,
    form: CannedForm,
    old: CannedAnswer | None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {"form": form, "old": old, "places": placeholders.PLACES}
    return render(request, "desk/canned_answer.html", facts, status=status)
