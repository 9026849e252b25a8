"""Show the first page of the console: what waits for this officer, since when, and what helps."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, rosters, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import (
    Import,
    Officer,
    Region,
    SchoolRequest,
    SchoolType,
    TypeProposal,
)
from yanxiu.training.people import factors
from yanxiu.training.people.models import Person
from yanxiu.training.reports import rolling
from yanxiu.web.office.tests import desks


def page(who: str | Person) -> str:
    answer = desks.browser(who).get(reverse("office"))
    assert answer.status_code == 200
    return answer.content.decode()


def seen(who: str | Person) -> str:
    return desks.seen(page(who))


def test_the_first_sight_is_what_waits_and_the_button_that_helps(call: Call, desk: Desk) -> None:
    who = call.person()
    people.join(call.phone(), who, desk.school, at=call.ago(days=5))
    rosters.enter(desk.school, who, at=call.now)
    call.teacher(desk.school, at=call.ago(days=2))
    shown = page(desk.officer)
    assert "2位老师在等您审核，最久的已等5天" in desks.seen(shown)
    button = re.search(r'class="button" href="([^"]+)"', shown)
    assert button
    assert button[1] == "/office/verifications/batches/?matching=1"
    assert "等得最久的老师" in shown


def test_an_empty_desk_says_so(desk: Desk) -> None:
    assert "现在没有事在等您处理" in seen(desk.officer)


def test_every_kind_of_task_has_its_number_and_age(call: Call, desk: Desk) -> None:
    county = Officer.objects.get(person__account__phone=signing_in.COUNTY)
    asker = call.teacher(desk.school, at=call.ago(days=1)).person
    SchoolRequest.objects.create(
        person=asker,
        county=Region.objects.get(pk=places.HOME),
        name="没有的小学",
        asked_at=call.ago(days=6),
    )
    TypeProposal.objects.create(
        school=desk.school, type=SchoolType.objects.get(pk="311"), by=asker, at=call.ago(days=3)
    )
    Import.objects.create(kind="schools", path=county.path, by=county.person, at=call.now)
    open_ones = {"answer": None, "withdrawn_at": None}
    schools = SchoolRequest.objects.filter(county__path__startswith=county.path, **open_ones)
    types = TypeProposal.objects.filter(school__path__startswith=county.path, **open_ones)
    text = seen(signing_in.COUNTY)
    for word in (
        f"找不到的学校{schools.count()}已等6天",
        f"学制更正{types.count()}已等3天",
        "未完成的导入1个文件",
    ):
        assert word in text
    assert "找不到的学校" not in seen(desk.officer)


def test_what_waits_longest_leads_where_no_teacher_waits(call: Call, desk: Desk) -> None:
    asker = call.teacher(desk.school, at=call.ago(days=1)).person
    county = Region.objects.get(pk=places.HOME)
    SchoolRequest.objects.create(
        person=asker, county=county, name="某校", asked_at=call.ago(days=6)
    )
    assert "等得最久的是：找不到的学校" in seen(signing_in.CITY)


def test_the_county_sees_the_oldest_case_below_it(call: Call, desk: Desk) -> None:
    call.teacher(desk.school, at=call.ago(days=90))
    text = seen(signing_in.COUNTY)
    assert f"{desk.school.name}1位，最久的已等90天" in text
    assert "等得最久的学校" not in seen(desk.officer)


def test_a_right_that_ends_is_said(call: Call, desk: Desk) -> None:
    until = call.now.replace(microsecond=0) + (call.now - call.ago(days=9))
    Officer.objects.filter(person=desk.officer).update(until=until)
    assert f"您在“{desk.school.name}”的学校管理员权限到" in seen(desk.officer)


def test_both_see_that_one_stands_in_for_the_other(call: Call, desk: Desk) -> None:
    deputy = casting.colleague(call, call.phone(), "闻人静")
    (grant,) = grants.held(desk.officer.id, at=clock.now())
    until = call.now + timedelta(days=9)
    grants.deputise(grant, deputy, until=until, by=desk.officer, at=call.ago(hours=1))
    factors.lend(deputy, at=clock.now())
    assert "闻人静正代理您的权限" in seen(desk.officer)
    assert f"您代理“{desk.school.name}”的学校管理员" in seen(deputy)


def test_how_the_branch_stands_is_there_once_it_was_counted(call: Call, desk: Desk) -> None:
    assert "在册教师" not in seen(signing_in.COUNTY)
    rolling.roll(at=clock.now())
    assert "在册教师" in seen(signing_in.COUNTY)


def test_the_page_asks_eleven_queries_at_most(call: Call, desk: Desk) -> None:
    who = call.person()
    people.join(call.phone(), who, desk.school, at=call.ago(days=9))
    rosters.enter(desk.school, who, at=call.now)
    rolling.roll(at=clock.now())
    client = desks.browser(signing_in.COUNTY)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("office"))
    assert len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]) <= 11
