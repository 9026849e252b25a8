"""Let officers export what a list shows: ask, watch it being made, fetch it, stop it."""

from http import HTTPStatus
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yanxiu.foundation import clock, sheets
from yanxiu.training.catalogue import trainings as catalogue
from yanxiu.training.journeys import exporting
from yanxiu.training.reports import exports, kinds
from yanxiu.training.reports.models import Export
from yanxiu.web.office import places
from yanxiu.web.office.report_forms import ExportForm
from yanxiu.web.shared import access

SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def listing(request: access.Office) -> HttpResponse:
    """Show what was exported and how far it is; take what else is wanted."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _begin(request, form)
    now = clock.now()
    facts = {
        "form": form,
        "exports": [(each, kinds.KINDS[each.kind].label) for each in _known(request)],
        "trainings": catalogue.every(),
        "regions": [node for node in places.served(request) if not node.is_school],
        "kept_hours": exports.KEPT.total_seconds() // 3600,
        "now": now,
    }
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "office/exports.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.office
def page(request: access.Office, export_id: UUID) -> HttpResponse:
    """Show how far an export is, with the link once it is made; a POST stops or deletes it."""
    export = _found(request, export_id)
    if request.method == "POST":
        exports.stop(export, by=request.user.person, at=clock.now())
        return access.see_other("office_exports")
    facts = {
        "export": export,
        "label": kinds.KINDS[export.kind].label,
        "is_running": not (export.finished_at or export.stopped_at),
        "now": clock.now(),
    }
    return render(request, "office/export.html", facts)


@require_safe
@access.office  # type: ignore[arg-type]  # a file is an answer too
def file(request: access.Office, token: str) -> FileResponse:
    """Hand the file to who asked for it, piece by piece."""
    export = exports.fetch(token, held=request.held, by=request.user.person, at=clock.now())
    if export is None:
        raise Http404
    content_type = _content_type(export)
    return FileResponse(
        exports.opened(export),
        as_attachment=True,
        filename=export.filename,
        content_type=content_type,
    )


def _begin(request: access.Office, form: ExportForm) -> HttpResponse:
    typed = form.cleaned_data
    node = places.node(request, typed["node"])
    export = exporting.ask(
        typed["kind"],
        path=node.path,
        wanted=form.wanted() | {"node": node.name, "title": _title(typed["training"])},
        held=request.held,
        by=request.user.person,
        at=clock.now(),
    )
    return access.see_other(reverse("office_export", args=[export.id]))


def _title(slug: str) -> str:
    return places.outline(slug).training.title


def _known(request: access.Office) -> list[Export]:
    found = exports.own(request.user.person, most=SHOWN)
    return [each for each in found if each.kind in kinds.KINDS]


def _found(request: access.Office, export_id: UUID) -> Export:
    export = exports.find(request.user.person, export_id)
    if export is None or export.kind not in kinds.KINDS:
        raise Http404
    return export


def _content_type(export: Export) -> str:
    ending = export.filename.rpartition(".")[2]
    known = {form.value: form.content_type for form in sheets.Form}
    return known.get(ending, "application/octet-stream")
