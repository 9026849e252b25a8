"""Look at a sheet that was too large to be looked at while its officer waited: what a job does.

A kill changes nothing but how far it was said to be; the next run looks again from the beginning.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from yanxiu.foundation import ciphers, clock
from yanxiu.foundation.refusals import Refused
from yanxiu.foundation.sheets import reading
from yanxiu.training.notices import notes
from yanxiu.training.organisations.imports import (
    files,
    handing_in,
    recognising,
    refusals,
    rows,
    stopping,
)
from yanxiu.training.organisations.imports.recognising import Recognised
from yanxiu.training.organisations.models import Import
from yanxiu.training.people import languages


def look(import_id: UUID, *, at: datetime) -> None:
    """Find what a sheet holds, or what stands against it; again changes nothing.

    `at` is when this run begins; the end of it has its own instant.
    """
    sheet = Import.objects.get(pk=import_id)
    if sheet.rows is not None or sheet.finished_at or sheet.at > at:
        return
    try:
        found = _found(sheet)
    except refusals.OF_SHEETS as refused:
        _end(import_id, refused)
    else:
        _keep(import_id, found)


def _found(sheet: Import) -> Recognised:
    content = ciphers.unseal(sheet.sealed or b"", purpose=rows.PURPOSE)
    with files.opened(content) as file, files.worded():
        seen = reading.look(file, partial(_tell, sheet.id))
    return recognising.recognise(seen, kind=sheet.kind, path=sheet.path, mode=sheet.mode)


def _tell(sheet_id: UUID, percent: int) -> None:
    """Say how far the look is, to whoever waits for its end."""
    Import.objects.filter(pk=sheet_id, rows=None).update(looked_percent=percent)


def _keep(sheet_id: UUID, found: Recognised) -> None:
    at = clock.now()
    try:
        with transaction.atomic():
            sheet = stopping.locked(sheet_id)
            if sheet.rows is not None:
                return
            stopping.still_held(sheet, at=at)
            Import.objects.filter(pk=sheet_id).update(**found.kept())
            handing_in.note("import_looked_at", sheet, by=sheet.by, at=at)
            _notify("import_looked_at", sheet, at=at, rows=found.rows)
    except stopping.Stopped as stopped:
        if str(stopped):
            stopping.stop(sheet_id, str(stopped), at=at)
            stopping.finish(sheet_id, at=at)


def _end(sheet_id: UUID, refused: Refused) -> None:
    """Throw the file away, and tell why it cannot be taken."""
    at = clock.now()
    facts = {name: str(fact) for name, fact in refused.facts.items()}
    with transaction.atomic():
        ended = Import.objects.filter(pk=sheet_id, rows=None, finished_at=None).update(
            stopped_at=at,
            stopped_by=refused.code,
            stopped_facts=facts,
            finished_at=at,
            sealed=None,
            rows=0,
        )
        if not ended:
            return
        sheet = (
            Import.objects.defer("sealed", "look_sealed")
            .select_related("by__account")
            .get(pk=sheet_id)
        )
        handing_in.note("import_refused", sheet, by=sheet.by, at=at, why=refused.code)
        with languages.speaking(getattr(sheet.by, "account", None)):
            _notify("import_refused", sheet, at=at, why=refused.message)


def _notify(kind: str, sheet: Import, *, at: datetime, **facts: object) -> None:
    link = f"/office/imports/{sheet.id}/"
    notes.tell(sheet.by_id, kind, facts={"file": sheet.filename} | facts, link=link, at=at)
