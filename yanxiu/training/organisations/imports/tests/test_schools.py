"""Import schools: by the register's own verb, inside the officer's branch."""

import pytest

from yanxiu.training.cast import places, signing_in
from yanxiu.training.organisations.imports import columns
from yanxiu.training.organisations.imports.tests import desks
from yanxiu.training.organisations.models import School

pytestmark = pytest.mark.usefixtures("country")

TITLES = ("学校标识码", "学校名称", "办学类型", "所属县区", "设立日期")


def test_a_city_adds_schools_to_its_counties() -> None:
    taken = places.of(places.HOME, places.PRIMARY)
    rows = [
        ["3301069001", "西湖区新芽小学", "小学", "330106", "2025-09-01"],
        ["3301069002", "西湖区新芽中学", "311", "西湖区", "2025年9月1日"],
        [taken.code, "又一所小学", "小学", "330106", ""],
        ["33010690", "新芽三小", "小学", "330106", ""],
        ["3301069004", "新芽四小", "魔法学校", "330106", ""],
        ["3302039005", "新芽五小", "小学", "330203", ""],
        ["3301069006", "新芽六小", "小学", "", ""],
        ["3301069007", "新芽七小", "小学", "330106", "去年"],
        ["3301069008", "新芽八小", "小学", "330106", ""],
        ["3301069008", "新芽九小", "小学", "330106", ""],
        ["3301069010", "x", "小学", "330106", ""],
    ]
    by = desks.person(signing_in.CITY)
    sheet = desks.hand_in(rows, TITLES, by=by, kind=columns.SCHOOLS)
    foreseen = {wrong.row: wrong.cell for wrong in desks.preview(sheet).wrong}
    sheet = desks.run(sheet)
    assert (sheet.taken, sheet.refused) == (2, 9)
    said = desks.refused(sheet)
    cells = {row: cell for row, (cell, _sentence) in said.items()}
    assert cells == {
        4: "A4",
        5: "A5",
        6: "C6",
        7: "D7",
        8: "D8",
        9: "E9",
        10: "A10",
        11: "A11",
        12: "B12",
    }
    assert foreseen == cells
    assert taken.name in said[4][1]
    new = School.objects.get(code="3301069002")
    assert (new.type_id, new.county_id, str(new.opened_on)) == ("311", "330106", "2025-09-01")
    assert desks.numbers(sheet) == {new.id, School.objects.get(code="3301069001").id}


def test_a_county_need_not_name_itself() -> None:
    row = ["3301069001", "西湖区新芽小学", "小学"]
    by = desks.person(signing_in.COUNTY)
    sheet = desks.run(desks.hand_in([row], TITLES[:3], by=by, kind=columns.SCHOOLS))
    assert sheet.taken == 1
    assert School.objects.get(code="3301069001").county_id == places.HOME
