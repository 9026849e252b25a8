"""Write rows into a sheet, XLSX or CSV, in constant memory and without a single formula."""

import csv
import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING

from yanxiu.foundation import periods
from yanxiu.foundation.sheets import safety

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Rows of one XLSX sheet below its header; what is more goes on in another sheet of the file.
ROWS_MOST = 1_048_575
# A cell keeps 15 digits of a number; what is longer is written as text.
EXACT_MOST = 10**15
# The name of the sheet that explains the columns.
NOTES = "填写说明"

_NARROWEST, _WIDEST, _WIDE_SIGN = 8, 40, 2


class Form(StrEnum):
    """Name the two kinds of file, by the ends of their names."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def content_type(self) -> str:
        """Return what a browser calls it."""
        if self is Form.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(
    rows: Iterable[Sequence[object]],
    columns: Sequence[str],
    *,
    form: Form = Form.XLSX,
    notes: Sequence[Sequence[object]] = (),
) -> IO[bytes]:
    """Return an open file, at its beginning, with a header and the rows; closing it deletes it.

    Whole and broken numbers stay numbers, days and moments become text (in China's time), None
    is an empty cell, all else is text that no program takes for a formula. `notes` stand on a
    second sheet (XLSX alone).
    """
    # The caller closes the file; nothing is held in memory but the row that is written.
    sheet = tempfile.TemporaryFile(prefix="yanxiu-sheet-")  # noqa: SIM115 - the caller closes it
    try:
        if form is Form.CSV:
            _csv(sheet, rows, columns)
        else:
            _xlsx(sheet, rows, columns, notes)
    except BaseException:
        sheet.close()
        raise
    sheet.seek(0)
    return sheet


def _csv(sheet: IO[bytes], rows: Iterable[Sequence[object]], columns: Sequence[str]) -> None:
    # Excel knows by the mark at the beginning that this is UTF-8.
    lines = TextIOWrapper(sheet, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(safety.plain, columns))
    for row in rows:
        writer.writerow(["" if value is None else _cell(value) for value in row])
    lines.flush()
    lines.detach()


def _xlsx(
    sheet: IO[bytes],
    rows: Iterable[Sequence[object]],
    columns: Sequence[str],
    notes: Sequence[Sequence[object]],
) -> None:
    with _book(sheet) as book:
        text = book.add_format({"num_format": "@"})
        page = _page(book, columns, text)
        line = 0
        for row in rows:
            if line == ROWS_MOST:
                page, line = _page(book, columns, text), 0
            line += 1
            _row(page, line, row, text)
        if notes:
            page = book.add_worksheet(NOTES)
            page.set_column(0, len(notes[0]), _WIDEST, text)
            for number, note in enumerate(notes):
                _row(page, number, note, text)


@contextmanager
def _book(sheet: IO[bytes]) -> Iterator["xlsxwriter.Workbook"]:
    """Give a workbook that is in the sheet when the block ends well, and never elsewhere."""
    # It takes a fifth of a second to load, which whoever only reads a sheet need not wait for.
    import xlsxwriter  # noqa: PLC0415 - see above

    with tempfile.TemporaryDirectory(prefix="yanxiu-sheet-") as drafts:
        book = xlsxwriter.Workbook(sheet, {"constant_memory": True, "tmpdir": drafts})
        try:
            yield book
        except BaseException:
            for page in book.worksheets():
                page.row_data_fh.close()
            book.fileclosed = True
            raise
        book.close()


def _page(book: "xlsxwriter.Workbook", columns: Sequence[str], text: "Format") -> "Worksheet":
    head = book.add_format({"num_format": "@", "bold": True})
    page = book.add_worksheet()
    page.freeze_panes(1, 0)
    for number, name in enumerate(columns):
        width = min(max(len(name) * _WIDE_SIGN + _WIDE_SIGN, _NARROWEST), _WIDEST)
        page.set_column(number, number, width, text)
    for number, name in enumerate(columns):
        page.write_string(0, number, safety.plain(name), head)
    return page


def _row(page: "Worksheet", line: int, row: Sequence[object], text: "Format") -> None:
    for number, value in enumerate(row):
        cell = _cell(value)
        if isinstance(cell, str):
            page.write_string(line, number, cell, text)
        elif cell is not None:
            page.write_number(line, number, cell)


def _cell(value: object) -> str | int | float | None:
    """Return a value as a cell holds it: an exact number, nothing, or harmless text."""
    if value is None or _is_exact(value):
        return value  # type: ignore[return-value]  # a number or None
    if isinstance(value, datetime):
        return value.astimezone(periods.CHINA).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return safety.plain(str(value))


def _is_exact(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and abs(value) < EXACT_MOST  # type: ignore[arg-type]  # a number
