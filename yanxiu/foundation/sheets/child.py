"""Read a sheet that anybody may have made, in a process that has little to lose.

`python -m yanxiu.foundation.sheets.child look` and `… rows 0,2,3` read the file from standard input
and answer in lines of JSON. The process loads no Django, holds no secret and may neither grow past
its memory nor work past its time.
"""

import sys
from collections.abc import Iterator
from typing import IO

import msgspec

from yanxiu.foundation import confinement
from yanxiu.foundation.sheets import texts, xlsx
from yanxiu.foundation.sheets.lines import (
    COLUMNS_MOST,
    ROWS_MOST,
    SAMPLE_ROWS,
    Flaw,
    Row,
    Sheet,
    Unreadable,
    Why,
    Wrong,
)

MEMORY_MOST = 300 * 1024 * 1024
# Somebody waits for a look; a job waits for the rows.
CPU_MOST_S = {"look": 20, "rows": 60}
# A sample shows what a sheet is: this many characters of a cell, and of all cells together.
CELL_SHOWN, SAMPLE_SHOWN = 200, 500_000

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A locked XLSX lies in the old container, under this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MARKED_UP = (b"<?xml", b"<html", b"<!doctype", b"<table", b"%pdf", b"{\\rtf")
_encode = msgspec.json.Encoder().encode


def main(arguments: list[str], file: IO[bytes], answer: IO[bytes]) -> None:
    """Answer one order."""
    try:
        if arguments[0] == "look":
            answer.write(_encode(look(file)) + b"\n")
            return
        wanted = [int(number) for number in arguments[1].split(",")]
        for row in chosen(file, wanted):
            answer.write(_encode(row) + b"\n")
    except Unreadable as error:
        answer.write(_encode(Wrong(error.why, error.where)) + b"\n")
    except MemoryError:
        answer.write(_encode(Wrong(Why.TOO_LARGE)) + b"\n")


def look(file: IO[bytes]) -> Sheet:
    """Read the whole sheet and return its header, how many rows follow, and the first of them."""
    found = rows(file)
    header = next(found, None)
    if header is None:
        raise Unreadable(Why.EMPTY)
    sample: list[Row] = []
    many = shown = 0
    for row in found:
        many += 1
        if many <= SAMPLE_ROWS and shown < SAMPLE_SHOWN:
            sample.append(_cut(row))
            shown += sum(map(len, row.cells))
    return Sheet(_cut(header), many, sample)


def _cut(row: Row) -> Row:
    return Row(row.line, [cell[:CELL_SHOWN] for cell in row.cells], row.flaws)


def chosen(file: IO[bytes], wanted: list[int]) -> Iterator[Row]:
    """Return the rows below the header with the cells of these columns, in this order."""
    found = rows(file)
    next(found, None)
    for row in found:
        width = len(row.cells)
        text = [row.cells[place] if place < width else "" for place in wanted]
        flaws: dict[int, Flaw] = {}
        if row.flaws:
            flaws = {to: row.flaws[at] for to, at in enumerate(wanted) if at in row.flaws}
        yield Row(row.line, text, flaws)


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Return the rows that hold something, the header first; raise `Unreadable`."""
    for many, row in enumerate(_reader(file)):
        if many > ROWS_MOST:
            raise Unreadable(Why.TOO_MANY_ROWS)
        if len(row.cells) > COLUMNS_MOST:
            raise Unreadable(Why.TOO_MANY_COLUMNS)
        yield row


def _reader(file: IO[bytes]) -> Iterator[Row]:
    """Return the rows by whichever reader the file's first bytes ask for."""
    file.seek(0)
    head = file.read(512)
    if not head.strip():
        raise Unreadable(Why.EMPTY)
    if head.startswith(_OLE):
        file.seek(0)
        raise Unreadable(Why.PASSWORD if _LOCKED in file.read() else Why.OLD_FORMAT)
    if head.startswith(_ZIP):
        return xlsx.rows(file)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKED_UP):
        raise Unreadable(Why.NOT_A_SHEET)
    return texts.rows(file)


if __name__ == "__main__":
    confinement.confine(memory=MEMORY_MOST, cpu_s=CPU_MOST_S[sys.argv[1]])
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
