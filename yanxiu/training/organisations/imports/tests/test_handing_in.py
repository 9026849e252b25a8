"""Hand sheets in: what is refused as a whole says why, and what might be meant is asked."""

import pytest

from yanxiu.foundation import clock
from yanxiu.foundation.sheets.tests import books
from yanxiu.training.cast import names, signing_in
from yanxiu.training.organisations.imports import columns, files, handing_in, refusals
from yanxiu.training.organisations.imports.tests import desks
from yanxiu.training.organisations.models import Import

pytestmark = pytest.mark.usefixtures("country")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
WHOLE = {
    "空": (b"", "文件是空的"),
    "旧格式": (OLE, "旧版 .xls"),
    "加密": (OLE + "EncryptedPackage".encode("utf-16-le"), "设有密码"),
    "图片": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\x9f" * 9, "编码"),
    "过宽": (("列," * 1_000).encode(), "最多 999 列"),
    "引号": ('姓名,证件号码\n"王"芳,1\n'.encode(), "引号"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_bad_sheet_is_refused_with_its_reason_and_what_to_do(name: str) -> None:
    content, reason = WHOLE[name]
    with pytest.raises(refusals.SheetUnreadable) as refused:
        desks.hand_in(content)
    said = refused.value.message
    assert reason in said
    assert said.startswith("无法读取：")
    assert said.endswith("请下载模板，另存为 .xlsx。")
    assert not Import.objects.filter(filename="名册.xlsx").exists()


def test_a_file_over_20_mb_is_refused_unread() -> None:
    with pytest.raises(refusals.SheetTooLarge):
        desks.hand_in(b" " * (files.BYTES_MOST + 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_file_is_taken_in_any_chinese_encoding(encoding: str) -> None:
    who = names.person(2)
    sheet = desks.hand_in(f"姓名,证件号码\n{who.name},{who.number}\n".encode(encoding))
    seen = desks.preview(sheet)
    assert seen.titles == ["姓名", "证件号码"]
    assert seen.first == [(2, [who.name, f"{who.number[:3]}***********{who.number[-4:]}"])]
    assert seen.wrong_many == 0


def test_a_missing_column_is_refused_and_a_doubled_one() -> None:
    with pytest.raises(refusals.ColumnMissing) as refused:
        desks.hand_in([["王芳"]], ("姓名",))
    assert refused.value.message.startswith("第 1 行缺少“证件号码”列")
    with pytest.raises(refusals.ColumnDoubled) as doubled:
        desks.hand_in([["王芳", "1", "李娜"]], ("姓名", "证件号码", "姓名"))
    assert "（A、C 列）" in doubled.value.message
    with pytest.raises(refusals.NoRows):
        desks.hand_in([])


def test_an_unknown_column_is_asked_about_and_then_taken() -> None:
    sheet = desks.hand_in([[*desks.teacher(1), "x"]], ("姓名", "身份证", "备注"))
    (lacking,) = desks.preview(sheet).missing
    assert lacking.column.title == "证件号码"
    assert lacking.guess is not None
    assert lacking.guess.title == "身份证"
    with pytest.raises(refusals.ColumnsOpen):
        desks.confirm(sheet)
    with pytest.raises(refusals.ColumnsWrong):
        handing_in.choose(sheet, {"name": 0, "number": 0}, by=sheet.by, at=clock.now())
    handing_in.choose(sheet, {"name": 0, "number": 1}, by=sheet.by, at=clock.now())
    seen = desks.preview(desks.fresh(sheet))
    assert not seen.missing
    assert [place.title for place in seen.unused] == ["备注"]
    assert desks.run(sheet).taken == 1


def test_the_preview_names_what_looks_wrong_and_changes_nothing() -> None:
    sheet = desks.hand_in([desks.teacher(1), desks.teacher(1), ["王芳", "1"], desks.teacher(2)])
    seen = desks.preview(sheet)
    assert (seen.rows, seen.looked, seen.wrong_many, seen.is_whole) == (4, 4, 3, True)
    assert [wrong.row for wrong in seen.wrong] == [2, 3, 4]
    assert seen.wrong[0].sentence.startswith("第 2 行与第 3 行证件号码重复")
    assert seen.wrong[2].cell == "B4"
    assert desks.fresh(sheet).staged == 0


@pytest.mark.parametrize("kind", [columns.SCHOOLS, columns.OFFICERS])
def test_a_school_hands_in_rosters_alone(kind: str) -> None:
    with pytest.raises(refusals.MayNotImport):
        desks.hand_in([["1"]], ("手机号",), kind=kind, by=desks.person(signing_in.SCHOOL))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("C:\\表\\名册.xlsx", "名册.xlsx"),
        ("a\0\u202ecod.xlsx", "acod.xlsx"),
        ("长" * 300 + ".xlsx", "长" * 195 + ".xlsx"),
        ("", "-"),
    ],
)
def test_a_files_name_is_only_shown(given: str, kept: str) -> None:
    assert files.name_of(given) == kept


def test_bombs_and_laughs_never_reach_the_database() -> None:
    sheet = "<row r='1'>" + books.cell("A1", "姓名") + "</row>"
    made = books.parts("") | {
        "xl/worksheets/sheet1.xml": f"<worksheet>{sheet}" + " " * (32 * 1024 * 1024)
    }
    with pytest.raises(refusals.SheetUnreadable) as refused:
        desks.hand_in(books.zipped(made).read())
    assert "文件解压后过大" in refused.value.message
    assert not Import.objects.filter(filename="名册.xlsx").exists()
