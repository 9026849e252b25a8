"""Read comma-separated text in the encodings that Chinese programs write it in."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO

from yanxiu.foundation.sheets import cells, safety
from yanxiu.foundation.sheets.lines import Flaw, Row, Unreadable, Why

_BLOCK = 1024 * 1024
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# GB 18030 holds all of GBK and GB 2312.
_TRIED = ("utf-8", "gb18030")
_KEPT_TEXT = re.compile('="([^"]*)"')
_BETWEEN = (",", "\t", ";")


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Return the rows that hold something; raise `Unreadable` for what is no such text."""
    text = TextIOWrapper(file, encoding=_encoding(file), newline="")
    csv.field_size_limit(safety.CELL_MOST)
    between = _separator(text.readline())
    text.seek(0)
    reader = csv.reader(text, delimiter=between, strict=True)
    try:
        for line, written in enumerate(reader, start=1):
            row = _row(line, written)
            if any(row.cells):
                yield row
    except csv.Error as error:
        raise Unreadable(Why.QUOTES, str(reader.line_num)) from error
    finally:
        text.detach()


def _row(line: int, written: list[str]) -> Row:
    read = [_cell(cell) for cell in written]
    flaws: dict[int, Flaw] = {place: flaw for place, (_, flaw) in enumerate(read) if flaw}
    return Row(line, [cell for cell, _ in read], flaws)


def _cell(written: str) -> tuple[str, Flaw | None]:
    """Return a cell's text; ="…" is how programs keep digits from being counted as a number."""
    kept = _KEPT_TEXT.fullmatch(written.strip())
    if kept:
        return cells.text(kept[1])
    return (written[:100], Flaw.FORMULA) if written.startswith("=") else cells.text(written)


def _encoding(file: IO[bytes]) -> str:
    """Return the first encoding in which the whole file makes sense."""
    file.seek(0)
    head = file.read(4)
    marked = next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)
    for name in [marked] if marked else _TRIED:
        if _makes_sense(file, name):
            file.seek(0)
            return name
    raise Unreadable(Why.ENCODING)


def _makes_sense(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            if "\0" in decoder.decode(block):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(header: str) -> str:
    """Return what stands between the cells: whatever parts the header most."""
    return max(_BETWEEN, key=header.count)
