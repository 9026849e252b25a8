"""Show how a teacher whose school is missing is heard, and answered together with others."""

from datetime import date

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import places, signing_in
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants, missing, refusals, search
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.missing import Wanted
from yanxiu.training.organisations.models import Officer, School, SchoolAnswer, SchoolRequest
from yanxiu.training.organisations.register import Opening
from yanxiu.training.people.models import Account, Person

pytestmark = pytest.mark.usefixtures("country")
NAME = "云谷小学"
OPENING = Opening("3301067777", f"杭州市西湖区{NAME}", "211", places.HOME, date(2026, 9, 1))


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def held(phone: str = signing_in.COUNTY) -> list[Officer]:
    return grants.held(person(phone).id, at=clock.now())


def asked(
    phone: str = signing_in.FRESH, name: str = NAME, code: str = "", county: str = places.HOME
) -> SchoolRequest:
    wanted = Wanted(county, name, code, "211", "新办的学校")
    return missing.ask(person(phone), wanted, at=clock.now())


def ours() -> list[SchoolRequest]:
    return [each for each in missing.waiting(held()) if each.key in {NAME, "另一名"}]


def answers() -> dict[str, object]:
    by, at = person(signing_in.COUNTY), clock.now()
    return {"held": held(), "by": by, "at": at}


def told(phone: str, kind: str) -> Notice:
    return Notice.objects.get(person=person(phone), kind=kind)


def test_the_same_again_is_the_same_request() -> None:
    first = asked()
    assert asked(name=f" {NAME} ").pk == first.pk
    assert SchoolRequest.objects.filter(person=person(signing_in.FRESH)).count() == 1


def test_only_so_many_wait_and_what_is_taken_back_counts_no_more() -> None:
    mine = [asked(name=f"云谷第{n}小学") for n in "一二三"]
    with pytest.raises(no.AskedEnough):
        asked(name="云谷第四小学")
    missing.withdraw(mine[0], by=person(signing_in.FRESH), at=clock.now())
    with pytest.raises(no.RequestOver):
        missing.withdraw(mine[0], by=person(signing_in.FRESH), at=clock.now())
    asked(name="云谷第四小学")


def test_nobody_takes_back_what_another_one_asked() -> None:
    with pytest.raises(no.RequestOver):
        missing.withdraw(asked(), by=person(signing_in.READY), at=clock.now())


def test_a_school_that_is_there_is_not_asked_for() -> None:
    there = places.of(places.HOME, "211")
    with pytest.raises(no.SchoolThere) as refused:
        asked(code=there.code)
    assert there.name in refused.value.message
    with pytest.raises(no.RegionTooWide):
        asked(county="330100")
    with pytest.raises(no.BadSchoolCode):
        asked(code="12")


def test_requests_for_one_school_are_shown_and_answered_together() -> None:
    first = asked()
    second = asked(signing_in.READY, code="3301067777")
    third = asked(signing_in.UNVERIFIED, name="另一名", code="3301067777")
    apart = asked(signing_in.CLAIMS, county="330110")
    assert [each.pk for each in missing.together(second)] == [first.pk, second.pk, third.pk]
    shown = ours()
    assert [each.pk for each in shown] == [first.pk]
    assert missing.tally(held()).waiting >= 3

    school = missing.add(second, OPENING, **answers())  # type: ignore[arg-type]  # the same for all

    outcomes = SchoolAnswer.objects.filter(school=school).values_list("outcome", flat=True)
    assert list(outcomes) == ["added"] * 3
    assert ours() == []
    for phone in (signing_in.FRESH, signing_in.READY, signing_in.UNVERIFIED):
        assert told(phone, "school_added").link == f"/me/information/school/?school={school.pk}"
    assert not hasattr(SchoolRequest.objects.get(pk=apart.pk), "answer")
    with pytest.raises(no.RequestOver):
        missing.decline(first, "重复", **answers())  # type: ignore[arg-type]  # as above


def test_an_answer_that_it_exists_names_the_school() -> None:
    there = places.of(places.HOME, "211")
    request = asked(name="听涛小学")
    assert there in [hit.school for hit in missing.alike(request)]
    missing.point(request, there, **answers())  # type: ignore[arg-type]  # as above
    assert told(signing_in.FRESH, "school_exists").facts == {"school": there.name}


def test_a_no_needs_a_sentence() -> None:
    request = asked()
    with pytest.raises(no.SentenceMissing):
        missing.decline(request, " ", **answers())  # type: ignore[arg-type]  # as above
    missing.decline(request, "该校在余杭区登记。", **answers())  # type: ignore[arg-type]  # as above
    assert told(signing_in.FRESH, "school_declined").facts == {"reason": "该校在余杭区登记。"}
    assert missing.of(person(signing_in.FRESH).id)[0].answer.sentence == "该校在余杭区登记。"


def test_schools_officers_do_not_answer_and_other_counties_see_nothing() -> None:
    request = asked()
    by, at = person(signing_in.SCHOOL), clock.now()
    with pytest.raises(no.NotRegistrar):
        missing.decline(request, "不", held=held(signing_in.SCHOOL), by=by, at=at)
    away = asked(signing_in.READY, county="330110")
    assert missing.find(held(), away.pk) is None
    assert missing.find(held(signing_in.CITY), away.pk) == away


def test_what_is_alike_leaves_out_the_places_names() -> None:
    region = School.objects.filter(county=places.HOME)[0].county
    assert search.like("杭州西湖区听涛小学", region=region, most=1)[0].school.name.endswith(
        ("听涛实验小学", "听涛小学", "听涛中心小学")
    )
    assert search.like("毫不相干的名字", region=region, most=5) == []


def test_a_closed_school_is_no_answer() -> None:
    there = places.of(places.HOME, "211", 3)
    there.closed_on = date(2026, 9, 1)
    with pytest.raises(refusals.SchoolGone):
        missing.point(asked(), there, **answers())  # type: ignore[arg-type]  # as above
