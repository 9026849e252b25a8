"""Import officers: each row gets what the page would give, and is refused what it would refuse."""

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import places, signing_in
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.imports import columns
from yanxiu.training.organisations.imports.tests import desks
from yanxiu.training.organisations.models import Officer, School

pytestmark = pytest.mark.usefixtures("country")

TITLES = ("手机号", "姓名", "管理级别", "管理范围代码")


def rows(school: School) -> list[list[str]]:
    """Return one right that a county may give, and all kinds that she may not."""
    return [
        [signing_in.READY, "张晓岚", "学校管理员", school.code],
        [signing_in.UNVERIFIED, "王芳", "学校管理员", school.code],
        [signing_in.CLAIMS, "", "县区管理员", places.HOME],
        [signing_in.COUNTY, "", "学校管理员", school.code],
        [signing_in.TEN[0], "", "学校管理员", "330102"],
        [signing_in.TEN[1], "", "学校管理员", places.HOME],
        [signing_in.TEN[2], "", "省管理员", "330000"],
        ["13999999999", "", "学校管理员", school.code],
        ["1380000", "", "学校管理员", school.code],
        [signing_in.TEN[3], "", "校长", school.code],
        [signing_in.SCHOOL, "", "学校管理员", places.of(places.HOME, places.PRIMARY).code],
    ]


def test_a_county_gives_its_schools_officers_and_nothing_else() -> None:
    county = desks.person(signing_in.COUNTY)
    school = places.of(places.HOME, "342")
    sheet = desks.hand_in(rows(school), TITLES, by=county, kind=columns.OFFICERS)
    foreseen = {wrong.row: wrong.cell for wrong in desks.preview(sheet).wrong}
    before = Officer.objects.count()
    sheet = desks.run(sheet)
    assert (sheet.taken, sheet.refused) == (1, 10)
    assert Officer.objects.count() == before + 1
    held = grants.held(desks.person(signing_in.READY).id, at=clock.now())
    assert [(grant.level, grant.path, grant.given_by_id) for grant in held] == [
        ("school", school.path, county.id)
    ]
    said = {row: cell for row, (cell, _sentence) in desks.refused(sheet).items()}
    assert said == {
        3: "B3",
        4: "C4",
        5: "A5",
        6: "D6",
        7: "C7",
        8: "D8",
        9: "A9",
        10: "A10",
        11: "C11",
        12: "A12",
    }
    # Whether she serves there already is known only once the right is given.
    assert foreseen == {row: cell for row, cell in said.items() if row != 12}
