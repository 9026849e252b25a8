from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.people import masking

MASKS: list[Callable[[str], str]] = [masking.name, masking.document_number, masking.phone]
every_mask = pytest.mark.parametrize("mask", MASKS)


@pytest.mark.parametrize(
    ("plain", "covered"),
    [
        ("张三", "张*"),
        ("欧阳娜娜", "欧***"),
        ("阿卜杜拉·买买提", "阿***·***"),
        ("𬱖伟", "𬱖*"),
        ("张", "*"),
        ("张·", "*·"),
        ("", ""),
    ],
)
def test_a_name_shows_its_first_character(plain: str, covered: str) -> None:
    assert masking.name(plain) == covered


@pytest.mark.parametrize(
    ("plain", "covered"),
    [
        ("11010519890307002X", "110***********002X"),
        ("110105890307002", "110********7002"),
        ("H12345678", "H******78"),
        ("E1234567", "E*****67"),
        ("M12345", "******"),
        ("", ""),
    ],
)
def test_a_document_number_shows_its_ends(plain: str, covered: str) -> None:
    assert masking.document_number(plain) == covered


@pytest.mark.parametrize(
    ("plain", "covered"),
    [("13800138000", "138****8000"), ("1380013800", "1*******00"), ("", "")],
)
def test_a_phone_shows_its_ends(plain: str, covered: str) -> None:
    assert masking.phone(plain) == covered


@every_mask
@given(text=st.text(max_size=40))
def test_the_length_stays(mask: Callable[[str], str], text: str) -> None:
    assert len(mask(text)) == len(text)


@every_mask
@given(text=st.text(max_size=40))
def test_what_is_covered_stays_as_it_is(mask: Callable[[str], str], text: str) -> None:
    assert mask(mask(text)) == mask(text)


@every_mask
@given(text=st.text(min_size=1, max_size=40))
def test_every_character_is_itself_or_a_star(mask: Callable[[str], str], text: str) -> None:
    pairs = list(zip(text, mask(text), strict=True))
    assert all(shown in {plain, "*"} for plain, shown in pairs)
    assert any(shown == "*" for _, shown in pairs)


@given(st.text(st.characters(exclude_characters="·*"), max_size=40))
def test_a_name_never_shows_more_than_one_letter(text: str) -> None:
    assert len(text) - masking.name(text).count("*") <= 1


@given(st.text(st.characters(exclude_characters="*"), max_size=40))
def test_a_number_never_shows_more_than_seven_and_half_of_a_short_one(text: str) -> None:
    shown = len(text) - masking.document_number(text).count("*")
    assert shown <= 7
    assert shown <= len(text) / 2


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_a_phone_hides_its_middle_four(text: str) -> None:
    assert masking.phone(text) == f"{text[:3]}****{text[7:]}"
