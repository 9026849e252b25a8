from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.training.people import accounts, held_numbers, identities, refusals
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail.models import Entry

NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)
ON = date(2025, 7, 20)
# Numbers with the orders of people past a hundred: well-formed, and nobody's.
NUMBER, ANOTHER = "110101199003079972", "11010119851116997X"
KIND = "resident_id"


def somebody(phone: str = "13800138000") -> Person:
    return accounts.open_for(phone, kind="teacher", at=NOW).person


def record(
    person: Person, name: str = "张三", number: str = NUMBER, at: datetime = NOW
) -> Identity:
    return identities.record(person, name=name, document_kind=KIND, number=number, by=person, at=at)


def found(name: str = "张三", number: str = NUMBER, kind: str = KIND) -> dict[str, str]:
    return identities.findings(name=name, document_kind=kind, number=number, on=ON)


@pytest.mark.django_db
def test_the_first_version_is_current_and_its_number_sealed() -> None:
    identity = record(somebody())
    assert (identity.version, identity.name, identity.until) == (1, "张三", None)
    assert identity.born_on == date(1990, 3, 7)
    assert identities.number(identity) == NUMBER
    assert identities.masked_number(identity) == "110***********9972"
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_identity::text FROM people_identity")
        assert NUMBER not in str(cursor.fetchall())


@pytest.mark.django_db
def test_a_change_closes_one_version_and_begins_the_next() -> None:
    person = somebody()
    first = record(person)
    second = record(person, name="张三丰", at=NOW + timedelta(days=1))
    first.refresh_from_db()
    assert first.until == second.recorded_at
    assert (second.version, second.until) == (2, None)
    assert identities.current(person.id) == second
    versions = [e.detail["version"] for e in Entry.objects.filter(verb="identity_recorded")]
    assert versions == [1, 2]


@pytest.mark.django_db
@pytest.mark.parametrize("again", [NUMBER, f" {NUMBER} ", "１１０１０１１９９００３０７９９７２"])
def test_the_same_again_changes_nothing(again: str) -> None:
    person = somebody()
    first = record(person)
    assert record(person, name=" 张三 ", number=again, at=NOW + timedelta(days=1)) == first
    assert Identity.objects.count() == 1


@pytest.mark.django_db
def test_a_number_of_somebody_else_is_refused_without_a_word_about_her() -> None:
    owner = somebody()
    held_numbers.take(owner.id, bytes(record(owner, name="李四").number_fingerprint), at=NOW)
    other = somebody("13900139000")
    before = record(other, number=ANOTHER)
    with pytest.raises(refusals.NumberInUse) as refused:
        record(other)
    assert "李四" not in refused.value.message
    assert identities.current(other.id) == before


@pytest.mark.django_db
def test_what_nobody_has_confirmed_keeps_a_number_from_nobody() -> None:
    record(somebody())
    assert record(somebody("13900139000")).version == 1


@pytest.mark.django_db
def test_a_number_that_its_owner_gave_up_is_free() -> None:
    owner = somebody()
    held_numbers.take(owner.id, bytes(record(owner).number_fingerprint), at=NOW)
    held_numbers.take(owner.id, bytes(record(owner, number=ANOTHER).number_fingerprint), at=NOW)
    assert record(somebody("13900139000")).version == 1


@pytest.mark.django_db
def test_all_findings_come_at_once_and_nothing_is_kept() -> None:
    person = somebody()
    with pytest.raises(refusals.Unacceptable) as refused:
        record(person, name="", number="12345")
    assert refused.value.findings == {
        "name": "请填写姓名。",
        "number": "身份证号应为 18 位（末位可为 X）。",
    }
    assert identities.current(person.id) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "𬱖伟",
        "㼆",
        "欧阳" * 13,
        "阿卜杜拉·买买提",
        "扎西次仁",
        "O'Brien-Smith Jr.",
        "\U00030edd\U00030ede",
    ],
)
def test_long_and_rare_names_are_kept_to_the_letter(name: str) -> None:
    identity = record(somebody(), name=name)
    identity.refresh_from_db()
    assert identity.name == name


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "请填写姓名。"),
        ("  \u3000", "请填写姓名。"),
        ("\u200b", "请填写姓名。"),
        ("<script>alert(1)</script>", "姓名中含有不支持的字符“<”，请按身份证填写。"),
        ("=cmd|' /C calc'!A0", "姓名中含有不支持的字符“=”，请按身份证填写。"),
        ("张三\n李四", "姓名中含有不支持的字符“U+000A”，请按身份证填写。"),
        ("张\u202e三", "姓名中含有不支持的字符“U+202E”，请按身份证填写。"),
        ("张三🙂", "姓名中含有不支持的字符“🙂”，请按身份证填写。"),
        ("\udfff三", "内容编码有误，请重新输入。"),
        ("张\ufffd", "内容编码有误，请重新输入。"),
        ("张\0", "内容编码有误，请重新输入。"),
        ("张" * 61, "姓名最多 60 个字，请按身份证填写。"),
    ],
)
def test_a_name_that_cannot_stand_is_told_why(name: str, sentence: str) -> None:
    assert found(name=name) == {"name": sentence}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "请填写身份证号。"),
        (NUMBER[:17], "身份证号应为 18 位（末位可为 X）。"),
        (NUMBER[:9] + "A" + NUMBER[10:], "身份证号应为 18 位（末位可为 X）。"),
        (NUMBER[:17] + "3", "身份证号校验不通过，请核对第 18 位。"),
        ("110101198902309976", "身份证号中的出生日期不存在，请核对。"),
        ("110101203001019975", "出生日期不符合教师身份，请核对；如确实无误请联系学校管理员。"),
        ("110101200901019977", "出生日期不符合教师身份，请核对；如确实无误请联系学校管理员。"),
        ("110101193001019979", "出生日期不符合教师身份，请核对；如确实无误请联系学校管理员。"),
        ("110101900307997", "请填写 18 位身份证号。"),
    ],
)
def test_a_number_that_cannot_stand_is_told_why(number: str, sentence: str) -> None:
    assert found(number=number) == {"number": sentence}


@pytest.mark.parametrize("number", ["11010119851116997x", "１１０１０１１９８５１１１６９９７Ｘ"])
def test_a_small_x_and_full_width_figures_are_taken(number: str) -> None:
    assert found(number=number) == {}


def test_a_kind_of_document_that_we_do_not_take_is_told() -> None:
    assert found(kind="library_card") == {"document_kind": "证件类型与号码格式不一致。"}


@given(st.text(), st.text(), st.text())
def test_any_three_texts_are_answered_in_sentences(name: str, kind: str, number: str) -> None:
    sentences = found(name=name, number=number, kind=kind)
    assert sentences.keys() <= {"name", "document_kind", "number"}
    assert all(sentence.endswith("。") for sentence in sentences.values())


def test_of_ten_who_are_confirmed_with_one_number_at_once_one_has_it(own_database: Scratch) -> None:
    people = [somebody(f"138001380{number:02d}") for number in range(10)]
    fingerprint = identities.fingerprint(KIND, NUMBER)

    def act(number: int) -> str:
        held_numbers.take(people[number].id, fingerprint, at=NOW)
        return "held"

    assert crowds.together(10, act) == {"held": 1, "id_in_use": 9}


def test_ten_changes_of_one_person_at_once_come_one_after_the_other(own_database: Scratch) -> None:
    person = somebody()

    def act(number: int) -> str:
        return str(record(person, name="张" * (number + 1)).version)

    assert set(crowds.together(10, act)) == {str(version) for version in range(1, 11)}
    assert Identity.objects.filter(until=None).count() == 1
