"""Show a teacher why her hours are held, take her appeal, and tell her the answer."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.integrity import appeals, holds, refusals
from yanxiu.training.integrity.models import Hold
from yanxiu.web.shared import access, saying


class AppealForm(forms.Form):
    """Take what she says; how long it may be is for the domain to say, which keeps a draft."""

    text = forms.CharField(
        label=gettext_lazy("您的说明"),
        help_text=gettext_lazy(
            "最多 2,000 字。写清当时怎样学习、用了什么设备，有什么可以核实。由上一级管理员答复。"
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": refusals.AppealEmpty.sentence} | saying.BROKEN,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def page(request: access.SignedIn, hold_id: UUID) -> HttpResponse:
    """Show a hold of her hours with all that was said about it; take an appeal or its draft."""
    found = holds.own(request.user.person_id, hold_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, found, None)
    if kept := _kept(request, found):
        return kept
    form = AppealForm(request.POST)
    status: int = HTTPStatus.BAD_REQUEST
    if form.is_valid():
        try:
            appeals.write(found, form.cleaned_data["text"], by=request.user.person, at=clock.now())
            return access.see_other(f"{request.path}?done=appealed")
        except Refused as refused:
            form.add_error("text", refused.message)
            status = refused.status
    _keep(request, found)
    return _shown(request, found, form, status=status)


def _kept(request: access.SignedIn, found: Hold) -> HttpResponse | None:
    """Keep or discard a draft where that is what was asked for, and answer; else return None."""
    if "discard" in request.POST:
        appeals.drop(found)
        return access.see_other(request.path)
    if "keep" not in request.POST:
        return None
    _keep(request, found)
    if saying.BY_SCRIPT in request.headers:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return access.see_other(f"{request.path}?done=kept")


def _keep(request: access.SignedIn, found: Hold) -> None:
    text = request.POST.get("text", "").replace("\0", "")
    appeals.keep(found, text, at=clock.now())


def _shown(
    request: access.SignedIn, found: Hold, form: AppealForm | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    draft = appeals.draft(found)
    said = appeals.of(found)
    words = {
        "kept": _("草稿已保存，随时可以接着写。"),
        "appealed": _("申诉已提交。有了答复会通知您，您不用等在这里。"),
    }
    done = words.get(request.GET.get("done", ""))
    facts = {
        "hold": found,
        "appeals": said,
        "is_waiting": any(each.settled_at is None for each in said),
        "form": form or AppealForm(initial={"text": draft.text if draft else ""}),
        "draft": None if form else draft,
        "notices": [{"kind": "done", "text": done}] if done else [],
        "now": clock.now(),
    }
    return render(request, "teacher/hold.html", facts, status=status)
