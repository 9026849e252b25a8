"""Show how names are folded, spelt by their initials, cut into grams and compared."""

import pytest

from yanxiu.training.organisations import spelling


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("听涛小学", "ttxx"),
        ("重庆市第八中学", "cqsdbzx"),
        ("重阳小学", "cyxx"),
        ("长沙市长郡中学", "csscjzx"),
        ("乐清市音乐学校", "yqsyyxx"),
        ("西藏拉萨中学", "xzlszx"),
        ("厦门第六中学", "xmdlzx"),
        ("北京８中 A校区", "bj8zaxq"),
        ("“·”", ""),
        ("", ""),
    ],
)
def test_initials_are_those_that_people_type(name: str, letters: str) -> None:
    assert spelling.initials(name) == letters


def test_width_case_and_spaces_do_not_matter() -> None:
    assert spelling.fold(" ＡＢ　中 学 ") == "ab中学"


@pytest.mark.parametrize(
    ("typed", "can"),
    [("ttxx", True), ("33", True), ("听涛", False), ("a涛", False), ("a-b", False)],
)
def test_only_letters_and_digits_can_be_initials(typed: str, *, can: bool) -> None:
    assert spelling.is_initials(typed) is can


def test_whoever_types_a_piece_asks_for_grams_that_the_name_has() -> None:
    key = spelling.fold("杭州市西湖区听涛实验小学")
    kept = set(spelling.grams(key, spelling.initials(key)))
    for typed in ("听涛", "杭州", "实验小学", "hzs", "ttsy", key):
        steps = list(spelling.steps(typed))
        assert any(set(wanted) <= kept for begins, wanted in steps if not begins), typed
        beginning = any(set(wanted) <= kept for begins, wanted in steps if begins)
        assert beginning is key.startswith(typed) or spelling.is_initials(typed), typed


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("杭州市西湖区听涛小学", "听涛小学"),
        ("杭州西湖听涛小学", "听涛小学"),
        ("西湖区听涛小学", "听涛小学"),
        ("听涛小学", "听涛小学"),
        ("西湖区", "西湖区"),
        ("杭州市", "杭州市"),
    ],
)
def test_a_name_is_compared_without_the_places_it_begins_with(name: str, bare: str) -> None:
    assert spelling.bare(name, ["西湖区", "杭州市"]) == bare


def test_likeness_is_one_for_the_same_and_nothing_for_strangers() -> None:
    assert spelling.likeness("听涛小学", "听涛小学") == 1
    assert spelling.likeness("听涛小学", "启明中心") == 0
    assert 0.5 <= spelling.likeness("听涛小学", "听涛实验小学") < 1
    assert spelling.likeness("学", "学") == 1
    assert spelling.likeness("", "学") == 0
