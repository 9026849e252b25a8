"""Show one request, its answer, and everybody who may not give it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.people import Teacher
from yanxiu.training.journeys import verifying
from yanxiu.training.learning.models import Completion
from yanxiu.training.organisations.models import Decision, Verification
from yanxiu.training.people.models import Account
from yanxiu.web.office.tests import desks

YES = {"outcome": "approved"}
NO = {"outcome": "rejected", "reason": "not_ours", "sentence": "请核对学校名称。"}


@pytest.fixture
def teacher(call: Call, desk: Desk) -> Teacher:
    return call.teacher(desk.school, at=call.ago(days=2))


def answer(client: Client, teacher: Teacher, typed: dict[str, str]) -> Any:
    return client.post(desks.case(teacher.asked), typed)


def decided(teacher: Teacher) -> Decision | None:
    return Decision.objects.filter(verification=teacher.asked).first()


def test_the_school_is_asked_whether_she_is_its_teacher(desk: Desk, teacher: Teacher) -> None:
    text = desks.seen(desks.browser(desk.officer).get(desks.case(teacher.asked)).content.decode())
    assert f"{teacher.asked.identity.name}是“{desk.school.name}”的老师吗？" in text
    assert "已等2天" in text
    assert "***********" in text


def test_the_county_sees_as_whom_she_studied(call: Call, desk: Desk) -> None:
    person = people.register(call.phone(), at=call.ago(days=3))
    people.introduce(person, call.person("欧阳先名"), at=call.ago(days=3))
    Completion.objects.create(
        person_id=person.id,
        lesson_id=uuid4(),
        media_version=1,
        completed_at=call.ago(days=2),
        credited_s=60,
        identity_version=1,
    )
    now = call.person("司马后来")
    people.introduce(person, now, at=call.ago(days=1))
    verifying.teach_at(person, desk.school, at=call.ago(days=1))
    asked = Verification.objects.get(post__person=person, withdrawn_at=None)
    assert asked.needs_county
    page = desks.browser(signing_in.COUNTY).get(desks.case(asked)).content.decode()
    before, _, after = page.partition('class="compare"')[2].partition("申请认证为")
    assert "取得学时时" in before
    assert "欧阳先名" in desks.seen(before)
    assert "司马后来" in desks.seen(after)
    assert now.number not in page


def test_a_yes_leads_to_the_next_one_and_says_what_was_done(
    call: Call, desk: Desk, teacher: Teacher
) -> None:
    following = call.teacher(desk.school, at=call.ago(days=1))
    client = desks.browser(desk.officer)
    led = answer(client, teacher, YES)
    assert led.status_code == 303
    assert led["Location"] == f"{desks.case(following.asked)}?done={teacher.asked.id}"
    shown = client.get(led["Location"]).content.decode()
    assert f"已通过{teacher.asked.identity.name}的认证" in shown
    found = decided(teacher)
    assert found
    assert (found.outcome, found.by_id) == ("approved", desk.officer.id)


def test_the_last_one_leads_back_to_the_list(desk: Desk, teacher: Teacher) -> None:
    client = desks.browser(desk.officer)
    led = answer(client, teacher, NO)
    assert led["Location"] == f"/office/verifications/?done={teacher.asked.id}"
    shown = client.get(led["Location"]).content.decode()
    assert f"已退回{teacher.asked.identity.name}的申请" in shown
    assert "现在没有老师在等审核" in shown


def test_a_no_keeps_its_reason_and_sentence(desk: Desk, teacher: Teacher) -> None:
    answer(desks.browser(desk.officer), teacher, NO)
    found = decided(teacher)
    assert found
    assert (found.reason, found.sentence) == ("not_ours", "请核对学校名称。")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"outcome": "rejected"}, "请选择退回的原因"),
        ({"outcome": "rejected", "reason": "other", "sentence": " "}, "请写明说明"),
        ({"outcome": "rejected", "reason": "invented"}, "invented"),
        ({"outcome": "rejected", "reason": "other", "sentence": "长" * 201}, "200"),
        ({}, "是，通过"),
        ({"outcome": "perhaps"}, "是，通过"),
    ],
)
def test_an_answer_that_lacks_something_is_asked_for_it(
    desk: Desk, teacher: Teacher, typed: dict[str, str], said: str
) -> None:
    shown = answer(desks.browser(desk.officer), teacher, typed)
    assert shown.status_code == 400
    assert said in shown.content.decode()
    assert decided(teacher) is None


def test_typed_words_stay_when_the_reason_is_missing(desk: Desk, teacher: Teacher) -> None:
    typed = {"outcome": "rejected", "sentence": "请到教务处核对。"}
    shown = answer(desks.browser(desk.officer), teacher, typed).content.decode()
    assert "请到教务处核对。" in shown
    assert '<details class="thumb-no" open>' in shown


@pytest.mark.parametrize(
    "phone", [signing_in.COUNTY, signing_in.CITY, signing_in.PROVINCE, signing_in.NATION]
)
def test_officers_above_read_why_they_only_look(teacher: Teacher, phone: str) -> None:
    client = desks.browser(phone)
    shown = client.get(desks.case(teacher.asked)).content.decode()
    assert "身份由教师所在学校的管理员审核" in shown
    assert "<button" not in shown.partition("<main")[2].partition("</main>")[0]
    refused = answer(client, teacher, YES)
    assert refused.status_code == 403
    assert "身份由教师所在学校的管理员审核" in refused.content.decode()
    assert decided(teacher) is None


def test_nobody_verifies_herself(desk: Desk, teacher: Teacher) -> None:
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    people.appoint(teacher.person, desk.school, by=county, at=clock.now())
    client = desks.browser(teacher.person)
    assert "不能审核自己的身份" in client.get(desks.case(teacher.asked)).content.decode()
    refused = answer(client, teacher, YES)
    assert refused.status_code == 403
    assert "不能审核自己的身份" in refused.content.decode()
    assert decided(teacher) is None


def test_the_second_of_two_officers_is_told_who_was_first(
    call: Call, desk: Desk, teacher: Teacher
) -> None:
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    second = casting.desk(call, desk.school, by=county)
    answer(desks.browser(desk.officer), teacher, YES)
    late = answer(desks.browser(second.officer), teacher, NO)
    assert late.status_code == 409
    assert "该申请已由" in late.content.decode()
    found = decided(teacher)
    assert found
    assert found.outcome == "approved"


def test_pressing_twice_changes_nothing_more(desk: Desk, teacher: Teacher) -> None:
    client = desks.browser(desk.officer)
    assert answer(client, teacher, YES).status_code == 303
    assert answer(client, teacher, YES).status_code == 409
    assert Decision.objects.filter(verification=teacher.asked).count() == 1


def test_what_the_teacher_has_replaced_says_so(call: Call, desk: Desk, teacher: Teacher) -> None:
    people.introduce(teacher.person, call.person(), at=clock.now())
    client = desks.browser(desk.officer)
    shown = client.get(desks.case(teacher.asked)).content.decode()
    assert "这份申请已不再有效" in shown
    assert "正在等待审核" in shown
    assert answer(client, teacher, YES).status_code == 409


def test_an_answered_case_shows_the_answer(desk: Desk, teacher: Teacher) -> None:
    client = desks.browser(desk.officer)
    answer(client, teacher, NO)
    shown = client.get(desks.case(teacher.asked)).content.decode()
    assert "不是本校教师" in shown
    assert "请核对学校名称。" in shown
    assert "是，通过" not in shown


def test_earlier_answers_stand_below_the_new_request(
    call: Call, desk: Desk, teacher: Teacher
) -> None:
    client = desks.browser(desk.officer)
    answer(client, teacher, NO)
    people.introduce(teacher.person, call.person("上官云"), at=clock.now())
    newest = teacher.post.verifications.latest("requested_at")
    shown = client.get(desks.case(newest)).content.decode()
    assert "上官云" in shown
    assert "不是本校教师" in shown


def test_outside_the_branch_nothing_is_there(call: Call, teacher: Teacher) -> None:
    nation = Account.objects.select_related("person").get(phone=signing_in.NATION).person
    foreign = casting.desk(call, places.of("110108", "342"), by=nation)
    for who in (foreign.officer, signing_in.SCHOOL):
        client = desks.browser(who)
        there, nowhere = client.get(desks.case(teacher.asked)), client.get(desks.case(uuid4()))
        assert there.status_code == nowhere.status_code == 404
        assert answer(client, teacher, YES).status_code == 404
    assert decided(teacher) is None


def test_visitors_sign_in_first_and_teachers_have_no_business_here(teacher: Teacher) -> None:
    address = desks.case(teacher.asked)
    assert Client().get(address)["Location"] == f"/sign-in/?next={address}"
    assert Client().post(address, YES).status_code == 302
    for who in (signing_in.READY, teacher.person):
        assert desks.browser(who).get(address).status_code == 403
        assert desks.browser(who).post(address, YES).status_code == 403
    assert decided(teacher) is None


def test_a_forged_form_is_refused(desk: Desk, teacher: Teacher) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, Account.objects.get(person=desk.officer))
    assert answer(client, teacher, YES).status_code == 403
    assert decided(teacher) is None


def test_looking_changes_nothing(desk: Desk, teacher: Teacher) -> None:
    client = desks.browser(desk.officer)
    client.get(desks.case(teacher.asked), YES)
    client.head(desks.case(teacher.asked))
    assert decided(teacher) is None


def test_a_case_asks_few_queries(call: Call, desk: Desk, teacher: Teacher) -> None:
    following = call.teacher(desk.school, at=call.ago(days=1))
    client = desks.browser(desk.officer)
    led = answer(client, teacher, YES)
    for address, most in ((desks.case(following.asked), 6), (led["Location"], 7)):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]) == most


@pytest.mark.parametrize("done", ["junk", "018f0000-0000-7000-8000-000000000000", ""])
def test_a_word_about_what_was_never_done_is_not_said(
    desk: Desk, teacher: Teacher, done: str
) -> None:
    shown = desks.browser(desk.officer).get(f"/office/verifications/?done={done}").content.decode()
    assert "已通过" not in shown
