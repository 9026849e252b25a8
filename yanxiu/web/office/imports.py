"""Let officers hand sheets in: choose, upload, look, confirm, follow, and mend what was refused."""

from http import HTTPStatus
from typing import IO
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.foundation.sheets import Form
from yanxiu.training.journeys import importing
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.imports import columns as sheet_columns
from yanxiu.training.organisations.imports import (
    files,
    kinds,
    listing,
    previewing,
    recognising,
    refusals,
)
from yanxiu.training.organisations.imports import handing_in as handing
from yanxiu.training.organisations.imports.handing_in import Handed
from yanxiu.training.organisations.models import Import, Officer
from yanxiu.web.office.import_forms import AfterForm, ColumnsForm, SheetForm
from yanxiu.web.shared import access, uploads


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show what can be imported, and the imports of the officer's branch."""
    place = AfterForm(request.GET)
    place.is_valid()
    found = listing.page(request.held, after=place.cleaned_data.get("after"))
    facts = {
        "kinds": [kind for kind in kinds.ORDER if kinds.may(kind, request.held)],
        "keeps_roster": scopes.roster_entries.ever("keep", request.held),
        "page": found,
        "is_first": "after" not in request.GET,
        "now": clock.now(),
    }
    return render(request, "office/imports.html", facts)


@require_safe
@access.office
def template(request: access.Office, kind: str) -> HttpResponse:
    """Give the template of a kind."""
    known = _known(request, kind)
    name = f"{Import.Kind(known).label}导入模板.xlsx"
    return _download(listing.template(known), name)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
@uploads.at_most(files.BYTES_MOST)
def handing_in(request: access.Office, kind: str) -> HttpResponse:
    """Explain a kind of sheet, and take one; a column that is not known is asked about."""
    known = _known(request, kind)
    given = kinds.may(known, request.held)
    if request.method != "POST":
        return _asking(request, known, SheetForm(given, known))
    form = SheetForm(given, known, request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, known, form, status=HTTPStatus.BAD_REQUEST)
    by, at = request.user.person, clock.now()
    try:
        made = importing.hand_in(_handed(known, form, given), by=by, at=at)
    except Refused as refused:
        form.add_error("sheet", refused.message)
        return _asking(request, known, form, status=refused.status)
    if made.rows is not None and handing.missing(made):
        return _preview(request, _found(request, made.id), status=HTTPStatus.BAD_REQUEST)
    return access.see_other("office_import", made.id)


