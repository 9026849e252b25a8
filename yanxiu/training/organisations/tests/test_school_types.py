"""Show which branch of education serves each type of school."""

import pytest

from yanxiu.training.organisations import school_types
from yanxiu.training.organisations.models import SchoolType

BASIC, VOCATIONAL, HIGHER = SchoolType.Serves


@pytest.mark.parametrize(
    ("code", "serves"),
    [
        ("111", BASIC),
        ("211", BASIC),
        ("312", BASIC),
        ("321", BASIC),
        ("345", BASIC),
        ("371", BASIC),
        ("514", BASIC),
        ("361", VOCATIONAL),
        ("365", VOCATIONAL),
        ("368", VOCATIONAL),
        ("414", VOCATIONAL),
        ("415", VOCATIONAL),
        ("411", HIGHER),
        ("424", HIGHER),
    ],
)
def test_a_type_belongs_to_its_branch(code: str, serves: SchoolType.Serves) -> None:
    assert school_types.branch(code) == serves


def test_each_type_is_found_once_under_the_highest_stage_it_teaches() -> None:
    groups = school_types.by_stage()
    assert [*groups] == ["学前", "小学", "初中", "高中", "中职", "高等教育", "特殊教育"]
    assert sorted(code for group in groups.values() for code, _ in group) == [*school_types.TYPES]
    assert ("341", "完全中学") in groups["高中"]


@pytest.mark.django_db
def test_loading_twice_gives_each_type_once() -> None:
    school_types.load()
    school_types.load()
    assert SchoolType.objects.count() == len(school_types.TYPES)
    assert SchoolType.objects.get(code="312").name == "九年一贯制学校"


@pytest.mark.parametrize(
    ("code", "taught"),
    [
        ("111", ["学前"]),
        ("218", ["小学"]),
        ("312", ["小学", "初中"]),
        ("341", ["初中", "高中"]),
        ("342", ["高中"]),
        ("345", ["小学", "初中", "高中"]),
        ("371", ["初中"]),
        ("365", ["中职"]),
        ("415", ["高等教育"]),
        ("514", ["特殊教育"]),
    ],
)
def test_a_type_says_which_stages_it_teaches(code: str, taught: list[str]) -> None:
    assert school_types.stages(code) == taught
