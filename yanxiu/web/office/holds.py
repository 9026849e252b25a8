"""Show officers which hours are held in their branch; let them lift a hold or answer an appeal."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.integrity import appeals, holding, holds, refusals
from yanxiu.training.integrity.models import Appeal, Hold
from yanxiu.web.office import doubt_words
from yanxiu.web.office.doubt_forms import ANSWER, LIFT, AnswerForm, HoldListForm, LiftForm
from yanxiu.web.office.doubts import check_county, tabs
from yanxiu.web.shared import access


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List the holds of the branch, the latest first; all stands in the address."""
    check_county(request)
    form = HoldListForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    state = typed.get("state", "current")
    rows, more = holds.page(request.held, state, after=typed.get("after"))
    facts = tabs(request) | {
        "form": form,
        "rows": rows,
        "state": state,
        "is_first": not typed.get("after"),
        "onward": rows[-1].id if more else None,
        "now": clock.now(),
    }
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "office/holds.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, hold_id: UUID) -> HttpResponse:
    """Show a hold with its doubt, appeals and answers; take a lift, or the answer of an appeal."""
    found = _found(request, hold_id)
    check_county(request)
    if request.method != "POST":
        return _shown(request, found)
    outcome = request.POST.get("deed")
    lift = LiftForm(request.POST if outcome == LIFT else None)
    answer = AnswerForm(request.POST if outcome == ANSWER else None)
    try:
        if outcome == LIFT and lift.is_valid():
            _lift(request, found, lift)
            return access.see_other(f"{request.path}?done=lifted")
        if outcome == ANSWER and answer.is_valid():
            _answer(request, found, answer)
            return access.see_other(f"{request.path}?done=answered")
    except Refused as refused:
        return _shown(request, _found(request, hold_id), (lift, answer), refused=refused)
    return _shown(request, found, (lift, answer), status=HTTPStatus.BAD_REQUEST)


def _found(request: access.Office, hold_id: UUID) -> Hold:
    found = holds.find(request.held, hold_id)
    if found is None:
        raise Http404
    return found


def _lift(request: access.Office, found: Hold, form: LiftForm) -> None:
    sentence = form.cleaned_data["sentence"]
    holding.lift(found, sentence, held=request.held, by=request.user.person, at=clock.now())


def _answer(request: access.Office, found: Hold, form: AnswerForm) -> None:
    waiting = _waiting(found, appeals.of(found))
    if waiting is None:
        raise refusals.AppealSettled
    typed, by = form.cleaned_data, request.user.person
    appeals.answer(
        waiting, typed["outcome"], typed["sentence"], held=request.held, by=by, at=clock.now()
    )


def _shown(
    request: access.Office,
    found: Hold,
    typed: tuple[forms.Form, forms.Form] | None = None,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    said = appeals.of(found)
    lift, answer = typed or (LiftForm(), AnswerForm())
    facts = _against(request, found, said) | {
        "hold": found,
        "appeals": said,
        "sentence": doubt_words.sentence(found.doubt),
        "picture": doubt_words.picture(found.doubt),
        "lift": lift,
        "form": answer,
        "refused": refused,
        "notices": _notices(request),
        "now": clock.now(),
    }
    status = refused.status if refused else status
    return render(request, "office/hold.html", facts, status=status)


def _against(request: access.Office, found: Hold, said: list[Appeal]) -> dict[str, object]:
    """Return what waits for an answer, and why this officer may not lift or answer, if so."""
    held, by = request.held, request.user.person
    answers = [each.answer for each in said if hasattr(each, "answer")]
    waiting = _waiting(found, said)
    return {
        "waiting": waiting,
        "against_answering": waiting
        and appeals.against_answering(waiting, held=held, by=by, said=answers),
        "against_lifting": holding.against_lifting(found, held=held, by=by, said=answers),
    }


def _waiting(found: Hold, said: list[Appeal]) -> Appeal | None:
    """Return the appeal that waits for an answer, with its hold at hand."""
    waiting = next((each for each in said if each.settled_at is None), None)
    if waiting:
        waiting.hold = found
    return waiting


def _notices(request: access.Office) -> list[dict[str, str]]:
    words = {
        "placed": _("已暂缓认定，老师已收到通知。学习照常记录。"),
        "lifted": _("已解除，学时全部恢复，老师已收到通知。"),
        "answered": _("已答复，老师和作出决定的管理员已收到通知。"),
    }
    done = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": done}] if done else []
