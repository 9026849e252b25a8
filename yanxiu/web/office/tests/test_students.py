"""Keep a school's register of students: a sheet, slips with codes, the end of a class."""

import re

import pytest
from django.urls import reverse

from yanxiu.training.cast import casting, places, signing_in, students
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations import student_refusals as no
from yanxiu.training.organisations.imports import columns
from yanxiu.training.organisations.imports.tests import desks as sheets
from yanxiu.training.organisations.models import StudentCode, StudentEntry
from yanxiu.training.people.models import Account, Person
from yanxiu.training.trail.models import Entry
from yanxiu.web.office.tests import desks
from yanxiu.web.teacher.tests.pages import text

PAGE, CODES, END = (
    reverse(name) for name in ("office_students", "office_student_codes", "office_students_ending")
)
TITLES = ("姓名", "学籍号", "班级")


def test_a_sheet_fills_the_register_and_says_why_a_row_is_left_out(call: Call, desk: Desk) -> None:
    other = casting.desk(call, places.of(places.HOME, places.PRIMARY, 2), by=_county())
    elsewhere, here = call.person(), call.person()
    students.enter(other.school, elsewhere, by=other.officer, at=call.now)
    rows = [
        [here.name, students.number(here), "一年级 1 班"],
        [elsewhere.name, students.number(elsewhere), "一年级 1 班"],
        ["赵一", "G330106201509010018", "一年级 1 班"],
        ["钱二", "330106", "一年级 1 班"],
    ]
    sheet = sheets.hand_in(rows, TITLES, by=desk.officer, kind=columns.STUDENTS)
    assert sheets.run(sheet).taken == 1
    said = {row: sentence for row, (_cell, sentence) in sheets.refused(sheet).items()}
    assert "另一所学校" in said[3]
    assert "校验不通过" in said[4]
    assert "19 位" in said[5]
    page = text(desks.browser(desk.officer).get(PAGE))
    assert here.name in page
    assert students.number(here) not in page
    assert elsewhere.name not in page


def test_slips_are_shown_once_after_the_guardians_were_asked(call: Call, desk: Desk) -> None:
    whom = [call.person() for _ in range(3)]
    for each in whom:
        students.enter(desk.school, each, group="六年级", by=desk.officer, at=call.now)
    client = desks.browser(desk.officer)
    assert "监护人同意" in text(client.post(CODES, {"group": "六年级"}), 400)
    assert not StudentCode.objects.filter(entry__school=desk.school).exists()
    answer = client.post(CODES, {"group": "六年级", "guardians": "1"})
    slips = text(answer)
    assert len(re.findall(r">[2-9A-Z]{4}-[2-9A-Z]{4}<", slips)) == 3
    assert "no-store" in answer["Cache-Control"]
    assert all(students.number(each) in slips for each in whom)
    told = Entry.objects.get(verb="student_codes_issued", path=desk.school.path)
    assert told.detail == {"count": 3, "guardians_agree": True}
    assert "前有效" in text(client.get(PAGE))


def test_a_class_ends_together_after_it_was_said(call: Call, desk: Desk) -> None:
    for _ in range(2):
        students.enter(desk.school, call.person(), group="九年级", by=desk.officer, at=call.now)
    stays = students.enter(desk.school, call.person(), group="八年级", by=desk.officer, at=call.now)
    client = desks.browser(desk.officer)
    assert "“九年级”的 2 名学生" in text(client.get(END, {"group": "九年级"}))
    assert "已从学生名册中结束" in text(client.post(END, {"group": "九年级"}, follow=True))
    standing = StudentEntry.objects.filter(school=desk.school, ended_at=None)
    assert list(standing) == [stays]
    assert "由学生带走" in text(client.get(END, {"entry": str(stays.pk)}))


def test_one_number_stands_in_one_school(call: Call, desk: Desk) -> None:
    other = casting.desk(call, places.of(places.HOME, places.PRIMARY, 2), by=_county())
    who = call.person()
    students.enter(desk.school, who, by=desk.officer, at=call.now)
    with pytest.raises(no.StudentElsewhere):
        students.enter(other.school, who, by=other.officer, at=call.now)
    client = desks.browser(desk.officer)
    line = {"name": who.name, "number": students.number(who), "group": ""}
    assert "已在本校学生名册中" in text(client.post(PAGE, line), 409)
    assert "请填写" in text(client.post(PAGE, {"name": "王", "number": " ", "group": ""}), 400)


def test_nobody_above_the_school_sees_its_students(call: Call, desk: Desk) -> None:
    students.enter(desk.school, call.person(), by=desk.officer, at=call.now)
    for phone in (signing_in.COUNTY, signing_in.NATION):
        client = desks.browser(phone)
        assert client.get(PAGE).status_code == 403
        assert client.post(CODES, {"group": "", "guardians": "1"}).status_code == 403
        assert client.get(reverse("office_import_new", args=["students"])).status_code == 403


def _county() -> Person:
    return Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
