"""Show officers who asks for another number, whose turn it is, and take each of the two words."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import phone_changes, vouching
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.organisations.phone_changes import Step
from yanxiu.training.people import identities
from yanxiu.web.office import two_officers
from yanxiu.web.shared import access

YES, NO = "yes", "no"


class AnswerForm(forms.Form):
    """Take yes with how one knows, or no with a reason."""

    outcome = forms.ChoiceField(choices=((YES, YES), (NO, NO)))
    means = forms.ChoiceField(
        label=gettext_lazy("您是怎样核实本人的"),
        choices=[(each.value, each.label) for each in vouching.MEANS],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("不同意的原因"),
        choices=[(each.value, each.label) for each in vouching.REASONS],
        required=False,
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=gettext_lazy("补充说明"),
        help_text=gettext_lazy("申请人会看到这句话"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": gettext_lazy("最多 %(limit_value)d 个字，现在有 %(show_value)d 个。"),
            "null_characters_not_allowed": gettext_lazy("内容编码有误，请重新输入。"),
        },
    )


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show what waits in the officer's branch, the oldest first."""
    by, at = request.user.person, clock.now()
    rows = vouching.waiting(request.held)
    facts = {
        "tally": vouching.tally(request.held),
        "rows": [
            (each, vouching.against(each, held=request.held, by=by, at=at) is None) for each in rows
        ],
        "now": at,
        "notices": _notices(request),
    }
    return render(request, "office/phone_changes.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, change_id: UUID) -> HttpResponse:
    """Show one request with what helps to answer it, and take the officer's word."""
    change = _found(request, change_id)
    if request.method != "POST":
        return _case(request, change, AnswerForm())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _case(request, change, form, status=HTTPStatus.BAD_REQUEST)
    try:
        two_officers.check_fresh(request)
        _answer(request, change, form.cleaned_data)
    except Refused as refused:
        fresh = _found(request, change_id)
        return _case(request, fresh, form, refused=refused, status=refused.status)
    return access.see_other(f"/office/phone-changes/?done={change.id}")


def _found(request: access.Office, change_id: UUID) -> PhoneChange:
    change = vouching.find(request.held, change_id)
    if change is None:
        raise Http404
    return change


def _answer(request: access.Office, change: PhoneChange, typed: dict[str, str]) -> None:
    """Give the domain the word that was chosen, at the step that is wanted."""
    held, by, at = request.held, request.user.person, clock.now()
    if typed["outcome"] == NO:
        no = typed["reason"], typed["sentence"]
        vouching.decline(change, held=held, no=no, by=by, at=at)
    elif phone_changes.step(change) == Step.APPROVE:
        vouching.approve(change, held=held, by=by, at=at)
    else:
        vouching.vouch(change, typed["means"], held=held, by=by, at=at)


def _case(
    request: access.Office,
    change: PhoneChange,
    form: AnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    identity = identities.current(change.person_id)
    by, at = request.user.person, clock.now()
    first = next((each for each in change.answers.all() if each.step == Step.VOUCH), None)
    facts = {
        "change": change,
        "identity": identity,
        "number": identities.masked_number(identity) if identity else "",
        "first": first,
        "step": phone_changes.step(change),
        "is_open": change.ended_at is None and change.due_at is None,
        "against": vouching.against(change, held=request.held, by=by, at=at),
        "is_fresh": access.is_fresh(request),
        "form": form,
        "refused": refused,
        "now": at,
    }
    return render(request, "office/phone_change.html", facts, status=status)


def _notices(request: access.Office) -> list[dict[str, str]]:
    """Say what the officer has just done, as its row tells it; asks nothing without `done`."""
    try:
        change = vouching.find(request.held, UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    answers = change.answers.all() if change else []
    mine = next((each for each in answers if each.by_id == request.user.person_id), None)
    if mine is None:
        return []
    words = {
        (Step.VOUCH, True): _("已记下您核实了本人，等县区管理员核准。"),
        (Step.APPROVE, True): _("已核准，48 小时后生效；原手机号的主人随时可以停止。"),
    }
    said = words.get((Step(mine.step), mine.is_yes), _("已退回，申请人会看到原因。"))
    return [{"kind": "done", "text": said}]
