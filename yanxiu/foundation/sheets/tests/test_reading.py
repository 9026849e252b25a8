"""Read what Excel, WPS and programs save, cell by cell, and say which cells cannot be trusted."""

import subprocess
import sys
from datetime import date, datetime

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from yanxiu.foundation import sheets
from yanxiu.foundation.sheets import child, reading
from yanxiu.foundation.sheets.lines import Flaw, Unreadable, Why
from yanxiu.foundation.sheets.tests import books

HEADER = ["姓名", "证件号码"]


def only(*cells: object) -> list[tuple[str, Flaw | None]]:
    """Return what is read of one row of cells, each with its flaw."""
    (row,) = child.look(books.rows(HEADER, cells)).sample
    return [(text, row.flaws.get(place)) for place, text in enumerate(row.cells)]


def test_text_and_numbers_come_as_a_person_would_type_them() -> None:
    assert only(" 王芳 ", "33010619900101002X", 13800000001, 1.1, -3, *[True]) == [
        ("王芳", None),
        ("33010619900101002X", None),
        ("13800000001", None),
        ("1.1", None),
        ("-3", None),
        ("TRUE", None),
    ]


@pytest.mark.parametrize("number", [1.10101199003074e17, 330106199001010011, -1e15])
def test_a_number_that_lost_its_last_digits_is_marked(number: float) -> None:
    ((_, flaw),) = only(number)
    assert flaw is Flaw.LOST_DIGITS


@pytest.mark.parametrize("text", ["1.10101E+17", "1.10101e17", "3E+17"])
def test_so_is_what_a_program_wrote_shortened_into_text(text: str) -> None:
    assert only(text) == [(text, Flaw.LOST_DIGITS)]
    (row,) = child.look(books.file(f"证件号码\n{text}\n")).sample
    assert row.flaws == {0: Flaw.LOST_DIGITS}


