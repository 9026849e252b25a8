"""Show that a school is found as people type it, and nothing else is."""

import pytest

from tests.support import naughty
from yanxiu.training.cast import places
from yanxiu.training.organisations import refusals, search, spelling
from yanxiu.training.organisations.models import School, SchoolKey

pytestmark = pytest.mark.usefixtures("country")


def home() -> School:
    return places.of(places.HOME, "211")


def names(text: str, **where: object) -> list[str]:
    return [hit.school.name for hit in search.find(text, **where).hits]  # type: ignore[arg-type]  # as a test says


@pytest.mark.parametrize(
    "typed",
    [
        "听涛",
        "听涛实验",
        "杭州市西湖区听涛实验小学",
        " 听 涛 ",
        "hzsxhqtt",
        "TTSYXX",
        "33010600",
        "3301060001",
    ],
)
def test_a_part_of_the_name_its_initials_or_its_code_find_a_school(typed: str) -> None:
    assert home().name in names(typed, region=home().county)


def test_everywhere_and_in_a_region_are_two_questions() -> None:
    everywhere = names("听涛")
    inside = names("听涛", region=home().county)
    assert set(inside) < set(everywhere)
    assert all("西湖区" in name for name in inside)


def test_names_that_begin_so_come_first_and_then_the_shorter_ones() -> None:
    hits = search.find("杭州市西湖区", region=home().county).hits
    found_by = [hit.former or hit.absorbed or hit.school.name for hit in hits]
    assert all(name.startswith("杭州市西湖区") for name in found_by)
    assert [len(name) for name in found_by] == sorted(len(name) for name in found_by)


def test_two_common_characters_find_as_many_as_are_shown_and_say_so() -> None:
    found = search.find("小学", most=20)
    assert len(found.hits) == 20
    assert found.more
    assert all("小学" in hit.school.name for hit in found.hits)


@pytest.mark.parametrize("typed", ["%%", "__", "%小", "小_", "\\\\", "''", '"}', "{,}", "小学%"])
def test_signs_of_a_pattern_mean_themselves(typed: str) -> None:
    assert names(typed) == []


@pytest.mark.parametrize("typed", ["", "小", " 小 ", "a", "长" * 51])
def test_too_little_or_too_much_is_asked_for_again(typed: str) -> None:
    with pytest.raises(refusals.SearchTooShort):
        search.find(typed)


def test_whatever_is_typed_is_answered() -> None:
    for text in naughty.TEXTS:
        try:
            search.find(text)
        except refusals.SearchTooShort:
            continue


def test_what_is_found_holds_what_was_typed_and_nothing_is_left_out() -> None:
    keys = list(SchoolKey.objects.values_list("key", "school__name"))
    for typed in ("明德", "镇中", "中学", "区听", "一贯"):
        plain = {name for key, name in keys if typed in key}
        found = search.find(typed, most=len(keys))
        assert {hit.school.name for hit in found.hits} == plain, typed


def test_any_piece_of_a_name_finds_it() -> None:
    key = spelling.fold(home().name)
    for start in range(len(key) - 1):
        for end in range(start + search.SHORTEST, len(key) + 1, 3):
            assert home().name in names(key[start:end], region=home().county), key[start:end]


def test_an_ended_school_is_not_found() -> None:
    ended = School.objects.exclude(closed_on=None)
    assert ended.count() == 2
    for school in ended:
        assert school not in [hit.school for hit in search.find(school.name).hits]
        assert school not in [hit.school for hit in search.find(school.code).hits]