@require_safe
@access.office
def sheet(request: access.Office, import_id: UUID) -> HttpResponse:
    """Show an import as it stands: looked at, to be confirmed, under way, or what it became."""
    found = _found(request, import_id)
    if found.started_at is None and found.finished_at is None:
        return _looking(request, found) if found.rows is None else _preview(request, found)
    place = AfterForm(request.GET)
    place.is_valid()
    done = found.staged if found.read_at is None else found.taken + found.refused
    whole = max(1, found.rows or 1)
    facts = {
        "sheet": found,
        "is_mine": found.by_id == request.user.person_id,
        "refusals": listing.refused(found, after=place.cleaned_data.get("row") or 0),
        "is_first": "row" not in request.GET,
        # Reading is half of the way, taking in the other half.
        "share": (done * 50 // whole) + (50 if found.read_at else 0),
        "done": done,
        "why": refusals.said(found.stopped_by, found.stopped_facts),
        "form": _another(request, found),
        "now": clock.now(),
    }
    return render(request, "office/import.html", facts)


@require_POST
@access.office
def columns(request: access.Office, import_id: UUID) -> HttpResponse:
    """Take which column of the sheet is which."""
    found = _mine(request, import_id)
    form = ColumnsForm(found, recognising.looked(found), request.POST)
    if not form.is_valid():
        return _preview(request, found, form, status=HTTPStatus.BAD_REQUEST)
    try:
        handing.choose(found, form.chosen(), by=request.user.person, at=clock.now())
    except Refused as refused:
        form.add_error(None, refused.message)
        return _preview(request, found, form, status=refused.status)
    return access.see_other("office_import", found.id)


@require_POST
@access.office
def confirmation(request: access.Office, import_id: UUID) -> HttpResponse:
    """Let the job begin; giving rights asks for a fresh second factor, as on their own page."""
    found = _found(request, import_id)
    to = reverse("office_import", args=[found.id])
    if found.kind == sheet_columns.OFFICERS and not access.is_fresh(request):
        return access.ask_factor(request, onward=to)
    importing.confirm(found, held=request.held, by=request.user.person, at=clock.now())
    return access.see_other(to)


@require_POST
@access.office
def cancellation(request: access.Office, import_id: UUID) -> HttpResponse:
    """Stop an import, or throw a sheet away that was never confirmed."""
    found = _found(request, import_id)
    handing.cancel(found, by=request.user.person, at=clock.now())
    return access.see_other("office_import", found.id)


@require_safe
@access.office
def refused(request: access.Office, import_id: UUID) -> HttpResponse:
    """Give the refused rows alone, each with its reason, to be mended and handed in again."""
    found = _found(request, import_id)
    file = listing.refused_sheet(found, by=request.user.person)
    return _download(file, f"未导入的行-{found.filename.rpartition('.')[0]}.xlsx")


def _known(request: access.Office, kind: str) -> str:
    """Return a kind's name; there is no other kind, and another level's is refused."""
    if kind not in kinds.ORDER:
        raise Http404
    if not kinds.may(kind, request.held):
        raise refusals.MayNotImport
    return kind


def _found(request: access.Office, import_id: UUID) -> Import:
    found = listing.find(request.held, import_id)
    if found is None:
        raise Http404
    return found


def _mine(request: access.Office, import_id: UUID) -> Import:
    """Return an import that still waits to be confirmed by this very officer."""
    found = _found(request, import_id)
    handing.check_open(found, by=request.user.person)
    return found


def _handed(kind: str, form: SheetForm, given: list[Officer]) -> Handed:
    typed = form.cleaned_data
    grant = next(grant for grant in given if str(grant.id) == typed["node"])
    file = typed["sheet"]
    return Handed(kind, grant, file.name or "", form.content(), typed["mode"])


def _asking(
    request: access.Office, kind: str, form: SheetForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    facts = {
        "kind": kind,
        "label": Import.Kind(kind).label,
        "columns": sheet_columns.shown(kind),
        "form": form,
    }
    return render(request, "office/import_new.html", facts, status=status)


def _another(request: access.Office, found: Import) -> SheetForm | None:
    """Return the form for another file in the place of one that could not be taken."""
    given = kinds.may(found.kind, request.held)
    if found.started_at or found.by_id != request.user.person_id or not given:
        return None
    node = next((grant for grant in given if grant.path == found.path), given[0])
    return SheetForm(given, found.kind, initial={"node": str(node.id), "mode": found.mode})


def _looking(request: access.Office, found: Import) -> HttpResponse:
    facts = {
        "sheet": found,
        "is_mine": found.by_id == request.user.person_id,
        "now": clock.now(),
    }
    return render(request, "office/import_looking.html", facts)


def _preview(
    request: access.Office,
    found: Import,
    form: ColumnsForm | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    at = clock.now()
    preview = previewing.preview(found, held=request.held, by=request.user.person, at=at)
    facts = {
        "sheet": found,
        "preview": preview,
        "form": form or ColumnsForm(found, recognising.looked(found), guesses=preview.matches),
        "is_mine": found.by_id == request.user.person_id,
        "now": at,
    }
    return render(request, "office/import_preview.html", facts, status=status)


def _download(file: IO[bytes], name: str) -> HttpResponse:
    with file:
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return HttpResponse(file.read(), content_type=Form.XLSX.content_type, headers=headers)
