"""Show how schools come into the register, and what stands against it."""

from datetime import date

import pytest

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.cast import places, signing_in
from yanxiu.training.organisations import grants, refusals, register, search
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.models import Officer, Region, School, SchoolChange
from yanxiu.training.organisations.register import Opening
from yanxiu.training.people.models import Account, Person
from yanxiu.training.trail.models import Entry

pytestmark = pytest.mark.usefixtures("country")
WORDS = {
    "code": "3301068888",
    "name": "杭州市西湖区蒋村小学",
    "type_code": "211",
    "county_code": places.HOME,
    "opened_on": date(2026, 9, 1),
}


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def held(phone: str) -> list[Officer]:
    return grants.held(person(phone).id, at=clock.now())


def wanted(**other: object) -> Opening:
    return Opening(**(WORDS | other))  # type: ignore[arg-type]  # whatever a test puts there


def opened(phone: str = signing_in.COUNTY, **other: object) -> School:
    return register.open_school(wanted(**other), held=held(phone), by=person(phone), at=clock.now())


def test_a_school_comes_with_its_name_its_history_its_trail_and_is_found() -> None:
    school = opened()
    assert school.path == "000000/330000/330100/330106/3301068888"
    (change,) = SchoolChange.objects.filter(school=school)
    assert (change.kind, change.on) == ("opened", date(2026, 9, 1))
    assert change.by == person(signing_in.COUNTY)
    assert Entry.objects.get(subject_id=school.id, verb="school_opened").path == school.path
    for typed in ("蒋村", "hzsxhqjcxx", "3301068888"):
        assert school in [hit.school for hit in search.find(typed).hits], typed


@pytest.mark.parametrize("phone", [signing_in.CITY, signing_in.PROVINCE, signing_in.NATION])
def test_whoever_serves_above_the_county_may_add_schools_too(phone: str) -> None:
    assert opened(phone).county_id == places.HOME


def test_a_code_is_given_out_once_and_the_no_names_the_school_that_has_it() -> None:
    school = opened()
    with pytest.raises(no.CodeTaken) as refused:
        opened(name="杭州市西湖区三墩小学")
    assert "西湖区“杭州市西湖区蒋村小学”" in refused.value.message
    assert School.objects.get(code=school.code).name == "杭州市西湖区蒋村小学"


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"code": "33010688"}, no.BadSchoolCode),
        ({"code": "３３０１０６８８８８"}, no.BadSchoolCode),
        ({"code": "330106888\n8"}, no.BadSchoolCode),
        ({"name": " "}, no.BadSchoolName),
        ({"name": "School 8"}, no.BadSchoolName),
        ({"name": "长" * 61}, no.BadSchoolName),
        ({"type_code": "999"}, no.TypeUnknown),
        ({"county_code": "330199"}, no.RegionUnknown),
        ({"county_code": "330103"}, no.RegionEnded),
        ({"county_code": "330100"}, no.RegionTooWide),
        ({"county_code": "000000"}, no.RegionTooWide),
        ({"opened_on": date(1799, 1, 1)}, no.DayImpossible),
        ({"opened_on": date(2999, 1, 1)}, no.DayImpossible),
    ],
)
def test_what_cannot_be_is_refused(other: dict[str, object], refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as refused:
        opened(signing_in.NATION, **other)
    assert refused.value.message
    assert not School.objects.filter(code="3301068888").exists()


def test_an_ended_county_leads_to_the_one_that_followed_it() -> None:
    with pytest.raises(no.RegionEnded) as refused:
        opened(signing_in.NATION, county_code="330103")
    assert "“下城区”（330103）已于 2021-04-09 撤销，现为“拱墅区”（330105）" in refused.value.message


def test_a_city_without_counties_takes_schools_itself() -> None:
    assert opened(signing_in.NATION, county_code="441900").county.name == "东莞市"


def test_schools_officers_may_not_and_other_counties_are_not_there() -> None:
    with pytest.raises(no.NotRegistrar):
        opened(signing_in.SCHOOL)
    with pytest.raises(refusals.OutsideBranch):
        opened(county_code="330110")


def test_a_sheet_is_answered_row_by_row() -> None:
    taken = School.objects.filter(county=places.HOME).order_by("code")[0]
    rows = [
        wanted(),
        wanted(code="1"),
        wanted(name="又一所小学"),
        wanted(code=taken.code),
        wanted(code="3301068889", name="杭州市西湖区三墩小学"),
    ]
    by = person(signing_in.COUNTY)
    found = register.open_all(rows, held=held(signing_in.COUNTY), by=by, at=clock.now())
    assert [type(each) for each in found] == [
        School,
        no.BadSchoolCode,
        no.CodeTaken,
        no.CodeTaken,
        School,
    ]
    assert isinstance(found[2], no.CodeTaken)
    assert "蒋村小学" in found[2].message
    assert (
        Region.objects.get(pk=places.HOME).schools.filter(code__startswith="330106888").count() == 2
    )
