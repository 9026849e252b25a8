"""Show that a student comes in by her own number and her school's code, with nobody's phone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, places, signing_in, students
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.journeys import departing
from yanxiu.training.organisations import student_accounts, student_codes
from yanxiu.training.organisations import student_refusals as no
from yanxiu.training.organisations.models import StudentEntry, StudentNumber
from yanxiu.training.people import consents
from yanxiu.training.people.models import Account, PasswordTry
from yanxiu.web.teacher.tests.pages import text

SIGN_IN, REGISTER = reverse("student_sign_in"), reverse("student_register")
NEW = {"new": students.PASSWORD, "again": students.PASSWORD, "consent": "on"}


@pytest.fixture
def call(country: None) -> Call:
    return Call(clock.now())


@pytest.fixture
def desk(call: Call) -> Desk:
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    return casting.desk(call, places.of(places.HOME, "342"), by=county)


@pytest.fixture
def who(call: Call) -> Invented:
    return call.person("林小满")


@pytest.fixture
def entry(call: Call, desk: Desk, who: Invented) -> StudentEntry:
    return students.enter(desk.school, who, group="三年级 2 班", by=desk.officer, at=call.now)


def typed(who: Invented, secret: str) -> dict[str, str]:
    return {"number": students.number(who), "secret": secret}


def test_from_the_slip_to_a_password_without_a_phone(
    call: Call, desk: Desk, who: Invented, entry: StudentEntry
) -> None:
    assert f'href="{SIGN_IN}' in text(Client().get(reverse("sign_in")))
    code = students.code(entry, by=desk.officer, at=call.now)
    child = Client()
    answer = child.post(SIGN_IN, typed(who, code.lower().replace("-", " ")))
    assert (answer.status_code, answer["Location"]) == (303, REGISTER)
    page = text(child.get(REGISTER))
    assert "林小满，请设置自己的密码" in page
    assert "三年级 2 班" in page
    assert "勾选同意" in text(child.post(REGISTER, NEW | {"consent": ""}), 400)
    assert "容易被猜中" in text(
        child.post(REGISTER, NEW | {"new": "88888888", "again": "88888888"}), 400
    )
    assert child.post(REGISTER, NEW).status_code == 302
    me = text(child.get(reverse("me")))
    assert "林小满，您好" in me
    account = text(child.get(reverse("my_account")))
    assert "学籍号" in account
    assert who.number not in account

    mark = bytes(entry.number_fingerprint)
    hers = StudentNumber.objects.get(pk=mark).person
    assert not hers.account.has_phone
    assert [each.title for each in consents.given(hers.id)] == [
        str(consents.TEXTS[consents.STUDENT].title)
    ]
    later = Client()
    assert later.post(SIGN_IN, typed(who, students.PASSWORD)).status_code == 302
    assert later.get(reverse("me")).status_code == 200
    assert text(Client().post(SIGN_IN, typed(who, code)), 400), "a code is good once"


def test_her_account_is_a_students_alone(
    call: Call, desk: Desk, who: Invented, entry: StudentEntry
) -> None:
    students.register(entry, by=desk.officer, at=call.now)
    child = Client()
    child.post(SIGN_IN, typed(who, students.PASSWORD))
    assert "不能切换" in text(child.get(reverse("my_persona")))
    answer = child.post(reverse("my_persona"), {"kind": "teacher"})
    assert "只作学生使用" in text(answer, 403)
    proof = text(child.get(reverse("my_proof")))
    assert "发送验证码" not in proof


def test_a_new_code_is_for_whoever_has_forgotten_the_password(
    call: Call, desk: Desk, who: Invented, entry: StudentEntry
) -> None:
    account = students.register(entry, by=desk.officer, at=call.now)
    old = students.code(entry, by=desk.officer, at=call.now)
    code = students.code(entry, by=desk.officer, at=call.now)
    child = Client()
    assert "不正确" in text(child.post(SIGN_IN, typed(who, old)), 400)
    child.post(SIGN_IN, typed(who, code))
    page = text(child.get(REGISTER))
    assert "原来的密码作废" in page
    assert "consent" not in page
    other = {"new": "山坡上有七只小羊", "again": "山坡上有七只小羊"}
    assert child.post(REGISTER, other).status_code == 302
    mark = bytes(entry.number_fingerprint)
    assert StudentNumber.objects.get(pk=mark).person_id == account.person_id
    assert text(Client().post(SIGN_IN, typed(who, students.PASSWORD)), 400)


def test_wrong_tries_are_counted_and_tell_nothing(
    call: Call, desk: Desk, who: Invented, entry: StudentEntry
) -> None:
    students.register(entry, by=desk.officer, at=call.now)
    nobody = call.person()
    said = {
        re.sub(r"csrfmiddlewaretoken\S* value=\S+|value=\S+", "", text(answer, 400))
        for someone in (who, nobody)
        for answer in [Client().post(SIGN_IN, typed(someone, "WRONG-CODE"))]
    }
    assert len(said) == 1
    assert "WRONG" not in said.pop()
    for _ in range(9):
        Client().post(SIGN_IN, typed(who, "WRONG-CODE"))
    assert "错误次数过多" in text(Client().post(SIGN_IN, typed(who, students.PASSWORD)), 429)
    PasswordTry.objects.all().delete()
    assert Client().post(SIGN_IN, typed(who, students.PASSWORD)).status_code == 302


def test_a_code_ends_with_its_time_and_with_its_entry(
    call: Call, desk: Desk, who: Invented, entry: StudentEntry
) -> None:
    code = students.code(entry, by=desk.officer, at=call.now)
    mark, late = bytes(entry.number_fingerprint), call.now + student_codes.LIFE
    assert student_codes.find(mark, code, at=late) is None
    found = student_codes.find(mark, code, at=late - timedelta(seconds=1))
    assert found
    with pytest.raises(no.StudentCodeSpent):
        student_accounts.register(found.pk, "x" * 12, at=late)
    assert Client().get(REGISTER)["Location"] == SIGN_IN


def test_of_a_child_nothing_more_is_kept_and_nothing_in_clear(
    call: Call, desk: Desk, who: Invented, entry: StudentEntry
) -> None:
    account = students.register(entry, by=desk.officer, at=call.now)
    fields = {field.name for field in StudentEntry._meta.concrete_fields}
    assert fields == {
        *("id", "school", "name", "group", "number_sealed", "number_fingerprint"),
        *("listed_at", "ended_at", "source"),
    }
    tables = ("studententry", "studentnumber", "studentcode")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT t::text FROM organisations_{table} t")
            assert who.number not in str(cursor.fetchall())
    departing.ask(account.person, at=call.now)
    departing.depart(at=call.now + timedelta(days=31))
    assert not StudentNumber.objects.filter(person=account.person).exists()
    assert StudentEntry.objects.get(pk=entry.pk).name == who.name, "the register is the school's"