def test_days_come_as_days_in_either_calendar() -> None:
    day, moment = "2023-07-20", "2023-07-20 09:30:00"

    def write(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write_row(0, 0, HEADER)
        page.write_datetime(1, 0, date(2023, 7, 20), book.add_format({"num_format": "yyyy/m/d"}))
        chinese = book.add_format({"num_format": '[$-804]yyyy"年"m"月"d"日"'})
        page.write_datetime(1, 1, datetime.fromisoformat(moment), chinese)
        page.write_number(1, 2, 45123, book.add_format({"num_format": 14}))
        page.write_number(1, 3, 45123)
        page.write_number(1, 4, 0.5, book.add_format({"num_format": "0.00%"}))

    for options in ({}, {"date_1904": True}):
        (row,) = child.look(books.book(write, **options)).sample
        assert row.cells[:2] == [day, moment]
        assert row.cells[3:] == ["45123", "0.5"]
        assert row.cells[2] == ("2023-07-16" if not options else "2027-07-17")


def test_of_a_formula_its_value_is_taken_and_one_without_a_value_is_marked() -> None:
    def write(_: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write_row(0, 0, HEADER)
        page.write_formula(1, 0, '=A1&"芳"', value="王芳")
        page.write_formula(1, 1, "=1+1", value=2)
        page.write_formula(1, 2, "=1/0", value="#DIV/0!")
        page.write_formula(1, 3, "=NA()", value="#N/A")

    (row,) = child.look(books.book(write)).sample
    assert row.cells == ["王芳", "2", "#DIV/0!", "#N/A"]
    assert row.flaws == {2: Flaw.FAILED, 3: Flaw.FAILED}
    sheet = f"<row>{books.cell('A1', '姓名')}</row><row><c r='A2'><f>B2</f></c></row>"
    (row,) = child.look(books.zipped(books.parts(sheet))).sample
    assert row.flaws == {0: Flaw.FORMULA}


def test_a_formula_in_a_text_file_is_marked_and_kept_digits_are_digits() -> None:
    with books.file(
        '姓名,证件号码\n"=HYPERLINK(""http://e/"")","=""330106199001010011"""\n'
    ) as file:
        (row,) = child.look(file).sample
    assert row.flaws == {0: Flaw.FORMULA}
    assert row.cells[1] == "330106199001010011"


def test_what_we_guard_when_we_write_comes_back_as_it_was() -> None:
    given = ["=1+1", "+8613800000001", "－减", "'quoted", "王芳"]
    for form in sheets.Form:
        with sheets.written([given], ["a", "b", "c", "d", "e"], form=form) as file:
            assert child.look(file).sample[0].cells == given


def test_rows_keep_the_numbers_that_the_sheet_shows() -> None:
    found = child.look(books.rows(HEADER, [], ["王芳"], [None, ""], ["", "李娜"]))
    assert [(row.line, row.cells) for row in found.sample] == [(3, ["王芳"]), (5, ["", "李娜"])]
    assert found.rows == 2
    assert found.header.line == 1


def test_an_empty_tail_costs_nothing() -> None:
    tail = "".join(f'<row r="{line}"><c r="A{line}" s="1"/></row>' for line in range(3, 250_000))
    sheet = f'<row r="1">{books.cell("A1", "姓名")}</row><row r="2">{books.cell("A2", "王")}</row>'
    assert child.look(books.zipped(books.parts(sheet + tail))).rows == 1


def test_only_the_first_sheet_that_is_not_hidden_is_read() -> None:
    def write(book: xlsxwriter.Workbook, page: Worksheet) -> None:
        page.write(0, 0, "藏")
        page.hide()
        for name in ("名册", "填写说明"):
            shown = book.add_worksheet(name)
            shown.write(0, 0, name)
        book.get_worksheet_by_name("名册").activate()

    assert child.look(books.book(write)).header.cells == ["名册"]


def test_texts_that_cells_share_come_without_hints_and_with_their_escapes_undone() -> None:
    texts = (
        f'<sst xmlns="{books.MAIN}"><si><r><t>王</t></r><r><t>芳</t></r><rPh><t>wang</t></rPh></si>'
        "<si><t>a_x000A_b</t></si></sst>"
    )
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    made = books.parts(sheet, **{"xl/sharedStrings.xml": texts})
    assert child.look(books.zipped(made)).header.cells == ["王芳", "a\nb"]


def test_a_program_may_give_every_element_a_prefix() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{books.MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is>'
        "<x:t>姓名</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    made = books.parts("") | {"xl/worksheets/sheet1.xml": sheet}
    assert child.look(books.zipped(made)).header.cells == ["姓名"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le-bom", "utf-16-be-bom"]
)
def test_a_text_file_is_read_in_whatever_chinese_programs_write(encoding: str) -> None:
    text = '姓名\t证件号码\r\n"王""芳"\t"1\n2"\r\n\r\n欧阳晓晴\t3\r\n'
    name = encoding.removesuffix("-bom")
    content = ("\ufeff" + text if name != encoding else text).encode(name)
    found = child.look(books.file(content))
    assert found.header.cells == HEADER
    assert [row.cells for row in found.sample] == [['王"芳', "1\n2"], ["欧阳晓晴", "3"]]
    assert [row.line for row in found.sample] == [2, 4]


def test_the_columns_that_are_asked_for_come_in_their_order_with_their_flaws() -> None:
    with books.on_disk(books.rows(HEADER, ["王芳", 1e17, "x"], ["李娜"])) as file:
        first, second = reading.rows(file, [2, 1])
    assert (first.cells, first.flaws) == (["x", "1E+17"], {1: Flaw.LOST_DIGITS})
    assert second.cells == ["", ""]


def test_the_child_knows_no_django_and_no_secret() -> None:
    code = "import sys, yanxiu.foundation.sheets.child; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_look_tells_how_far_it_is(kind: str) -> None:
    people = [[f"王芳{number}", f"{number:018d}"] for number in range(12_000)]
    text = "".join(f"{','.join(cells)}\n" for cells in [HEADER, *people])
    made = books.rows(HEADER, *people) if kind == "xlsx" else books.file(text)
    heard: list[int] = []
    with books.on_disk(made) as file:
        assert reading.look(file, heard.append).rows == len(people)
        assert heard == sorted(heard)
        assert len(heard) > 3
        glanced = reading.glance(file)
    assert glanced
    assert glanced.rows == len(people)


def test_a_glance_that_meets_its_limit_is_left_to_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    monkeypatch.setattr(reading, "_CHILD", stopped)
    with books.on_disk(books.rows(HEADER, HEADER)) as file:
        assert reading.glance(file) is None
        with pytest.raises(Unreadable) as found:
            reading.look(file)
    assert found.value.why is Why.TOO_LARGE
