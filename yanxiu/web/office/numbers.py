"""Show an officer a whole document number, once she has said what it is needed for."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import opened_numbers
from yanxiu.training.organisations.models import Post
from yanxiu.training.organisations.opened_numbers import SENTENCE_MOST, Reason
from yanxiu.training.people import identities
from yanxiu.web.shared import access


class ReasonForm(forms.Form):
    """Take what the number is needed for."""

    reason = forms.ChoiceField(
        label=_("查看的原因"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择一个原因。"),
            "invalid_choice": _("请选择一个原因。"),
        },
    )
    sentence = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=SENTENCE_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"null_characters_not_allowed": _("内容编码有误，请重新输入。")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def page(request: access.Office, person_id: UUID) -> HttpResponse:
    """Ask for the reason and a fresh second factor, then show the number this once."""
    post = opened_numbers.post_of(person_id, held=request.held)
    if post is None:
        raise Http404
    if not access.is_fresh(request):
        return access.ask_factor(request)
    if request.method != "POST":
        return _page(request, post, ReasonForm())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, post, form, status=HTTPStatus.BAD_REQUEST)
    why = (Reason(form.cleaned_data["reason"]), form.cleaned_data["sentence"])
    by, at = request.user.person, clock.now()
    try:
        number = opened_numbers.open_number(post, why, held=request.held, by=by, at=at)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, post, form, status=refused.status)
    return _page(request, post, form, number=number)


def _page(
    request: access.Office,
    post: Post,
    form: ReasonForm,
    *,
    number: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    identity = identities.current(post.person_id)
    facts = {
        "post": post,
        "identity": identity,
        "masked": identities.masked_number(identity) if identity else "",
        "form": form,
        "number": number,
        "most": opened_numbers.A_DAY,
    }
    return render(request, "office/number.html", facts, status=status)
