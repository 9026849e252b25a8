"""Stage a sheet: read every row, find what stands against it, keep its cells sealed.

Each batch commits by itself; a run that was killed goes on behind the last row that is kept.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import date
from itertools import batched
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import F

from yanxiu.foundation import ciphers, clock, periods
from yanxiu.foundation.sheets import reading
from yanxiu.training.organisations.imports import (
    columns,
    files,
    kinds,
    outcomes,
    recognising,
    rows,
    stopping,
)
from yanxiu.training.organisations.imports.rows import Cells, Finding, Kind, Outcomes
from yanxiu.training.organisations.models import Import

BATCH = 4_000

_KEEP = """
INSERT INTO organisations_importrow (
    import_id, position, sealed_cells, key, "column", code, facts
)
SELECT %s, position, sealed, key, field, code, facts::jsonb
FROM unnest(%s::int[], %s::bytea[], %s::bytea[], %s::text[], %s::text[], %s::text[])
    AS line (position, sealed, key, field, code, facts)
"""
_LAST = "SELECT coalesce(max(position), 0) FROM organisations_importrow WHERE import_id = %s"
_TWINS = """
SELECT array_agg(position ORDER BY position), array_agg(code ORDER BY position)
FROM organisations_importrow WHERE import_id = %s AND key IS NOT NULL
GROUP BY key HAVING count(*) > 1
"""

_encode = msgspec.json.Encoder().encode


def stage(sheet: Import) -> None:
    """Stage all rows and throw the file away; raises `stopping.Stopped` where the import has."""
    kind = kinds.of(sheet.kind)
    with closing(_read(sheet)) as found:
        for batch in batched(found, BATCH, strict=False):
            _keep(sheet.id, kind, batch)
    _close(sheet)


def _read(sheet: Import) -> Generator[tuple[int, Cells]]:
    """Yield the number and the cells of each row; the template's own example is left out."""
    kind = kinds.of(sheet.kind)
    wanted = [at for at in sheet.columns if at is not None]
    within = [None if at is None else wanted.index(at) for at in sheet.columns]
    content = ciphers.unseal(sheet.sealed or b"", purpose=rows.PURPOSE)
    with (
        files.opened(content) as file,
        files.worded(),
        closing(reading.rows(file, wanted)) as found,
    ):
        for row in found:
            cells = recognising.cells(row, within)
            if not rows.is_example(kind, cells):
                yield row.line, cells


def _keep(sheet_id: UUID, kind: Kind, batch: Sequence[tuple[int, Cells]]) -> None:
    at = clock.now()
    on = at.astimezone(periods.CHINA).date()
    with transaction.atomic(), connection.cursor() as cursor:
        stopping.still_held(stopping.locked(sheet_id), at=at)
        cursor.execute(_LAST, [sheet_id])
        (last,) = cursor.fetchone()
        fresh = [_line(kind, position, cells, on) for position, cells in batch if position > last]
        if not fresh:
            return
        cursor.execute(_KEEP, [sheet_id, *map(list, zip(*fresh, strict=True))])
        refused = sum(bool(line[4]) for line in fresh)
        Import.objects.filter(pk=sheet_id).update(
            staged=F("staged") + len(fresh), refused=F("refused") + refused
        )


type Line = tuple[int, bytes, bytes | None, str, str, str]


def _line(kind: Kind, position: int, cells: Cells, on: date) -> Line:
    found = rows.read(kind, cells, on)
    finding = found.finding
    sealed = rows.sealed(cells)
    if finding is None:
        return position, sealed, found.key, "", "", "{}"
    facts = _encode(finding.facts).decode()
    return position, sealed, found.key, finding.column, finding.code, facts


def _close(sheet: Import) -> None:
    """Refuse rows that share what they must not; from here on the file is not needed."""
    at = clock.now()
    with transaction.atomic():
        fresh = stopping.locked(sheet.id)
        if fresh.read_at:
            return
        stopping.still_held(fresh, at=at)
        outcomes.write(sheet.id, _twins(sheet), at=at)
        Import.objects.filter(pk=sheet.id).update(
            rows=F("staged"), read_at=at, sealed=None, look_sealed=None
        )


def _twins(sheet: Import) -> Outcomes:
    """Return what stands against rows that share a key: the first names the second, others it."""
    found: Outcomes = {}
    column = columns.KEYS[sheet.kind]
    with connection.cursor() as cursor:
        cursor.execute(_TWINS, [sheet.id])
        for positions, codes in cursor.fetchall():
            for position, code in zip(positions, codes, strict=True):
                if not code:
                    other = positions[1] if position == positions[0] else positions[0]
                    found[position] = Finding(column, "twice", {"other": str(other)})
    return found
