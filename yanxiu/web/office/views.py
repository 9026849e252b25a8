"""Show officers who waits for them, and take their answers."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import verifying
from yanxiu.training.organisations import cases, competence, grants
from yanxiu.training.organisations.models import Decision, Officer, Verification
from yanxiu.training.people import identities, masking
from yanxiu.web.office.forms import AnswerForm, SearchForm
from yanxiu.web.shared import access


@require_safe
@access.office
def waiting(request: access.Office) -> HttpResponse:
    """Show the teachers of the officer's branch who wait for their school, the oldest first."""
    held = request.held
    search = SearchForm(request.GET)
    wanted = search.cleaned_data if search.is_valid() else {}
    text = wanted.get("q", "")
    page = cases.page(held, text=text, after=wanted.get("after"), before=wanted.get("before"))
    rows = [_row(request, held, asked) for asked in page.rows]
    facts = _scope(request, held) | {
        "search": search,
        "text": text,
        "tally": cases.tally(held),
        "rows": rows,
        "page": page,
        "decides": any(grant.school_id for grant in held),
        "one_school": len(held) == 1 and held[0].school_id is not None,
        "first": next((asked for asked, _number, may_answer in rows if may_answer), None),
    }
    status = HTTPStatus.OK if search.is_valid() else HTTPStatus.BAD_REQUEST
    return render(request, "office/waiting.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, verification_id: UUID) -> HttpResponse:
    """Show one request with all that helps to answer it, and take the school's answer."""
    held = request.held
    form = AnswerForm(request.POST if request.method == "POST" else None)
    asked = _found(held, verification_id)
    if request.method != "POST":
        return _case(request, held, asked, form)
    if not form.is_valid():
        return _case(request, held, asked, form, status=HTTPStatus.BAD_REQUEST)
    try:
        _answer(request, held, asked, form.cleaned_data)
    except Refused as refused:
        fresh = _found(held, verification_id)
        return _case(request, held, fresh, form, refused=refused, status=refused.status)
    return access.see_other(_onward(request, held, asked))


def _row(
    request: access.Office, held: list[Officer], asked: Verification
) -> tuple[Verification, str, bool]:
    """Return a request, its masked number, and whether this officer may answer it."""
    against = competence.against(asked, held=held, by=request.user.person, at=clock.now())
    return asked, identities.masked_number(asked.identity), against is None


def _found(held: list[Officer], verification_id: UUID) -> Verification:
    asked = cases.find(held, verification_id)
    if asked is None:
        raise Http404
    return asked


def _answer(
    request: access.Office, held: list[Officer], asked: Verification, typed: dict[str, str]
) -> None:
    """Give the domain the answer that was chosen."""
    by, at = request.user.person, clock.now()
    if typed["outcome"] == Decision.Outcome.APPROVED:
        verifying.approve(asked, held=held, by=by, at=at)
    else:
        no = typed["reason"], typed["sentence"]
        verifying.reject(asked, held=held, no=no, by=by, at=at)


def _onward(request: access.Office, held: list[Officer], asked: Verification) -> str:
    """Return where the next one waits, or the list when nobody does; both say what was done."""
    following = cases.next_for(held, by=request.user.person, at=clock.now())
    to = reverse("office_case", args=[following.id]) if following else reverse("office")
    return f"{to}?done={asked.id}"


def _case(
    request: access.Office,
    held: list[Officer],
    asked: Verification,
    form: AnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    decision: Decision | None = getattr(asked, "decision", None)
    is_open = decision is None and asked.withdrawn_at is None
    facts = _scope(request, held) | {
        "asked": asked,
        "number": identities.masked_number(asked.identity),
        "phone": masking.phone(asked.post.person.account.phone),
        "decision": decision,
        "others": cases.others(asked),
        "is_open": is_open,
        "against": competence.against(asked, held=held, by=request.user.person, at=clock.now()),
        "form": form,
        "refused": refused,
    }
    return render(request, "office/case.html", facts, status=status)


def _scope(request: access.Office, held: list[Officer]) -> dict[str, object]:
    """Return what both pages show above all else: whom the officer serves, and what was done."""
    return {
        "scopes": [(grants.way_down(grant), grant.get_level_display()) for grant in held],
        "now": clock.now(),
        "notices": _done(request, held),
    }


def _done(request: access.Office, held: list[Officer]) -> list[dict[str, str]]:
    """Say what the officer has just answered, as its row tells it."""
    try:
        asked = cases.find(held, UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    decision: Decision | None = getattr(asked, "decision", None)
    if asked is None or decision is None or decision.by_id != request.user.person_id:
        return []
    words = {
        Decision.Outcome.APPROVED: _("已通过%(name)s的认证。"),
        Decision.Outcome.REJECTED: _("已退回%(name)s的申请，老师会看到原因。"),
    }
    said = words[Decision.Outcome(decision.outcome)] % {"name": asked.identity.name}
    return [{"kind": "done", "text": said}]
