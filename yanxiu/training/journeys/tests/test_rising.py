"""Show a case rise from a silent school to its county, and who is told."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.cast.people import Teacher
from yanxiu.training.journeys import rising, verifying
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants, posts, refusals
from yanxiu.training.organisations.models import Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Person


@pytest.fixture
def call(country: None) -> Call:
    # Whatever waits in the demo country has risen and been told of before.
    rising.rise(at=clock.now() + timedelta(days=90))
    return Call(clock.now())


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


@pytest.fixture
def desk(call: Call) -> Desk:
    return casting.desk(call, places.of(places.HOME, "342"), by=person(signing_in.COUNTY))


def told(who: Person, kind: str) -> int:
    return Notice.objects.filter(person=who, kind=kind).count()


def answer(teacher: Teacher, by: Person) -> None:
    held = grants.held(by.id, at=clock.now())
    verifying.approve(teacher.asked, held=held, by=by, at=clock.now())


def browser(who: Person) -> Client:
    client = Client()
    sign_in(client, Account.objects.get(person=who))
    return client


def test_a_school_has_as_many_days_as_the_setting_says(
    call: Call, desk: Desk, settings: Settings
) -> None:
    settings.YANXIU_CASE_DAYS = 3
    teacher = call.teacher(desk.school, at=call.now)
    assert teacher.asked.rises_at == call.now + timedelta(days=3)
    assert rising.rise(at=call.now + timedelta(days=3, seconds=-1)) == 0
    assert rising.rise(at=call.now + timedelta(days=3)) == 1


def test_the_county_answers_for_a_school_that_is_silent_and_the_teacher_sees_it(
    call: Call, desk: Desk
) -> None:
    county = person(signing_in.COUNTY)
    teacher = call.teacher(desk.school, at=call.ago(days=6))
    before = told(county, "case_risen")
    assert rising.rise(at=call.now) == 1
    assert rising.rise(at=call.now) == 0
    assert told(county, "case_risen") == before + 1
    assert told(teacher.person, "case_raised") == 1
    assert "等待县区管理员审核" in browser(teacher.person).get("/me/information/").content.decode()
    desk_page = browser(county).get("/office/").content.decode()
    assert desk.school.name in desk_page
    answer(teacher, county)
    assert posts.standings(teacher.person.id)[0].verified
    assert teacher.asked.decision.level == "county"
    assert told(teacher.person, "verification_approved") == 1
    assert "已确认您的身份" in browser(teacher.person).get("/me/information/").content.decode()


def test_a_correction_rises_as_a_verification_does(call: Call, desk: Desk) -> None:
    county = person(signing_in.COUNTY)
    teacher = call.teacher(desk.school, at=call.ago(days=20))
    people.approve(teacher, by=desk.officer, at=call.ago(days=19))
    right = Invented("夏侯久等", identities.number(teacher.asked.identity))
    people.ask_for(teacher, right, why="登记错了。", at=call.ago(days=4))
    assert rising.rise(at=call.now) == 0
    before = told(county, "correction_risen")
    assert rising.rise(at=call.now + timedelta(days=1)) == 1
    assert rising.rise(at=call.now + timedelta(days=2)) == 0
    assert told(county, "correction_risen") == before + 1
    assert told(teacher.person, "correction_raised") == 1
    notice = Notice.objects.get(
        person=county, kind="correction_risen", facts__school=desk.school.name
    )
    assert notice.link == "/office/corrections/"


def test_a_county_s_first_page_lists_risen_corrections_with_the_teachers_who_wait(
    call: Call, desk: Desk
) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=90))
    people.approve(teacher, by=desk.officer, at=call.ago(days=89))
    right = Invented("夏侯久等", identities.number(teacher.asked.identity))
    asked = people.ask_for(teacher, right, why="登记错了。", at=call.ago(days=80))
    page = browser(person(signing_in.COUNTY)).get("/office/").content.decode()
    oldest = page.partition('id="oldest"')[2].partition("</ul>")[0]
    assert f"/office/corrections/{asked.id}/" in oldest
    assert teacher.asked.identity.name in oldest.partition("</li>")[0]


def test_the_school_may_still_answer_what_has_risen(call: Call, desk: Desk) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=6))
    rising.rise(at=call.now)
    answer(teacher, desk.officer)
    assert teacher.asked.decision.level == "school"


def test_the_county_waits_for_the_school_s_days(call: Call, desk: Desk) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=1))
    with pytest.raises(refusals.NotRisen):
        answer(teacher, person(signing_in.COUNTY))


def test_a_case_of_whom_nobody_else_can_answer_rises_at_once(call: Call, desk: Desk) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=1))
    county = person(signing_in.COUNTY)
    (grant,) = grants.held(desk.officer.id, at=clock.now())
    grants.withdraw(grant, by=county, at=clock.now())
    assert rising.rise(at=clock.now()) == 1
    answer(teacher, county)
    assert posts.standings(teacher.person.id)[0].verified


def test_an_only_officer_s_own_case_is_the_county_s_even_with_a_deputy(
    call: Call, desk: Desk
) -> None:
    deputy = casting.colleague(call, call.phone())
    (grant,) = grants.held(desk.officer.id, at=clock.now())
    until = call.now + timedelta(days=9)
    grants.deputise(grant, deputy, until=until, by=desk.officer, at=call.ago(hours=1))
    people.introduce(desk.officer, call.person(), at=call.now)
    verifying.teach_at(desk.officer, desk.school, at=call.now)
    asked = Verification.objects.get(post__person=desk.officer, withdrawn_at=None)
    teacher = Teacher(desk.officer, asked.post, asked)
    with pytest.raises(refusals.OwnDeputy):
        answer(teacher, deputy)
    answer(teacher, person(signing_in.COUNTY))
    assert posts.standings(desk.officer.id)[0].verified
