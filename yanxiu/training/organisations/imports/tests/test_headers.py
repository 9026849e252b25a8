"""Recognise columns by their titles, and ask about what might be meant."""

import pytest

from yanxiu.training.organisations.imports import columns, headers

ROSTER = columns.of(columns.ROSTER)
PLACES = {column.field: at for at, column in enumerate(ROSTER)}


@pytest.mark.parametrize(
    "title", ["证件号码", " 证件 号码 ", "*证件号码", "证件号码（必填）", "证件号码:"]
)
def test_a_title_may_be_decorated(title: str) -> None:
    assert headers.read(["姓名", title], ROSTER).chosen[PLACES["number"]] == 1


@pytest.mark.parametrize("title", ["身份证", "身份证号码", "公民证件号码"])
def test_another_title_is_asked_about_and_not_taken(title: str) -> None:
    heading = headers.read(["姓名", title], ROSTER)
    assert heading.chosen[PLACES["number"]] is None
    assert heading.guesses["number"] == 1
    lacking = headers.missing(columns.ROSTER, ROSTER, heading.chosen, at_school=True)
    assert [column.title for column in lacking] == ["证件号码"]


def test_one_unknown_title_is_suggested_once() -> None:
    heading = headers.read(["姓名", "学校代码", "备注"], ROSTER)
    assert heading.guesses == {"school_code": 1}
    assert heading.unknown == (1, 2)


def test_a_title_that_stands_twice_is_told() -> None:
    assert headers.read(["姓名", "证件号码", "姓 名"], ROSTER).doubled == ("姓名", (0, 2))


def test_above_a_school_a_sheet_must_name_the_schools() -> None:
    chosen = headers.read(["姓名", "证件号码"], ROSTER).chosen
    assert not headers.missing(columns.ROSTER, ROSTER, chosen, at_school=True)
    (lacking,) = headers.missing(columns.ROSTER, ROSTER, chosen, at_school=False)
    assert lacking.title == "学校标识码"
    named = headers.read(["姓名", "证件号码", "学校名称"], ROSTER).chosen
    assert not headers.missing(columns.ROSTER, ROSTER, named, at_school=False)
