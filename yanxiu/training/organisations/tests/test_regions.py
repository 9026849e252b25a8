"""Show that the tree of regions is that of the country."""

from collections import Counter

import pytest

from yanxiu.training.organisations import regions
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
