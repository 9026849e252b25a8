"""Refuse as a whole, with its reason and fast, what is no sheet or does harm."""

import csv
import io
import random
import struct
import zipfile
from collections.abc import Callable
from typing import IO

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from yanxiu.foundation.sheets import archives, child, reading
from yanxiu.foundation.sheets.lines import ROWS_MOST, Unreadable, Why
from yanxiu.foundation.sheets.tests import books

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROW = f'<row r="1">{books.cell("A1", "姓名")}</row>'
LAUGHS = (
    '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row><c t="inlineStr">'
    "<is><t>&c;</t></is></c></row></sheetData></worksheet>"
)
REMOTE = '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><worksheet/>'


def why(file: IO[bytes]) -> Unreadable:
    with file, pytest.raises(Unreadable) as found:
        child.look(file)
    return found.value


def merged() -> IO[bytes]:
    def write(_: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.merge_range(0, 0, 0, 3, "听涛小学教师名册", None)
        page.write_row(1, 0, ["姓名", "证件号码"])

    return books.book(write)


def macros() -> IO[bytes]:
    return books.zipped(books.parts(ROW) | {"xl/vbaProject.bin": b"\0"})


def bomb() -> IO[bytes]:
    sheet = books.parts(ROW)["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, str)
    return books.zipped(
        books.parts("") | {"xl/worksheets/sheet1.xml": sheet + " " * (64 * 1024 * 1024)}
    )


def many_parts() -> IO[bytes]:
    return books.zipped(books.parts(ROW) | {f"xl/{number}": b"" for number in range(2_001)})


def locked_part() -> IO[bytes]:
    file = books.zipped(books.parts(ROW))
    content = bytearray(file.read())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    return books.file(bytes(content))


def cut_short() -> IO[bytes]:
    whole = books.rows(["姓名"], ["王芳"])
    whole.seek(0)
    return books.file(whole.read()[:-400])


def broken_inside() -> IO[bytes]:
    return books.zipped(books.parts("<row><c t='inlineStr'><is><t>王"))


def repeated_row() -> IO[bytes]:
    return books.zipped(books.parts(ROW + ROW))


def wide(columns: int) -> IO[bytes]:
    return books.rows([f"列{number}" for number in range(columns)])


WRONG: dict[str, tuple[Why, Callable[[], IO[bytes]]]] = {
    "nothing": (Why.EMPTY, lambda: books.file(b"")),
    "blanks": (Why.EMPTY, lambda: books.file("\n  \n")),
    "a mark alone": (Why.EMPTY, lambda: books.file(b"\xef\xbb\xbf\r\n")),
    "commas alone": (Why.EMPTY, lambda: books.file(",,,\n,,\n")),
    "an empty book": (Why.EMPTY, books.rows),
    "an old book": (Why.OLD_FORMAT, lambda: books.file(OLE + b"\0" * 600)),
    "a locked book": (
        Why.PASSWORD,
        lambda: books.file(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
    ),
    "a locked part": (Why.PASSWORD, locked_part),
    "macros": (Why.MACROS, macros),
    "old macros": (
        Why.MACROS,
        lambda: books.zipped(books.parts(ROW) | {"xl/macrosheets/sheet1.xml": "<a/>"}),
    ),
    "a merged title": (Why.MERGED, merged),
    "a bomb": (Why.TOO_LARGE, bomb),
    "too many parts": (Why.TOO_LARGE, many_parts),
    "many laughs": (
        Why.MARKUP,
        lambda: books.zipped(books.parts("") | {"xl/worksheets/sheet1.xml": LAUGHS}),
    ),
    "a remote grammar": (
        Why.MARKUP,
        lambda: books.zipped(books.parts(ROW) | {"xl/workbook.xml": REMOTE}),
    ),
    "a thousand columns": (Why.TOO_MANY_COLUMNS, lambda: wide(1_000)),
    "a thousand columns of text": (Why.TOO_MANY_COLUMNS, lambda: books.file("a," * 1_000)),
    "half a book": (Why.BROKEN, cut_short),
    "half a sheet": (Why.BROKEN, broken_inside),
    "one row twice": (Why.BROKEN, repeated_row),
    "a text that is not there": (
        Why.BROKEN,
        lambda: books.zipped(books.parts('<row><c t="s"><v>7</v></c></row>')),
    ),
    "another archive": (Why.NOT_A_SHEET, lambda: books.zipped({"a.txt": "a"})),
    "a document": (
        Why.NOT_A_SHEET,
        lambda: books.zipped(
            {
                "[Content_Types].xml": books.TYPES,
                "_rels/.rels": books.relationships(officeDocument="word/document.xml"),
                "word/document.xml": "<document/>",
            }
        ),
    ),
    "a web page": (Why.NOT_A_SHEET, lambda: books.file("<html><table><tr><td>姓名")),
    "a picture": (Why.ENCODING, lambda: books.file(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\x9f" * 9)),
    "another country's text": (Why.ENCODING, lambda: books.file(b"\xff\xff\xff,\x80\n")),
    "halves of characters": (Why.ENCODING, lambda: books.file("姓名\n王芳".encode()[:-1])),
    "a quote that never ends": (Why.QUOTES, lambda: books.file('姓名\n"王' + "芳" * 40_000)),
    "something behind a quote": (Why.QUOTES, lambda: books.file('姓名\n"王"芳\n')),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_bad_sheet_says_why(name: str) -> None:
    reason, make = WRONG[name]
    assert why(make()).why is reason


def test_a_merged_title_says_where() -> None:
    assert why(merged()).where == "A1:D1"


def test_999_columns_are_read() -> None:
    with wide(999) as file:
        assert len(child.look(file).header.cells) == 999


def test_one_row_more_than_200_000_is_too_many() -> None:
    lines = "姓名\n" + "王芳\n" * ROWS_MOST
    with books.file(lines) as file:
        assert child.look(file).rows == ROWS_MOST
    assert why(books.file(lines + "李娜\n")).why is Why.TOO_MANY_ROWS


def test_a_size_that_the_archive_lies_about_is_not_believed() -> None:
    file = bomb()
    file.seek(0)
    content = bytearray(file.read())
    name = b"xl/worksheets/sheet1.xml"
    at = content.rfind(name) - 46
    struct.pack_into("<L", content, at + 24, 1_000)
    assert why(books.file(bytes(content))).why is Why.BROKEN


def test_a_large_sheet_is_read_within_the_memory_that_the_child_may_have() -> None:
    noise = random.Random(1)
    words = "".join(noise.choices("0123456789abcdef", k=300_000))
    cells = "".join(
        f'<row r="{line}">{books.cell(f"A{line}", words[line * 7 % 290_000 :][:900])}</row>'
        for line in range(1, 60_000)
    )
    with books.on_disk(books.zipped(books.parts(cells))) as file:
        assert reading.look(file).rows == 59_998
    assert child.MEMORY_MOST == 300 * 1024 * 1024


def test_the_child_of_a_reader_who_stops_early_is_gone() -> None:
    saved = io.StringIO()
    csv.writer(saved).writerows([["姓名"], *([f"教师{n}"] for n in range(100_000))])
    with books.on_disk(books.file(saved.getvalue())) as file:
        rows = reading.rows(file, [0])
        assert next(rows).cells == ["教师0"]
        rows.close()


def test_limits_are_those_that_are_told() -> None:
    assert (archives.UNPACKED_MOST, archives.RATIO_MOST, archives.ENTRIES_MOST) == (
        200 * 1024 * 1024,
        100,
        2_000,
    )
    assert zipfile.is_zipfile(books.rows(["姓名"]))
