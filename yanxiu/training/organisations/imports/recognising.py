"""Recognise what a sheet holds by a look at it: which column is which, how many rows there are."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from yanxiu.foundation import ciphers, phrases
from yanxiu.foundation.sheets import lines
from yanxiu.foundation.sheets.lines import Sheet
from yanxiu.training.organisations.imports import columns, headers, kinds, refusals, rows
from yanxiu.training.organisations.imports.headers import Chosen
from yanxiu.training.organisations.imports.rows import Cells
from yanxiu.training.organisations.models import Import

# The title of the column that a sheet of refused rows has more than the template.
REASON = "未导入原因"

_encode = msgspec.json.Encoder().encode
_sheet = msgspec.json.Decoder(Sheet)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Be what a look has found: the header and first rows, the columns, how many rows follow."""

    look: Sheet
    columns: Chosen
    rows: int

    def kept(self) -> dict[str, object]:
        """Return it as an import keeps it."""
        sealed = ciphers.seal(_encode(self.look), purpose=rows.PURPOSE)
        return {"look_sealed": sealed, "columns": self.columns, "rows": self.rows}


def recognise(look: Sheet, *, kind: str, path: str, mode: str) -> Recognised:
    """Return what a sheet holds; raise the refusal that stands against its header.

    Where a needed column is missing and an unknown one might be it, `columns` has a gap.
    """
    titles, line = look.header.cells, look.header.line
    known = columns.of(kind)
    heading = headers.read(titles, known)
    if heading.doubled:
        title, places = heading.doubled
        where = "、".join(map(lines.column, places))
        raise refusals.ColumnDoubled(line=line, title=title, where=where)
    if mode == Import.Mode.REPLACE and headers.fold(REASON) in map(headers.fold, titles):
        raise refusals.RefusedSheetReplaces
    lacking = headers.missing(kind, known, heading.chosen, at_school=is_of_school(path))
    if lacking and not heading.unknown:
        said = phrases.listed(f"“{column.title}”" for column in lacking)
        raise refusals.ColumnMissing(line=line, missing=said)
    many = look.rows - _examples(look, kind, heading.chosen)
    if not many:
        raise refusals.NoRows
    return Recognised(look, heading.chosen, many)


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


def _examples(look: Sheet, kind: str, chosen: Chosen) -> int:
    """Count the template's own examples, which are left out."""
    known = kinds.of(kind)
    return sum(rows.is_example(known, cells(row, chosen)) for row in look.sample)
