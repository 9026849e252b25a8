"""Import rosters: every row ends as taken or refused, with the cell and the reason."""

from contextlib import closing
from dataclasses import replace

import pytest

from tests.support import jobs
from yanxiu.foundation import clock
from yanxiu.foundation.sheets.tests import books
from yanxiu.training.cast import names, places, signing_in
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants, rosters
from yanxiu.training.organisations.imports import (
    handing_in,
    kinds,
    listing,
    refusals,
    staging,
    taking,
)
from yanxiu.training.organisations.imports.tests import desks
from yanxiu.training.organisations.models import Import, ImportRow, Officer, RosterEntry, School
from yanxiu.training.people import identities
from yanxiu.training.people.models import Person
from yanxiu.training.trail.models import Entry


@pytest.fixture(autouse=True)
def school(country: None) -> School:
    """Give the home school, its roster empty."""
    home = places.of(places.HOME, places.PRIMARY)
    rosters.end_all(rosters.current([home.id]), at=clock.now())
    return home


def listed(school: School) -> dict[str, str]:
    """Return who stands in a roster: the number, and the name with role and subject."""
    return {
        identities.opened(entry.number_sealed): f"{entry.name} {entry.role} {entry.subject}".strip()
        for entry in rosters.current([school.id])
    }


def test_a_school_takes_in_its_roster(school: School) -> None:
    sheet = desks.run(desks.hand_in([desks.teacher(1, "组长", "语文"), desks.teacher(2)]))
    assert (sheet.taken, sheet.refused, sheet.rows) == (2, 0, 2)
    first, second = names.person(1), names.person(2)
    assert listed(school) == {first.number: f"{first.name} 组长 语文", second.number: second.name}
    assert desks.numbers(sheet) == set(rosters.current([school.id]).values_list("id", flat=True))
    assert sheet.finished_at
    assert sheet.sealed is None
    assert sheet.look_sealed is None
    assert not any(row.sealed_cells for row in ImportRow.objects.filter(import_id=sheet.pk)), (
        "cells of taken rows are gone"
    )
    verbs = list(
        Entry.objects.filter(subject_id=str(sheet.id)).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["import_handed_in", "import_confirmed", "import_finished"]
    told = Notice.objects.filter(person=sheet.by, kind="import_finished").order_by("at").last()
    assert told
    assert told.facts == {"file": "名册.xlsx", "taken": "2", "refused": "0"}


def test_every_kind_of_document_can_stand_in_a_roster(school: School) -> None:
    header = ["姓名", "证件类型", "证件号码", "职务", "任教学科"]
    given = books.rows(
        header,
        ["何一", "回乡证", "H99999811"],
        ["林二", "台湾居民来往大陆通行证", "9999981201"],
        ["Maria", "护照", "zz999813"],
        ["王三", "", names.person(3).number],
        ["赵四", "护照", names.person(4).number],
        ["钱五", "借书证", "12345"],
    )
    sheet = desks.run(desks.hand_in(given.read()))
    assert set(listed(school)) == {"H99999811", "99999812", "ZZ999813", names.person(3).number}
    said = desks.refused(sheet)
    assert said[6] == ("C6", "证件类型与号码格式不一致，请核对所选的证件类型。")
    assert said[7][0] == "B7"
    assert "不认识这种证件类型" in said[7][1]


def test_each_refused_row_names_its_cell_and_what_to_do(school: School) -> None:
    who = names.person(9)
    bad = who.number[:-1] + ("1" if who.number[-1] != "1" else "2")
    given = books.rows(
        desks.ROSTER,
        desks.teacher(1),
        ["", names.person(2).number],
        ["王芳", 110101199001010015],
        ["王芳", bad],
        ["<script>", names.person(3).number],
        ["王芳", "330106199001012000"],
        desks.teacher(4, "长" * 41),
        [],
        desks.teacher(5),
        desks.teacher(5),
    )
    sheet = desks.run(desks.hand_in(given.read()))
    assert (sheet.taken, sheet.refused) == (1, 8)
    said = desks.refused(sheet)
    assert said.keys() == {3, 4, 5, 6, 7, 8, 10, 11}
    assert said[3] == ("A3", "姓名没有填写。")
    lost = "证件号码被 Excel 转成数字，后几位已丢失，请将该列设为“文本”后重新填写。"
    assert said[4] == ("B4", lost)
    assert said[5] == ("B5", "身份证号校验不通过，请核对第 18 位。")
    assert said[6] == ("A6", "姓名中含有不支持的字符“<”，请按身份证填写。")
    assert said[7] == ("B7", lost)
    assert said[8] == ("C8", "职务过长，最多 40 个字。")
    assert said[10][1] == "第 10 行与第 11 行证件号码重复，两行均未导入。请只保留一行。"
    assert said[11][1] == "第 11 行与第 10 行证件号码重复，两行均未导入。请只保留一行。"
    assert listed(school).keys() == {names.person(1).number}


def test_who_is_listed_already_is_refused_when_a_roster_grows(school: School) -> None:
    desks.run(desks.hand_in([desks.teacher(1)]))
    sheet = desks.run(desks.hand_in([desks.teacher(1, "校长"), desks.teacher(2)]))
    assert (sheet.taken, sheet.refused) == (1, 1)
    assert "已在这所学校的名册中" in desks.refused(sheet)[2][1]
    assert listed(school)[names.person(1).number] == names.person(1).name


def test_a_whole_new_roster_ends_what_it_no_longer_names(school: School) -> None:
    first = desks.run(desks.hand_in([desks.teacher(n) for n in (1, 2, 3, 4)]))
    kept = {entry.name: entry.id for entry in rosters.current([school.id])}
    new = desks.hand_in(
        [desks.teacher(1), desks.teacher(2, "校长"), ["", names.person(3).number]],
        mode=desks.REPLACE,
    )
    assert desks.preview(new).replacing is not None
    sheet = desks.run(new)
    assert (sheet.taken, sheet.refused, sheet.ended) == (2, 1, 1)
    assert set(listed(school)) == {names.person(n).number for n in (1, 2, 3)}
    assert listed(school)[names.person(2).number].endswith("校长")
    assert kept[names.person(1).name] in desks.numbers(sheet), "what is the same stays as it is"
    over = RosterEntry.objects.filter(source=first).exclude(ended_at=None)
    assert over.count() == 2, "ended with a date, not deleted"


def test_the_refused_rows_alone_come_back_as_a_sheet_to_mend(school: School) -> None:
    sheet = desks.run(desks.hand_in([desks.teacher(1), ["王芳", ""], desks.teacher(2)]))
    with listing.refused_sheet(sheet, by=sheet.by) as file:
        given = file.read()
    with pytest.raises(refusals.RefusedSheetReplaces):
        desks.hand_in(given, mode=desks.REPLACE)
    again = desks.hand_in(given)
    assert again.rows == 1
    (wrong,) = desks.preview(again).wrong
    assert wrong.sentence == "证件号码没有填写。"
    with pytest.raises(refusals.NotYours):
        listing.refused_sheet(sheet, by=desks.person(signing_in.COUNTY))


def test_a_county_names_schools_of_its_own_by_code_or_by_name() -> None:
    home, near = places.of(places.HOME, places.PRIMARY), places.of(places.HOME, "342")
    away = School.objects.exclude(path__startswith=home.county.path).order_by("code")[0]
    titles = ("学校标识码", "学校名称", "姓名", "证件号码")
    sheet = desks.run(
        desks.hand_in(
            [
                [home.code, "", *desks.teacher(1)],
                ["", near.name, *desks.teacher(2)],
                [away.code, "", *desks.teacher(3)],
                ["", "没有这所学校", *desks.teacher(4)],
                ["", "", *desks.teacher(5)],
                [home.code, near.name, *desks.teacher(6)],
            ],
            titles,
            by=desks.person(signing_in.COUNTY),
        )
    )
    assert (sheet.taken, sheet.refused) == (2, 4)
    said = desks.refused(sheet)
    foreign = "学校不在您的管理范围，或标识码、校名有误，请核对。"
    assert said[4] == ("A4", foreign)
    assert said[5] == ("B5", foreign)
    assert said[6][1].startswith("没有填写学校")
    assert home.name in said[7][1]
    assert len(listed(home)) == len(listed(near)) == 1
    assert not listed(away)


def test_a_school_cannot_fill_another_ones_roster() -> None:
    other = places.of(places.HOME, "342")
    rows = [[other.code, *desks.teacher(1)]]
    sheet = desks.run(desks.hand_in(rows, ("学校标识码", "姓名", "证件号码")))
    assert (sheet.taken, sheet.refused) == (0, 1)
    assert not listed(other)


@pytest.mark.parametrize(("title", "value"), [("操作", "删除"), ("角色", "省管理员")])
def test_what_an_import_cannot_do_is_a_rows_error(title: str, value: str, school: School) -> None:
    before = Officer.objects.count()
    rows = [desks.teacher(1, "", "", value), desks.teacher(2)]
    sheet = desks.run(desks.hand_in(rows, (*desks.ROSTER, title)))
    assert (sheet.taken, sheet.refused) == (1, 1)
    assert desks.refused(sheet)[2][0] == "E2"
    assert Officer.objects.count() == before
    assert names.person(1).number not in listed(school)


def take_rights(of: Person) -> None:
    """Take all rights from a school's officer, as her county may."""
    at = clock.now()
    for grant in grants.held(of.id, at=at):
        grants.withdraw(grant, by=desks.person(signing_in.COUNTY), at=at)


def test_a_right_taken_between_two_batches_stops_an_import_there(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = replace(kinds.of("roster"), many=2)
    monkeypatch.setitem(kinds._KINDS, "roster", kind)
    sheet = desks.hand_in([desks.teacher(index) for index in range(1, 6)])
    desks.confirm(sheet)
    staging.stage(sheet)
    assert taking._batch(sheet.id, kind, 0) == 3
    take_rights(sheet.by)
    jobs.run()
    sheet = desks.fresh(sheet)
    assert (sheet.taken, sheet.refused, sheet.stopped_by) == (2, 3, "right_ended")
    assert sheet.finished_at
    assert len(listed(school)) == 2


def test_a_right_taken_while_rows_are_read_stops_the_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(staging, "BATCH", 2)
    sheet = desks.hand_in([desks.teacher(index) for index in range(1, 6)])
    desks.confirm(sheet)
    with closing(staging._read(sheet)) as found:
        staging._keep(sheet.id, kinds.of("roster"), [next(found), next(found)])
    take_rights(sheet.by)
    jobs.run()
    sheet = desks.fresh(sheet)
    assert (sheet.staged, sheet.taken, sheet.stopped_by) == (2, 0, "right_ended")
    assert sheet.sealed is None


def test_a_right_that_is_taken_stops_an_import() -> None:
    sheet = desks.hand_in([desks.teacher(1), ["", "1"]])
    desks.confirm(sheet)
    take_rights(sheet.by)
    jobs.run()
    sheet = desks.fresh(sheet)
    assert (sheet.taken, sheet.stopped_by) == (0, "right_ended")
    assert sheet.finished_at
    assert sheet.sealed is None
    assert (sheet.rows, sheet.staged) == (2, 0), "not even read any more"


def test_a_cancelled_import_takes_nothing_more_and_ends_every_row(school: School) -> None:
    waiting = desks.hand_in([desks.teacher(1)])
    handing_in.cancel(waiting, by=waiting.by, at=clock.now())
    assert desks.fresh(waiting).sealed is None
    with pytest.raises(refusals.ImportOver):
        desks.confirm(waiting)
    going = desks.hand_in([desks.teacher(1), desks.teacher(2)])
    desks.confirm(going)
    handing_in.cancel(going, by=going.by, at=clock.now())
    jobs.run()
    ended = desks.fresh(going)
    assert ended.finished_at
    assert (ended.taken, listed(school)) == (0, {})
    with pytest.raises(refusals.ImportOver):
        handing_in.cancel(going, by=going.by, at=clock.now())


def test_nobody_confirms_twice_or_for_another() -> None:
    sheet = desks.hand_in([desks.teacher(1)])
    at, other = clock.now(), desks.person(signing_in.COUNTY)
    with pytest.raises(refusals.NotYours):
        handing_in.confirm(sheet, held=grants.held(other.id, at=at), by=other, at=at)
    desks.run(sheet)
    with pytest.raises(refusals.ImportOver):
        desks.confirm(sheet)
    assert Import.objects.get(pk=sheet.pk).taken == 1


def test_the_templates_example_is_never_taken() -> None:
    with listing.template("roster") as file:
        example = file.read()
    with pytest.raises(refusals.NoRows):
        desks.hand_in(example)


def test_refused_rows_and_idle_uploads_are_thrown_away_in_time() -> None:
    done = desks.run(desks.hand_in([desks.teacher(1), ["王芳", ""]]))
    idle = desks.hand_in([desks.teacher(2)])
    listing.forget(at=clock.now())
    assert desks.fresh(idle).sealed
    listing.forget(at=clock.now() + listing.KEPT)
    assert desks.fresh(idle).stopped_by == "idle"
    assert desks.fresh(idle).sealed is None
    with pytest.raises(refusals.RowsGone):
        listing.refused_sheet(done, by=done.by)
