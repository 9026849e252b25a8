"""Show officers who asks for another name or number, with what shows it, and take their answers."""

from dataclasses import dataclass
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
from yanxiu.training.journeys import correcting
from yanxiu.training.organisations import (
    competence,
    correction_queue,
    corrections,
    differences,
    matching,
    proofs,
    scopes,
)
from yanxiu.training.organisations.differences import Difference
from yanxiu.training.organisations.models import Correction, CorrectionAnswer, Decision
from yanxiu.training.people import masking
from yanxiu.web.office.forms import AnswerForm, PlaceField
from yanxiu.web.shared import access


class PageForm(forms.Form):
    """Take which page of the list is wanted."""

    after = PlaceField(required=False)


class CorrectionAnswerForm(AnswerForm):
    """Take yes, or no with a reason of its own."""

    reason = forms.ChoiceField(
        label=gettext_lazy("退回的原因"),
        choices=CorrectionAnswer.Reason.choices,
        required=False,
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """Be a request as the list shows it."""

    asked: Correction
    difference: Difference
    may_answer: bool


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show the corrections that wait in the officer's branch, the oldest first."""
    by, at = request.user.person, clock.now()
    form = PageForm(request.GET)
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    found = correction_queue.page(request.held, after=form.cleaned_data.get("after"))
    facts = {
        "form": form,
        "tally": correction_queue.tally(request.held, by=by, at=at),
        "first": correction_queue.next_for(request.held, by=by, at=at),
        "page": found,
        "rows": [_row(request, asked) for asked in found.rows],
        "one_school": len(request.held) == 1 and request.held[0].school_id is not None,
        "now": at,
        "notices": _done(request),
    }
    return render(request, "office/corrections.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, correction_id: UUID) -> HttpResponse:
    """Show one request with all that helps to answer it, and take the officer's answer."""
    asked = _found(request, correction_id)
    if request.method != "POST":
        return _case(request, asked, CorrectionAnswerForm())
    form = CorrectionAnswerForm(request.POST)
    if not form.is_valid():
        return _case(request, asked, form, status=HTTPStatus.BAD_REQUEST)
    try:
        _answer(request, asked, form.cleaned_data)
    except Refused as refused:
        fresh = _found(request, correction_id)
        return _case(request, fresh, form, refused=refused, status=refused.status)
    return access.see_other(_onward(request, asked))


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def proof(request: access.Office, correction_id: UUID) -> HttpResponse:
    """Note that she looks at the picture, and lead back; hand it to whoever has just asked."""
    asked, by, at = _found(request, correction_id), request.user.person, clock.now()
    if request.method == "POST":
        proofs.look(asked, held=request.held, by=by, at=at)
        return access.see_other(f"{reverse('office_correction', args=[asked.id])}#proof")
    picture = proofs.shown(asked, held=request.held, by=by, at=at)
    answer = HttpResponse(picture, content_type="image/jpeg")
    answer["Content-Disposition"] = 'attachment; filename="proof.jpg"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _row(request: access.Office, asked: Correction) -> Row:
    by, at = request.user.person, clock.now()
    against = competence.against(asked, held=request.held, by=by, at=at)
    return Row(asked, differences.of(asked), against is None)


def _found(request: access.Office, correction_id: UUID) -> Correction:
    asked = correction_queue.find(request.held, correction_id)
    if asked is None:
        raise Http404
    return asked


def _answer(request: access.Office, asked: Correction, typed: dict[str, str]) -> None:
    """Give the domain the answer that was chosen."""
    held, by, at = request.held, request.user.person, clock.now()
    if typed["outcome"] == Decision.Outcome.APPROVED:
        correcting.approve(asked, held=held, by=by, at=at)
    else:
        no = typed["reason"], typed["sentence"]
        correcting.reject(asked, held=held, no=no, by=by, at=at)


def _onward(request: access.Office, asked: Correction) -> str:
    """Return where the next one waits, or the list when none does; both say what was done."""
    by, at = request.user.person, clock.now()
    following = correction_queue.next_for(request.held, by=by, at=at)
    to = reverse("office_corrections")
    if following:
        to = reverse("office_correction", args=[following.id])
    return f"{to}?done={asked.id}"


def _case(
    request: access.Office,
    asked: Correction,
    form: CorrectionAnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    by, at = request.user.person, clock.now()
    answer, post = corrections.answer(asked), asked.post
    is_open = answer is None and asked.withdrawn_at is None
    against = competence.against(asked, held=request.held, by=by, at=at) if is_open else None
    facts = {
        "asked": asked,
        "difference": differences.of(asked),
        "compared": matching.one(asked, differences.becoming(asked)) if is_open else None,
        "phone": masking.phone(post.person.account.phone),
        "answer": answer,
        "is_open": is_open,
        "against": against,
        "has_proof": asked.proof_sealed is not None,
        "looked": is_open and against is None and proofs.has_looked(asked, by=by, at=at),
        "may_end": post.ended_at is None and scopes.posts.may("end", request.held, post),
        "form": form,
        "refused": refused,
        "now": at,
        "notices": _done(request),
    }
    return render(request, "office/correction.html", facts, status=status)


def _done(request: access.Office) -> list[dict[str, str]]:
    """Say what the officer has just answered, as its row tells it; asks nothing without `done`."""
    try:
        asked = correction_queue.find(request.held, UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    answer = corrections.answer(asked) if asked else None
    if asked is None or answer is None or answer.by_id != request.user.person_id:
        return []
    words = {
        Decision.Outcome.APPROVED: _("已核准%(name)s的更正，身份信息已更新，认证没有中断。"),
        Decision.Outcome.REJECTED: _("已退回%(name)s的更正申请，老师会看到原因。"),
    }
    said = words[Decision.Outcome(answer.outcome)] % {"name": asked.name}
    return [{"kind": "done", "text": said}]
