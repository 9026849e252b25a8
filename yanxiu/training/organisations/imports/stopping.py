"""Stop an import that was cancelled, or whose officer has lost her right; end every row of it."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, rosters, scopes
from yanxiu.training.organisations.imports import handing_in
from yanxiu.training.organisations.models import Import, ImportRow, Officer, RosterEntry

RIGHT_ENDED, UNREADABLE = "right_ended", "unreadable"

_REST = """
UPDATE organisations_importrow SET code = %s
WHERE import_id = %s AND taken_at IS NULL AND code = ''
"""


class Stopped(Exception):
    """Tell that no further row may be taken."""


def locked(sheet_id: UUID) -> Import:
    """Return an import, which nobody else changes until the transaction ends; raise `Stopped`."""
    light = Import.objects.defer("sealed", "look_sealed").select_related("by")
    sheet = light.select_for_update(of=("self",)).get(pk=sheet_id)
    if sheet.stopped_at or sheet.finished_at:
        raise Stopped
    return sheet


def still_held(sheet: Import, *, at: datetime) -> list[Officer]:
    """Return the grants that let the import go on at this instant; raise `Stopped` without one."""
    held = grants.held(sheet.by_id, at=at)
    if not scopes.imports.may(sheet.kind, held, sheet):
        raise Stopped(RIGHT_ENDED)
    return held


def stop(sheet_id: UUID, why: str, *, facts: dict[str, str] | None = None, at: datetime) -> None:
    """Note why an import cannot go on; the first reason stands."""
    going = Import.objects.filter(pk=sheet_id, finished_at=None, stopped_at=None)
    going.update(stopped_at=at, stopped_by=why, stopped_facts=facts or {})


@transaction.atomic
def finish(sheet_id: UUID, *, at: datetime) -> None:
    """End an import once: no row is left open, no file is kept, and the officer is told."""
    light = Import.objects.defer("sealed", "look_sealed").select_related("by")
    sheet = light.select_for_update(of=("self",)).get(pk=sheet_id)
    if sheet.finished_at:
        return
    refused = sheet.refused + _end_rest(sheet)
    ended = _end_entries(sheet, at=at)
    Import.objects.filter(pk=sheet_id).update(
        finished_at=at, refused=refused, ended=ended, sealed=None, look_sealed=None
    )
    told = {"taken": sheet.taken, "refused": refused}
    handing_in.note("import_finished", sheet, by=sheet.by, at=at, ended=ended, **told)
    link = f"/office/imports/{sheet_id}/"
    facts = {"file": sheet.filename} | told
    notes.tell(sheet.by_id, "import_finished", facts=facts, link=link, at=at)


def _end_rest(sheet: Import) -> int:
    """Refuse the rows that a stop has left open; return how many."""
    if not sheet.stopped_at:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_REST, [sheet.stopped_by, sheet.id])
        return int(cursor.rowcount)


def _end_entries(sheet: Import, *, at: datetime) -> int:
    """End what a whole new roster no longer names, in the schools that it was taken for."""
    if sheet.stopped_at or sheet.mode != Import.Mode.REPLACE:
        return 0
    lines = ImportRow.objects.filter(import_id=sheet.id)
    taken = RosterEntry.objects.filter(pk__in=lines.exclude(subject_id=None).values("subject_id"))
    schools = list(taken.order_by().values_list("school", flat=True).distinct())
    named = lines.exclude(key=None).values("key")
    return rosters.end_all(rosters.current(schools).exclude(number_fingerprint__in=named), at=at)
