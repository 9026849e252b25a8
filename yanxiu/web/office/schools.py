"""Show officers the register: the schools of their branch, one school whole, and a new one."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import (
    changes,
    listing,
    reach,
    refusals,
    register,
    schools,
    scopes,
)
from yanxiu.training.organisations.models import Officer, Region, School
from yanxiu.training.organisations.register import Opening
from yanxiu.web.office.school_forms import ListForm, NewForm
from yanxiu.web.shared import access

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
# With more counties than this a list of them helps nobody: their code is asked for.
COUNTIES_MOST = 400


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """List the schools of the branch, by the tree or by what was typed."""
    form = ListForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    region, regions = _regions(request.held, typed.get("region", ""))
    wanted = listing.Wanted(
        text=typed.get("q", ""),
        type_code=typed.get("type", ""),
        state=typed.get("state") or listing.State.OPEN,
        region=region,
        after=typed.get("after", ""),
    )
    found, status = listing.Page([]), HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    try:
        found = listing.page(request.held, wanted)
    except refusals.SearchTooShort as refused:
        form.add_error("q", refused.message)
        status = HTTPStatus.BAD_REQUEST
    facts = {
        "form": form,
        "wanted": wanted,
        "region": region,
        "regions": regions,
        "found": found,
        "queues": listing.queues(request.held),
        "may_add": scopes.regions.ever("add_school", request.held),
    }
    return render(request, "office/schools.html", facts, status=status)


@require_safe
@access.office
def school(request: access.Office, school_id: UUID) -> HttpResponse:
    """Show one school: what it is, what became of it, who serves it, how many teach there."""
    found, now = load(request, school_id), clock.now()
    facts = {
        "school": found,
        "reach": reach.of(found),
        "changes": listing.history(found),
        "officers": listing.officers(found, at=now),
        "now": now,
        "may_change": scopes.schools.may("change", request.held, found) and not found.closed_on,
        "may_correct": scopes.schools.may("correct", request.held, found) and not found.closed_on,
        "may_move": any(grant.level not in {"school", "county"} for grant in request.held),
        "notices": _notices(request),
    }
    return render(request, "office/school.html", facts)


@_PAGE
@access.office
def new(request: access.Office) -> HttpResponse:
    """Add a school to a county of the branch."""
    if not scopes.regions.ever("add_school", request.held):
        raise PermissionDenied
    counties = choosable(request.held)
    if request.method != "POST":
        return _new(request, NewForm(initial={"opened_on": _today()}, counties=counties))
    form = NewForm(request.POST, counties=counties)
    if not form.is_valid():
        return _new(request, form, status=HTTPStatus.BAD_REQUEST)
    try:
        added = register.open_school(
            opening(form.cleaned_data), held=request.held, by=request.user.person, at=clock.now()
        )
    except Refused as refused:
        return _new(request, form, refused=refused, status=refused.status)
    return to_school(added, "opened")


def load(request: access.Office, school_id: UUID, *, act: str = "") -> School:
    """Return a school of the branch; 404 outside of it, 403 where the act is not the officer's."""
    found = listing.find(request.held, school_id, at=clock.now())
    if found is None:
        raise Http404
    if act and not scopes.schools.may(act, request.held, found):
        raise PermissionDenied
    return found


def opening(typed: dict[str, object]) -> Opening:
    """Return what a valid form says of a new school."""
    return Opening(
        code=str(typed["code"]),
        name=str(typed["name"]),
        type_code=str(typed["type"]),
        county_code=str(typed["county"]).strip(),
        opened_on=typed["opened_on"],  # type: ignore[arg-type]  # the form has read a day
    )


def choosable(held: list[Officer]) -> list[Region] | None:
    """Return the counties to choose from, or None where there are too many for a list."""
    if any(grant.level == "nation" for grant in held):
        return None
    counties = listing.counties(held)
    return counties if len(counties) <= COUNTIES_MOST else None


def to_school(found: School, done: str) -> HttpResponse:
    """Lead to a school's page, which says what was done."""
    query = urlencode({"done": done})
    return access.see_other(f"{reverse('office_school', args=[found.pk])}?{query}")


def _new(
    request: access.Office,
    form: NewForm,
    *,
    refused: Refused | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {"form": form, "refused": refused}
    return render(request, "office/school_new.html", facts, status=status)


def _today() -> str:
    return f"{changes.today(clock.now()):%Y-%m-%d}"


def _regions(held: list[Officer], code: str) -> tuple[Region | None, list[Region]]:
    """Return the region chosen in the branch, if any, and those right below to choose from."""
    top = held[0].region.code if held[0].region else ""
    known = {region.code: region for region in schools.around(code or top)}
    chosen = known.get(code)
    if chosen and not scopes.regions.sees(held, chosen):
        chosen = None
    above = chosen.code if chosen else top
    return chosen, [region for region in known.values() if region.parent_id == above]


def _notices(request: access.Office) -> list[dict[str, str]]:
    words = {
        "opened": _("学校已新增，老师现在可以选择它。"),
        "renamed": _("学校已更名，用原来的名称也能找到它。"),
        "retyped": _("办学类型已更正；因学制不能报名的老师会收到消息。"),
        "moved": _("学校已划入新的县（区），老师和管理员随之转入。"),
        "merged": _("学校已并入，老师和认证随之转入。"),
        "closed": _("学校已停办，老师已收到消息。"),
    }
    said = words.get(request.GET.get("done", ""))
    return [{"kind": "done", "text": said}] if said else []
