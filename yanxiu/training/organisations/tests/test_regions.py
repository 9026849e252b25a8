"""Show that the tree of regions is that of the country."""

from collections import Counter
from datetime import date

import pytest

from yanxiu.training.organisations import regions, register_refusals
from yanxiu.training.organisations.models import Region

EVERY = {region.code: region for region in regions.every()}


def test_a_district_of_hangzhou_lies_below_city_province_and_nation() -> None:
    xihu = EVERY["330106"]
    assert xihu.name == "西湖区"
    assert xihu.path == "000000/330000/330100/330106"
    assert xihu.parent is EVERY["330100"]


@pytest.mark.parametrize("code", ["110101", "120101", "310101", "500101"])
def test_no_city_is_invented_between_a_municipality_and_its_districts(code: str) -> None:
    assert EVERY[code].level == Region.Level.COUNTY
    assert EVERY[code].path == f"000000/{code[:2]}0000/{code}"


@pytest.mark.parametrize("code", ["419001", "429004", "469001", "659012"])
def test_a_directly_governed_county_lies_below_its_province(code: str) -> None:
    assert EVERY[code].level == Region.Level.COUNTY
    assert EVERY[code].parent is EVERY[f"{code[:2]}0000"]


@pytest.mark.parametrize("code", ["441900", "442000", "460400", "620200"])
def test_a_city_without_counties_is_a_city(code: str) -> None:
    assert EVERY[code].level == Region.Level.CITY
    assert not [region for region in EVERY.values() if region.parent is EVERY[code]]


def test_there_are_thirty_four_provinces_taiwan_by_its_code() -> None:
    provinces = [r for r in EVERY.values() if r.level == Region.Level.PROVINCE]
    assert len(provinces) == 34
    assert EVERY["710000"].name == "台湾省"
    assert {"810000", "820000"} <= EVERY.keys()


def test_new_districts_are_there() -> None:
    assert EVERY["330113"].name == "临平区"


def test_every_code_has_six_digits_and_every_path_ends_with_its_code() -> None:
    assert all(len(code) == 6 and code.isdigit() for code in EVERY)
    assert all(region.path.endswith(code) for code, region in EVERY.items())


def test_paths_are_unique_and_parents_come_first() -> None:
    assert max(Counter(region.path for region in EVERY.values()).values()) == 1
    seen: set[str | None] = {None}
    for region in EVERY.values():
        assert region.parent_id in seen
        seen.add(region.code)


@pytest.mark.django_db
def test_loading_twice_gives_the_same_tree() -> None:
    regions.load()
    Region.objects.filter(code="330106").update(name="西湖区（旧名）")
    regions.load()
    assert Region.objects.count() == len(EVERY)
    assert Region.objects.get(code="330106").name == "西湖区（旧名）"


def test_every_code_that_ended_leads_to_one_that_is_in_force_now() -> None:
    for code, region in EVERY.items():
        if region.valid_to:
            assert region.valid_from < region.valid_to, code
            assert region.successor, code
            assert region.successor.valid_from <= region.valid_to, code
            assert region.successor.valid_to is None, code


@pytest.mark.parametrize(
    ("code", "follows"),
    [
        ("330103", "330105"),
        ("330104", "330102"),
        ("110103", "110101"),
        ("310108", "310106"),
        ("371202", "370116"),
        ("500112", "500157"),
    ],
)
def test_well_known_changes_are_there(code: str, follows: str) -> None:
    assert EVERY[code].successor is EVERY[follows]


@pytest.mark.django_db
def test_a_code_is_looked_up_as_of_a_day() -> None:
    regions.load()
    before, day = date(2021, 4, 8), date(2021, 4, 9)
    assert regions.on("330103", before).name == "下城区"
    with pytest.raises(register_refusals.RegionUnknown):
        regions.on("330103", day)
    with pytest.raises(register_refusals.RegionUnknown):
        regions.on("330113", before)
    assert regions.on("330113", day).name == "临平区"
    assert regions.followed("330103", before).name == "下城区"
    assert regions.followed("330103", day).name == "拱墅区"
    with pytest.raises(register_refusals.RegionUnknown):
        regions.followed("999999", day)
    names = [region.name for region in regions.below("330100", day=before)]
    assert "江干区" in names
    assert "临平区" not in names
    assert "莱芜区" in [region.name for region in regions.below("370100", day=day)]


@pytest.mark.django_db
def test_loading_again_brings_the_days_of_old_rows_up_to_date() -> None:
    regions.load()
    Region.objects.filter(code="330103").update(valid_to=None, successor=None)
    regions.load()
    assert Region.objects.get(code="330103").valid_to == date(2021, 4, 9)
