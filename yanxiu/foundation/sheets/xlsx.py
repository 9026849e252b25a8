"""Read the first sheet of an XLSX row by row, in as little memory as its texts need.

Formulas stay visible as such, which readers that only hand out values do not offer.
"""

from collections.abc import Iterator
from typing import IO

from yanxiu.foundation.sheets import archives, cells, lines, markup, workbook
from yanxiu.foundation.sheets.lines import Flaw, Row, Unreadable, Why
from yanxiu.foundation.sheets.workbook import Book


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Return the rows that hold something; raise `Unreadable` where the file is no such book."""
    with archives.opened(file) as archive:
        book = workbook.opened(archive)
        yield from _Sheet(book).rows(archives.part(archive, book.sheet))


class _Sheet:
    """Walk a sheet's cells; what a cell holds is complete only at its end."""

    def __init__(self, book: Book) -> None:
        """Stand before the first row."""
        self.book = book
        self.ready: list[Row] = []
        self.words = markup.Words()
        self.parser = self.words.parser = markup.parser_of(self._start, self._end)
        self.line = self.last = self.column = 0
        self.kind = self.style = ""
        self.has_formula = False
        self.cells: dict[int, str] = {}
        self.flaws: dict[int, Flaw] = {}

    def rows(self, part: IO[bytes]) -> Iterator[Row]:
        """Return the rows that hold something, as they come."""
        for _ in markup.blocks(self.parser, part):
            yield from self.ready
            self.ready.clear()

    def _start(self, kind: str, named: dict[str, str]) -> None:
        if kind == "c":
            place = named.get("r", "")
            self.column = lines.place(place) if place else self.column + 1
            self.kind, self.style = named.get("t", "n"), named.get("s", "")
            self.has_formula = False
        elif kind == "row":
            self._begin(named.get("r", ""))
        elif kind == "f":
            self.has_formula = True
        elif kind == "mergeCell":
            self._merged(named.get("ref", ""))
        else:
            self.words.start(kind)

    def _end(self, kind: str) -> None:
        if kind == "c":
            self._hold()
        elif kind == "row":
            self._close()
        else:
            self.words.end(kind)

    def _begin(self, number: str) -> None:
        known = number.isascii() and number.isdigit()
        line = int(number[:9]) if known else self.line + 1
        # Rows are known by their numbers from here on: no two may share one.
        if line <= self.line:
            raise Unreadable(Why.BROKEN)
        self.line, self.column = line, -1
        self.cells, self.flaws = {}, {}

    def _hold(self) -> None:
        """Keep what the cell holds; an empty one leaves nothing."""
        text, flaw = self._meaning(self.words.taken())
        if not (text or flaw):
            return
        if not 0 <= self.column < lines.COLUMNS_MOST:
            raise Unreadable(Why.TOO_MANY_COLUMNS)
        self.cells[self.column] = text
        if flaw:
            self.flaws[self.column] = flaw

    def _meaning(self, held: str) -> tuple[str, Flaw | None]:
        if not held:
            return "", Flaw.FORMULA if self.has_formula and self.kind != "str" else None
        match self.kind:
            case "s":
                number = held.strip()
                known = number.isascii() and number.isdigit()
                return cells.text(self.book.texts[int(number[:12]) if known else -1])
            case "n":
                return self._number(held)
            case "e":
                return held[:100], Flaw.FAILED
            case "b":
                return ("TRUE" if held.strip() == "1" else "FALSE"), None
        return cells.text(markup.unescaped(held))

    def _number(self, held: str) -> tuple[str, Flaw | None]:
        number = int(self.style) if self.style.isascii() and self.style.isdigit() else 0
        if number < len(self.book.days) and self.book.days[number]:
            return cells.day(held, since_1904=self.book.since_1904)
        return cells.number(held)

    def _close(self) -> None:
        if not self.cells:
            return
        self.last = self.line
        width = max(self.cells) + 1
        text = [self.cells.get(place, "") for place in range(width)]
        self.ready.append(Row(self.line, text, self.flaws))

    def _merged(self, ref: str) -> None:
        """Refuse merged cells among the rows: only the first of them holds anything."""
        first = "".join(sign for sign in ref.partition(":")[0] if sign.isdigit())
        if first and int(first[:9]) <= self.last:
            raise Unreadable(Why.MERGED, ref[:20])
