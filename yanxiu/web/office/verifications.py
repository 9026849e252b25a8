"""Show officers who waits for them, and take their answers one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import batches, laundering, verifying
from yanxiu.training.organisations import (
    cases,
    competence,
    differences,
    matching,
    scopes,
    waiting,
)
from yanxiu.training.organisations.comparison import Comparison
from yanxiu.training.organisations.differences import Difference
from yanxiu.training.organisations.models import Decision, Verification
from yanxiu.training.people import identities, masking
from yanxiu.web.office.forms import ROSTERS, STATES, AnswerForm, SearchForm
from yanxiu.web.shared import access

# What narrows the list goes along from page to page.
KEPT = ("q", "roster", "state")


@dataclass(frozen=True, slots=True)
class Row:
    """Be a request as a list shows it."""

    asked: Verification
    number: str
    compared: Comparison
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """Be a way to narrow the list; pressed again it is taken off."""

    label: str | Promise
    url: str
    is_on: bool


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show the teachers of the officer's branch who wait for their school, the oldest first."""
    by, at = request.user.person, clock.now()
    search = SearchForm(request.GET)
    status = HTTPStatus.OK if search.is_valid() else HTTPStatus.BAD_REQUEST
    wanted = search.wanted()
    places = {name: search.cleaned_data.get(name) for name in ("after", "before")}
    found = waiting.page(request.held, wanted, by=by, at=at, **places)
    facts = {
        "search": search,
        "wanted": wanted,
        "kept": kept(request),
        "filters": list(_filters(request, search)),
        "tally": waiting.tally(request.held, by=by, at=at),
        "page": found,
        "rows": rows(request, found.rows),
        "last_batch": batches.latest(by=by),
        "all_picked": request.GET.get("picked") == "all",
        "one_school": len(request.held) == 1 and request.held[0].school_id is not None,
        "now": at,
        "notices": done(request),
    }
    return render(request, "office/verifications.html", facts, status=status)


@require_safe
@access.office
def onward(request: access.Office) -> HttpResponse:
    """Lead to who comes next of those whom the officer may answer, or to the list at the end."""
    search = SearchForm(request.GET)
    wanted = search.wanted()
    after = search.cleaned_data.get("after")
    return access.see_other(_next(request, wanted, after))


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def case(request: access.Office, verification_id: UUID) -> HttpResponse:
    """Show one request with all that helps to answer it, and take the officer's answer."""
    asked = _found(request, verification_id)
    if request.method != "POST":
        return _case(request, asked, AnswerForm())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _case(request, asked, form, status=HTTPStatus.BAD_REQUEST)
    try:
        _answer(request, asked, form.cleaned_data)
    except Refused as refused:
        fresh = _found(request, verification_id)
        return _case(request, fresh, form, refused=refused, status=refused.status)
    search = SearchForm(request.GET)
    to = _next(request, search.wanted(), waiting.Place.of(asked), done=str(asked.id))
    return access.see_other(to)


def rows(request: access.Office, found: list[Verification]) -> list[Row]:
    """Return requests with masked numbers, how they compare, and whether she may answer them."""
    by, at = request.user.person, clock.now()
    compared = matching.of(found)
    return [
        Row(
            asked,
            identities.masked_number(asked.identity),
            compared[asked.id],
            competence.against(asked, held=request.held, by=by, at=at) is None,
        )
        for asked in found
    ]


def kept(request: access.Office, **more: str) -> str:
    """Return what narrows the list as a query string, with its "?" where there is any."""
    values = {name: request.GET.get(name, "") for name in KEPT} | more
    said = {name: value for name, value in values.items() if value}
    return f"?{urlencode(said)}" if said else ""


def done(request: access.Office) -> list[dict[str, str]]:
    """Say what the officer has just answered, as its row tells it; asks nothing without `done`."""
    try:
        asked = cases.find(request.held, UUID(request.GET.get("done", "")))
    except ValueError:
        return []
    said = _said(asked, request) if asked else None
    return [said] if said else []


def _filters(request: access.Office, search: SearchForm) -> Iterator[Filter]:
    for name, choices in (("roster", ROSTERS), ("state", STATES)):
        on = search.cleaned_data.get(name, "")
        for value, label in choices:
            query = kept(request, **{name: "" if value == on else value})
            yield Filter(label, f"{request.path}{query}", value == on)


def _said(asked: Verification, request: access.Office) -> dict[str, str] | None:
    decision: Decision | None = getattr(asked, "decision", None)
    name = {"name": asked.identity.name}
    if decision is None:
        risen = asked.needs_county and asked.withdrawn_at is None
        text = _("%(name)s的申请已转给县区管理员复核，暂未通过。") % name
        return {"kind": "wait", "text": text} if risen else None
    if decision.by_id != request.user.person_id:
        return None
    words = {
        Decision.Outcome.APPROVED: _("已通过%(name)s的认证。"),
        Decision.Outcome.REJECTED: _("已退回%(name)s的申请，老师会看到原因。"),
    }
    return {"kind": "done", "text": words[Decision.Outcome(decision.outcome)] % name}


def _found(request: access.Office, verification_id: UUID) -> Verification:
    asked = cases.find(request.held, verification_id)
    if asked is None:
        raise Http404
    return asked


def _answer(request: access.Office, asked: Verification, typed: dict[str, str]) -> None:
    """Give the domain the answer that was chosen."""
    by, at, held = request.user.person, clock.now(), request.held
    if typed["outcome"] == Decision.Outcome.APPROVED:
        verifying.approve(asked, held=held, by=by, at=at)
    else:
        no = typed["reason"], typed["sentence"]
        verifying.reject(asked, held=held, no=no, by=by, at=at)


def _next(
    request: access.Office, wanted: waiting.Wanted, after: waiting.Place | None, **more: str
) -> str:
    """Return where the next one waits, or the list when nobody is left; the search goes along."""
    by = request.user.person
    found = waiting.following(request.held, wanted, by=by, at=clock.now(), after=after)
    to = reverse("office_case", args=[found.id]) if found else reverse("office_verifications")
    return f"{to}{kept(request, **more)}"


def _case(
    request: access.Office,
    asked: Verification,
    form: AnswerForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    by, at = request.user.person, clock.now()
    decision: Decision | None = getattr(asked, "decision", None)
    is_open = decision is None and asked.withdrawn_at is None
    onward_from = {"after": str(waiting.Place.of(asked))}
    facts = {
        "asked": asked,
        "number": identities.masked_number(asked.identity),
        "phone": masking.phone(asked.post.person.account.phone),
        "compared": matching.of([asked])[asked.id],
        "difference": _difference(asked) if is_open else None,
        "decision": decision,
        "others": cases.others(asked),
        "is_open": is_open,
        "against": competence.against(asked, held=request.held, by=by, at=at),
        "may_end": asked.post.ended_at is None
        and scopes.posts.may("end", request.held, asked.post),
        "left": waiting.tally(request.held, by=by, at=at).mine,
        "form": form,
        "refused": refused,
        "kept": kept(request),
        "onward": f"{reverse('office_verification_next')}{kept(request, **onward_from)}",
        "now": at,
        "notices": [] if refused else done(request),
    }
    return render(request, "office/case.html", facts, status=status)


def _difference(asked: Verification) -> Difference | None:
    """Return what lies between whom she studied as and whom the county would confirm."""
    earned = laundering.earned_as(asked) if asked.needs_county else None
    return differences.between(earned, asked.identity) if earned else None
