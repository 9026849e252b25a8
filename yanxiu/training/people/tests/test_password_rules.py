import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.people import password_rules
from yanxiu.training.people.password_rules import Finding

COMMON = frozenset({"password1"})
HERS = ("13800138000", "张晓岚", "听涛小学")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("山高月小 水落石出", None),
        ("correct horse battery", None),
        ("x" * 7, Finding.TOO_SHORT),
        ("高" * 129, Finding.TOO_LONG),
        # One character that stands for eighteen.
        ("\ufdfa" * 20, Finding.TOO_LONG),
        ("x" * 1_000_000, Finding.TOO_LONG),
        ("Password1", Finding.COMMON),
        ("ｐａｓｓｗｏｒｄ１", Finding.COMMON),
        ("12345678", Finding.COMMON),
        ("87654321", Finding.COMMON),
        ("qwertyuiop", Finding.COMMON),
        ("aaaaaaaa", Finding.COMMON),
        ("abcabcabc", Finding.COMMON),
        ("Woaini1314", Finding.COMMON),
        ("13800138000", Finding.PERSONAL),
        ("张晓岚张晓岚123", Finding.PERSONAL),
        ("听涛小学2025", None),
        ("听涛小学听涛小学12", Finding.PERSONAL),
        ("听涛小学的一棵老树", None),
    ],
)
def test_each_password_stands_or_is_told_why(typed: str, found: Finding | None) -> None:
    assert password_rules.find(typed, common=COMMON, personal=HERS) is found


def test_the_same_text_in_another_form_is_the_same_password() -> None:
    assert password_rules.normalise("ｐａｓｓ　ｗｏｒｄ") == password_rules.normalise("pass word")


def test_one_letter_of_hers_is_in_every_password() -> None:
    assert password_rules.find("aquamarine", common=(), personal=("a", "")) is None


@given(st.text(max_size=200))
def test_any_text_is_decided(typed: str) -> None:
    found = password_rules.find(typed, common=COMMON, personal=HERS)
    length = len(password_rules.normalise(typed))
    assert found or password_rules.LEAST <= length <= password_rules.MOST
