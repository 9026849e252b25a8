"""Read a sheet that anybody may have made, in a process that has little to lose.

`python -m yanxiu.foundation.sheets.child look`, `… glance` and `… rows 0,2,3` read the file from
standard input and answer in lines of JSON; a look tells how far it is. The process loads no Django,
holds no secret and may neither grow past its memory nor work past its time.
"""

import io
import os
import sys
from collections.abc import Iterator
from typing import IO

import msgspec

from yanxiu.foundation import confinement
from yanxiu.foundation.sheets import following, signs, texts, xlsx
from yanxiu.foundation.sheets.lines import (
    COLUMNS_MOST,
    ROWS_MOST,
    SAMPLE_ROWS,
    Flaw,
    Row,
    Seen,
    Sheet,
    Unreadable,
    Why,
    Wrong,
)

MEMORY_MOST = 300 * 1024 * 1024
# Somebody waits for the page that a glance is for; a job waits for a look, and for the rows.
CPU_MOST_S = {"glance": 2, "look": 20, "rows": 60}
# An archive is read once; of a text the encoding is found first.
TIMES = {True: 1, False: 2}
# A sample shows what a sheet is: this many characters of a cell, and of all cells together.
CELL_SHOWN, SAMPLE_SHOWN = 200, 500_000

_encode = msgspec.json.Encoder().encode


def main(arguments: list[str], file: IO[bytes], answer: IO[bytes]) -> None:
    """Answer one order."""
    try:
        if arguments[0] != "rows":
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
    return xlsx.rows(file) if signs.is_archive(file) else texts.rows(file)


def _followed(answer: IO[bytes]) -> IO[bytes]:
    """Return standard input, telling how much of it was read."""

    def tell(share: int) -> None:
        answer.write(_encode(Seen(share)) + b"\n")
        answer.flush()

    number = sys.stdin.fileno()
    is_archive = os.pread(number, len(signs.ZIP), 0) == signs.ZIP
    return io.BufferedReader(following.Followed(number, TIMES[is_archive], tell))


if __name__ == "__main__":
    order, output = sys.argv[1], sys.stdout.buffer
    confinement.confine(memory=MEMORY_MOST, cpu_s=CPU_MOST_S[order])
    main(sys.argv[1:], _followed(output) if order == "look" else sys.stdin.buffer, output)
