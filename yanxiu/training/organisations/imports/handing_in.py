"""Take a sheet from an officer: look at it, keep it sealed, have it confirmed or thrown away."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

import msgspec
from django.db import transaction

from yanxiu.foundation import ciphers
from yanxiu.foundation.sheets import lines, reading
from yanxiu.foundation.sheets.lines import Sheet, Unreadable
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.imports import columns, headers, kinds, refusals, rows, wording
from yanxiu.training.organisations.imports.headers import Chosen
from yanxiu.training.organisations.imports.rows import Cells
from yanxiu.training.organisations.models import Import, Officer
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

BYTES_MOST = 20 * 1024 * 1024
# The title of the column that a sheet of refused rows has more than the template.
REASON = "未导入原因"
# What would not be seen in a file's name, or might lead elsewhere when it is saved.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\]")
_NAME_MOST = 200

_encode = msgspec.json.Encoder().encode
_sheet = msgspec.json.Decoder(Sheet)


@dataclass(frozen=True, slots=True)
class Handed:
    """Be a file as it was handed in: for which node, of what kind, under what name."""

    kind: str
    grant: Officer
    filename: str
    content: bytes
    mode: str = Import.Mode.ADD


def hand_in(handed: Handed, *, by: Person, at: datetime) -> Import:
    """Keep a sheet after a first look at it; nothing is taken in before it is confirmed.

    Raises the refusal of `refusals` that stands against the sheet as a whole. Where a needed
    column is missing and an unknown one might be it, the sheet is kept and `columns` has a gap.
    """
    if not kinds.may(handed.kind, [handed.grant]):
        raise refusals.MayNotImport
    if len(handed.content) > BYTES_MOST:
        raise refusals.SheetTooLarge(most_mb=BYTES_MOST // 1024 // 1024)
    with opened(handed.content) as file, worded():
        sheet = reading.look(file)
    chosen = _recognised(handed, sheet)
    kind = kinds.of(handed.kind)
    many = sheet.rows - sum(rows.is_example(kind, cells(row, chosen)) for row in sheet.sample)
    if not many:
        raise refusals.NoRows
    with transaction.atomic():
        made = Import.objects.create(
            kind=handed.kind,
            path=handed.grant.path,
            by=by,
            at=at,
            filename=name_of(handed.filename),
            mode=handed.mode,
            columns=chosen,
            sealed=ciphers.seal(handed.content, purpose=rows.PURPOSE),
            look_sealed=ciphers.seal(_encode(sheet), purpose=rows.PURPOSE),
            rows=many,
        )
        note("import_handed_in", made, by=by, at=at)
    return made


def choose(sheet: Import, chosen: Mapping[str, int | None], *, by: Person, at: datetime) -> None:
    """Say which column of the sheet each column of the kind is; those not named are left out."""
    known = columns.of(sheet.kind)
    named = {at_ for at_ in chosen.values() if at_ is not None}
    # A guard stays where it was recognised, unless its column is said to be something else.
    wanted = [
        (None if before in named else before) if column.is_guard else chosen.get(column.field)
        for column, before in zip(known, sheet.columns, strict=True)
    ]
    placed = [at_ for at_ in wanted if at_ is not None]
    width = len(looked(sheet).header.cells)
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
    """Raise `NotYours` for another's sheet, `ImportOver` for one that waits no longer."""
    if sheet.by_id != by.id:
        raise refusals.NotYours
    if sheet.started_at or sheet.finished_at:
        raise refusals.ImportOver


def missing(sheet: Import) -> list[columns.Column]:
    """Return the needed columns that the sheet does not have, as far as is known."""
    return headers.missing(
        sheet.kind, columns.of(sheet.kind), sheet.columns, at_school=is_of_school(sheet.path)
    )


def looked(sheet: Import) -> Sheet:
    """Return the header and the first rows of a sheet that is not staged yet."""
    return _sheet.decode(ciphers.unseal(sheet.look_sealed or b"", purpose=rows.PURPOSE))


def cells(row: lines.Row, chosen: Sequence[int | None]) -> Cells:
    """Return the cells of a row in the order of the kind's columns."""
    width = len(row.cells)
    texts = ["" if at is None or at >= width else row.cells[at] for at in chosen]
    flaws = {to: row.flaws[at] for to, at in enumerate(chosen) if at in row.flaws}
    return Cells(texts, flaws)


def is_of_school(path: str) -> bool:
    """Tell whether a node is a school: its code has ten digits, a region's six."""
    return len(path.rpartition("/")[2]) > len("000000")


@contextmanager
def opened(content: bytes) -> Iterator[IO[bytes]]:
    """Give the content as a file that a child can be handed; it never lies on a disk."""
    with _nowhere() as file:
        file.write(content)
        file.flush()
        yield file


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the reader says of a sheet into a refusal with its sentence."""
    try:
        yield
    except Unreadable as error:
        raise refusals.SheetUnreadable(why=wording.why(error.why, error.where)) from error


def name_of(filename: str) -> str:
    """Return a file's name as it is shown: no path, nothing unseen."""
    return _UNSEEN.sub("", PurePosixPath(filename.replace("\\", "/")).name)[-_NAME_MOST:] or "-"


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


def _recognised(handed: Handed, sheet: Sheet) -> Chosen:
    """Return which column is which; raise what stands against the header."""
    titles, line = sheet.header.cells, sheet.header.line
    known = columns.of(handed.kind)
    heading = headers.read(titles, known)
    if heading.doubled:
        title, places = heading.doubled
        where = "、".join(map(lines.column, places))
        raise refusals.ColumnDoubled(line=line, title=title, where=where)
    if handed.mode == Import.Mode.REPLACE and headers.fold(REASON) in map(headers.fold, titles):
        raise refusals.RefusedSheetReplaces
    at_school = is_of_school(handed.grant.path)
    lacking = headers.missing(handed.kind, known, heading.chosen, at_school=at_school)
    if lacking and not heading.unknown:
        said = "、".join(f"“{column.title}”" for column in lacking)
        raise refusals.ColumnMissing(line=line, missing=said)
    return heading.chosen


def _nowhere() -> IO[bytes]:
    """Return a file in memory, or a temporary one where the system has none."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("yanxiu-sheet"), "w+b")
    return tempfile.TemporaryFile()
