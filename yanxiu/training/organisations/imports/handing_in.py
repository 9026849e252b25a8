"""Take a sheet from an officer: keep it sealed, have it looked at, confirmed or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yanxiu.foundation import ciphers
from yanxiu.foundation.sheets import reading, signs
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.imports import (
    columns,
    files,
    headers,
    kinds,
    recognising,
    refusals,
    rows,
)
from yanxiu.training.organisations.imports.recognising import Recognised
from yanxiu.training.organisations.models import Import, Officer
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

# Up to this size a sheet is looked at while the officer waits: a moment for a few thousand rows.
AT_ONCE_MOST = 200 * 1024


@dataclass(frozen=True, slots=True)
class Handed:
    """Be a file as it was handed in: for which node, of what kind, under what name."""

    kind: str
    grant: Officer
    filename: str
    content: bytes
    mode: str = Import.Mode.ADD


def hand_in(handed: Handed, *, by: Person, at: datetime) -> Import:
    """Keep a sheet; nothing is taken in before it is confirmed.

    A small one is looked at here, and raises the refusal of `refusals` that stands against it as a
    whole. A larger one has no `rows` yet: `looking.look` has to find them.
    """
    if not kinds.may(handed.kind, [handed.grant]):
        raise refusals.MayNotImport
    if len(handed.content) > files.BYTES_MOST:
        raise refusals.SheetTooLarge(most_mb=files.BYTES_MOST // 1024 // 1024)
    found = _at_once(handed)
    with transaction.atomic():
        made = Import.objects.create(
            kind=handed.kind,
            path=handed.grant.path,
            by=by,
            at=at,
            filename=files.name_of(handed.filename),
            mode=handed.mode,
            sealed=ciphers.seal(handed.content, purpose=rows.PURPOSE),
            **(found.kept() if found else {}),
        )
        note("import_handed_in", made, by=by, at=at)
    return made


def choose(sheet: Import, chosen: Mapping[str, int | None], *, by: Person, at: datetime) -> None:
    """Say which column of the sheet each column of the kind is; those not named are left out."""
    check_open(sheet, by=by)
    known = columns.of(sheet.kind)
    named = {at_ for at_ in chosen.values() if at_ is not None}
    # A guard stays where it was recognised, unless its column is said to be something else.
    wanted = [
        (None if before in named else before) if column.is_guard else chosen.get(column.field)
        for column, before in zip(known, sheet.columns, strict=True)
    ]
    placed = [at_ for at_ in wanted if at_ is not None]
    width = len(recognising.looked(sheet).header.cells)
    if len(set(placed)) < len(placed) or any(not 0 <= at_ < width for at_ in placed):
        raise refusals.ColumnsWrong
    with transaction.atomic():
        open_ = Import.objects.filter(pk=sheet.pk, by=by, started_at=None, finished_at=None)
        if not open_.update(columns=wanted):
            raise refusals.ImportOver
        note("import_columns_chosen", sheet, by=by, at=at)
    sheet.columns = wanted


def confirm(sheet: Import, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Let the job begin; whoever handed the sheet in may, as long as she has the right."""
    check_open(sheet, by=by)
    if not scopes.imports.may(sheet.kind, held, sheet):
        raise refusals.MayNotImport
    if missing(sheet):
        raise refusals.ColumnsOpen
    with transaction.atomic():
        open_ = Import.objects.filter(pk=sheet.pk, started_at=None, finished_at=None)
        if not open_.update(started_at=at):
            raise refusals.ImportOver
        note("import_confirmed", sheet, by=by, at=at)


def cancel(sheet: Import, *, by: Person, at: datetime) -> None:
    """Stop an import: what has been taken stays, the rest is not taken.

    One that has not begun is thrown away at once; the job of one that has ends its rows.
    """
    if sheet.by_id != by.id:
        raise refusals.NotYours
    if sheet.finished_at or sheet.stopped_at:
        raise refusals.ImportOver
    with transaction.atomic():
        going = Import.objects.filter(pk=sheet.pk, finished_at=None, stopped_at=None)
        gone = {"finished_at": at, "sealed": None, "look_sealed": None, "rows": 0}
        stopped = {"stopped_at": at, "stopped_by": "cancelled"}
        if not (
            going.filter(started_at=None).update(**stopped, **gone)
            or going.exclude(started_at=None).update(**stopped)
        ):
            raise refusals.ImportOver
        note("import_cancelled", sheet, by=by, at=at)


def check_open(sheet: Import, *, by: Person) -> None:
    """Raise `NotYours` for another's sheet, `ImportOver` for one that waits no longer.

    `NotLookedAt` for one of which nobody knows yet what it holds.
    """
    if sheet.by_id != by.id:
        raise refusals.NotYours
    if sheet.started_at or sheet.finished_at:
        raise refusals.ImportOver
    if sheet.rows is None:
        raise refusals.NotLookedAt


def missing(sheet: Import) -> list[columns.Column]:
    """Return the needed columns that the sheet does not have, as far as is known."""
    at_school = recognising.is_of_school(sheet.path)
    return headers.missing(sheet.kind, columns.of(sheet.kind), sheet.columns, at_school=at_school)


def note(verb: str, sheet: Import, *, by: Person, at: datetime, **detail: object) -> None:
    """Write an entry about an import into the trail."""
    entries.record(
        verb,
        subject=("import", sheet.id),
        by=by.id,
        at=at,
        detail={"kind": sheet.kind} | detail,
        path=sheet.path,
    )


def _at_once(handed: Handed) -> Recognised | None:
    """Look at a small sheet, and only at the kind of a larger one."""
    with files.opened(handed.content) as file, files.worded():
        if len(handed.content) > AT_ONCE_MOST:
            signs.is_archive(file)
            return None
        seen = reading.glance(file)
    if seen is None:
        return None
    return recognising.recognise(seen, kind=handed.kind, path=handed.grant.path, mode=handed.mode)
