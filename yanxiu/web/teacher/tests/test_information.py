"""Show how a teacher gives, mends and finds again what her school confirms."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

from tests.support import naughty
from tests.support.pages import Answer, text
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.models import Decision, School
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Identity, Person

PAGE, SCHOOL = "/me/information/", "/me/information/school/"
NUMBER = "110101199003079972"
relaxed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def browser(phone: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(phone=phone))
    return client


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


@pytest.fixture
def fresh(country: None) -> Client:
    return browser(signing_in.FRESH)


def save(client: Client, name: str = "张三", number: str = NUMBER, **more: str) -> Answer:
    typed = {"name": name, "document_kind": "resident_id", "number": number}
    return client.post(PAGE, typed | more)


def choose(client: Client, school: School) -> Answer:
    return client.post(SCHOOL, {"school": str(school.pk)})


def home(type_code: str = places.PRIMARY) -> School:
    return places.of(places.HOME, type_code)


def mine(phone: str = signing_in.FRESH) -> Identity | None:
    return identities.current(person(phone).id)


def test_name_number_and_school_are_asked_for_and_then_wait(fresh: Client) -> None:
    assert "还差姓名和证件号码、任教学校" in text(fresh.get(PAGE))
    answer = save(fresh)
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?saved=identity")
    said = text(fresh.get(answer["Location"]))
    assert "姓名和证件号码已保存。" in said
    assert "还差任教学校" in said
    answer = choose(fresh, home())
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    said = text(fresh.get(PAGE))
    assert f"等待“{home().name}”的管理员审核" in said
    assert "刚刚提交" in said


def test_the_number_is_shown_by_its_ends_alone(fresh: Client) -> None:
    save(fresh)
    page = fresh.get(PAGE).content.decode()
    assert "110***********9972" in page
    assert NUMBER not in page


def test_a_number_left_empty_stays_as_it_was(fresh: Client) -> None:
    save(fresh)
    assert save(fresh, name="张三丰", number="").status_code == 303
    identity = mine()
    assert identity
    assert (identity.name, identities.number(identity)) == ("张三丰", NUMBER)


def test_other_dots_are_united_and_she_is_told(fresh: Client) -> None:
    answer = save(fresh, name="阿卜杜拉•买买提")
    assert "已将间隔符统一为“·”" in text(fresh.get(answer["Location"]))
    identity = mine()
    assert identity
    assert identity.name == "阿卜杜拉·买买提"


@pytest.mark.parametrize("name", ["𬱖伟", "㼆", "欧阳" * 13])
def test_long_and_rare_names_come_back_to_the_letter(fresh: Client, name: str) -> None:
    assert save(fresh, name=name).status_code == 303
    assert f'value="{name}"' in fresh.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("name", "number", "sentences"),
    [
        ("", "", ["请填写姓名。", "请填写身份证号。"]),
        ("\u200b", NUMBER, ["请填写姓名。"]),
        ("<b>张</b>", NUMBER[:17], ["不支持的字符“&lt;”", "身份证号应为 18 位（末位可为 X）。"]),
        ("张\0", NUMBER, ["内容编码有误，请重新输入。"]),
        ("张三", "\0", ["内容编码有误，请重新输入。"]),
        ("张三", NUMBER[:17] + "3", ["身份证号校验不通过，请核对第 18 位。"]),
        ("张三", "110101198902309976", ["身份证号中的出生日期不存在，请核对。"]),
        ("张三", "110101900307997", ["请填写 18 位身份证号。"]),
    ],
)
def test_what_cannot_stand_is_told_at_its_field_and_kept_in_the_form(
    fresh: Client, name: str, number: str, sentences: list[str]
) -> None:
    answer = save(fresh, name, number)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert all(sentence in page for sentence in sentences)
    assert 'aria-invalid="true"' in page
    assert re.search(r'aria-describedby="[^"]*_error"', page)
    assert mine() is None


def test_invalid_utf8_is_told_as_such(fresh: Client) -> None:
    body = b"name=%ff%fe&document_kind=resident_id&number=" + NUMBER.encode()
    answer = fresh.post(PAGE, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "内容编码有误，请重新输入。" in text(answer)


def test_a_document_that_we_do_not_take_is_told(fresh: Client) -> None:
    answer = save(fresh, document_kind="library_card")
    assert answer.status_code == 400
    assert "证件类型与号码格式不一致。" in text(answer)


def test_a_number_of_somebody_else_is_refused_without_a_word_about_her(fresh: Client) -> None:
    other = mine(signing_in.CLAIMS)
    assert other
    answer = save(fresh, number=identities.number(other))
    assert answer.status_code == 409
    assert "该证件号码已绑定其他账号，没有保存。" in text(answer)
    assert other.name not in text(answer)
    assert 'value="张三"' in answer.content.decode()
    assert mine() is None


def test_who_waits_may_still_correct_and_change(country: None) -> None:
    client = browser(signing_in.UNVERIFIED)
    assert save(client, name="李思远", number="").status_code == 303
    other = places.of(places.HOME, places.PRIMARY, 1)
    assert choose(client, other).status_code == 303
    [standing] = posts.standings(person(signing_in.UNVERIFIED).id)
    assert standing.post.school == other
    assert standing.pending


@pytest.mark.parametrize("phone", [signing_in.READY, signing_in.CLAIMS])
def test_what_the_school_has_confirmed_is_locked(country: None, phone: str) -> None:
    client = browser(phone)
    page = client.get(PAGE).content.decode()
    assert "认证通过后不能直接修改姓名、证件号码和所在学校" in page
    assert 'name="number"' not in page
    before = mine(phone)
    for answer in (save(client), choose(client, places.of(places.HOME, places.PRIMARY, 1))):
        assert answer.status_code == 409
        assert "原有信息没有改变" in text(answer)
    assert mine(phone) == before


@pytest.mark.parametrize("reason", Decision.Reason.values)
def test_every_reason_leads_to_where_it_can_be_mended(fresh: Client, reason: str) -> None:
    call = Call(clock.now())
    desk = casting.desk(call, home("342"), by=person(signing_in.COUNTY))
    teacher = call.teacher(desk.school, at=call.ago(days=1))
    people.reject(teacher, reason=reason, sentence="请核对。", by=desk.officer, at=call.now)
    client = browser(Account.objects.get(person=teacher.person).phone)
    shown = client.get(PAGE).content.decode()
    said = re.search(r'class="notice no".*?</section>', shown, re.DOTALL)
    assert said
    button = re.search(r'href="([^"#]+)(#\w+)?">(.+?)</a>', said[0])
    assert button
    assert str(Decision.Reason(reason).label) in said[0]
    assert client.get(button[1]).status_code == 200
    assert not button[2] or f'id="{button[2][1:]}"' in shown
    assert button[1] in client.get("/me/").content.decode()


def test_a_no_is_shown_with_its_reason_and_how_to_mend_it(fresh: Client) -> None:
    school = places.of(places.HOME, places.JUNIOR)
    call = Call(clock.now() + timedelta(seconds=1))
    desk = casting.desk(call, school, by=person(signing_in.COUNTY))
    save(fresh)
    choose(fresh, school)
    who = person(signing_in.FRESH)
    [asked] = posts.standings(who.id)
    assert asked.verification
    teacher = people.Teacher(who, asked.post, asked.verification)
    reason = {"reason": "name_differs", "sentence": "名册上是“张叁”。"}
    people.reject(teacher, **reason, by=desk.officer, at=call.now)
    said = text(fresh.get(PAGE))
    assert "退回：姓名与本校登记不一致——名册上是“张叁”。" in said
    assert "请把姓名改成与证件一致；保存后自动重新提交审核。" in said
    assert save(fresh, name="张叁", number="").status_code == 303
    assert "的管理员审核" in text(fresh.get(PAGE))


@pytest.mark.parametrize(
    ("type_code", "words"),
    [
        (places.VOCATIONAL, ["中等职业学校（职业教育）", "智慧职教研修"]),
        ("412", ["（高等教育）", "智慧高教研修"]),
    ],
)
def test_teachers_of_other_branches_are_told_at_once_who_serves_them(
    fresh: Client, type_code: str, words: list[str]
) -> None:
    school = home(type_code)
    assert choose(fresh, school).status_code == 303
    said = text(fresh.get(PAGE))
    assert f"您的学校“{school.name}”" in said
    assert all(word in said for word in words)
    assert "若学校类型有误，请联系本校管理员" in said


def test_a_closed_school_cannot_be_chosen(fresh: Client) -> None:
    school = home()
    School.objects.filter(pk=school.pk).update(closed_on=clock.now().date())
    for answer in (choose(fresh, school), fresh.post(SCHOOL, {"school": str(uuid4())})):
        assert answer.status_code == 410
        assert "该学校已停用或不存在，请重新选择；您的学习记录不受影响。" in text(answer)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, "请先选择一所学校。"), ({"school": "7"}, "请从列出的学校中选择一所。")],
)
def test_no_school_is_told_and_the_search_kept(
    fresh: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = fresh.post(SCHOOL, typed | {"q": "听涛", "province": "330000"})
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert 'value="听涛"' in answer.content.decode()


def test_a_school_is_found_without_scripts(fresh: Client) -> None:
    answer = fresh.post(SCHOOL, {"find": "school", "q": "听涛实验小学"})
    assert answer.status_code == 200
    assert home().name in text(answer)
    assert not posts.standings(person(signing_in.FRESH).id)


@pytest.mark.parametrize("kind", ["student", "parent"])
def test_other_personas_are_not_asked(country: None, kind: str) -> None:
    account = accounts_of(kind)
    client = browser(account.phone)
    assert "您现在不是教师身份，不用填写" in text(client.get(PAGE))
    for answer in (save(client), choose(client, home())):
        assert answer.status_code == 403
    assert identities.current(account.person_id) is None


def accounts_of(kind: str) -> Account:
    phone = {"student": "13700137001", "parent": "13700137002"}[kind]
    people.register(phone, at=clock.now(), kind=kind)
    return Account.objects.get(phone=phone)


def test_visitors_are_led_to_the_sign_in_page(country: None) -> None:
    for address in (PAGE, SCHOOL):
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/sign-in/")


def test_what_no_form_asks_for_changes_nothing(fresh: Client) -> None:
    save(fresh, person=str(uuid4()), version="9", until="2025-01-01", verified="1")
    identity = mine()
    assert identity
    assert (identity.version, identity.until) == (1, None)
    assert not posts.standings(person(signing_in.FRESH).id)


@relaxed
@given(name=naughty.texts, number=naughty.texts, kind=naughty.texts, school=naughty.texts)
def test_any_text_is_answered(
    fresh: Client, name: str, number: str, kind: str, school: str
) -> None:
    for answer in (
        save(fresh, name, number),
        save(fresh, name, number, document_kind=kind),
        fresh.post(SCHOOL, {"school": school, "q": name, "province": number}),
        fresh.get(SCHOOL, {"q": name, "city": number}),
        fresh.get(PAGE, {"saved": name}),
    ):
        assert answer.status_code in {200, 400, 409, 410}


def test_a_name_is_text_wherever_it_is_shown(country: None) -> None:
    call = Call(clock.now())
    teacher = people.join(
        "13700137003", Invented("O'Brien", call.person().number), home(), at=call.now
    )
    page = browser(teacher.person.account.phone).get("/me/").content.decode()
    assert "O&#x27;Brien" in page


def test_whoever_came_to_enrol_is_led_back_once_all_is_there(fresh: Client) -> None:
    way = "/trainings/demo/enrolment/"
    saved = save(fresh, next=way)
    assert f'value="{way}"' in fresh.get(saved["Location"]).content.decode()
    chosen = fresh.post(SCHOOL, {"school": str(home().pk), "next": way})
    assert chosen["Location"] == way
    assert "信息已补全，继续" in text(fresh.get(f"{PAGE}?next={way}"))


def test_nobody_is_led_to_another_site(fresh: Client) -> None:
    save(fresh)
    chosen = fresh.post(SCHOOL, {"school": str(home().pk), "next": "//elsewhere.example"})
    assert chosen["Location"] == PAGE


@pytest.mark.parametrize(
    ("kind", "number", "shown", "kept"),
    [
        ("mainland_permit", "h1234567803", "H******78", "H12345678"),
        ("taiwan_permit", "12345678", "1*****78", "12345678"),
        ("residence_permit", "820000198803169985", "820***********9985", None),
        ("permanent_residence", "DEU310099123198", "DEU********3198", None),
        ("permanent_residence", "931752198405209970", "931***********9970", None),
        ("passport", "E 1234 5678", "E******78", "E12345678"),
    ],
)
def test_people_from_elsewhere_give_their_own_document(
    fresh: Client, kind: str, number: str, shown: str, kept: str | None
) -> None:
    answer = save(fresh, "Maria Lindqvist", number, document_kind=kind)
    assert answer.status_code == 303
    identity = mine()
    assert identity
    assert (identity.document_kind, identities.number(identity)) == (kind, kept or number)
    page = text(fresh.get(PAGE))
    assert shown in page
    assert (kept or number) not in page
