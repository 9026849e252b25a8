from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.people import phones


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "+8613812345678",
        "008613812345678",
        "8613812345678",
        "138 1234 5678",
        "138-1234-5678",
        "(+86) 138 1234 5678",
        "１３８１２３４５６７８",
        "＋８６ １３８ １２３４ ５６７８",
        "\u202d13812345678\u202c",
        "138\u00a01234\u20115678",
    ],
)
def test_a_mainland_number_is_read_however_it_is_written(text: str) -> None:
    assert phones.normalise(text) == "13812345678"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1381234567", "138123456789", "12812345678", "23812345678", "1381234567a"),
        *("八六一三八", "١٣٨١٢٣٤٥٦٧٨", "13812345678;13912345678", "138\0" + "12345678", "\ufffd"),
    ],
)
def test_what_has_no_eleven_digits_is_no_number(text: str) -> None:
    with pytest.raises(phones.NotElevenDigits):
        phones.normalise(text)


@pytest.mark.parametrize("text", ["+1 202 555 0143", "+852 9123 4567", "00447911123456", "＋1202"])
def test_a_number_of_elsewhere_is_told_apart(text: str) -> None:
    with pytest.raises(phones.NotMainland):
        phones.normalise(text)


@given(st.text())
def test_any_text_is_a_number_or_a_named_no(text: str) -> None:
    try:
        number = phones.normalise(text)
    except (phones.NotElevenDigits, phones.NotMainland):
        return
    assert number.isascii()
    assert len(number) == 11
    assert phones.normalise(number) == number


def test_far_too_long_a_text_takes_no_time() -> None:
    with pytest.raises(phones.NotElevenDigits):
        phones.normalise("\u0301\u0327" * 100_000)


@given(st.uuids(), st.uuids())
def test_what_stands_for_no_number_is_none_and_anothers_is_different(
    one: UUID, other: UUID
) -> None:
    assert len(phones.nobodys(one)) == len("13812345678")
    assert phones.is_nobodys(phones.nobodys(one))
    with pytest.raises((phones.NotElevenDigits, phones.NotMainland)):
        phones.normalise(phones.nobodys(one))
    last = 1 - len("13812345678")
    same = one.hex[last:] == other.hex[last:]
    assert (phones.nobodys(one) == phones.nobodys(other)) == same


def test_a_number_is_somebodys() -> None:
    assert not phones.is_nobodys("13812345678")
