import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.certificates import numbering

prefixes = st.text(numbering.ALPHABET, min_size=2, max_size=8)
serials = st.integers(0, 10**numbering.SERIAL_DIGITS - 1)
numbers = st.builds(numbering.number, prefixes, serials)


def test_a_number_reads_like_a_season_a_serial_and_a_check_character() -> None:
    assert numbering.number("2025SQ", 1234567) == "2025SQ-0001-2345-679"


def test_the_alphabet_is_prime_and_avoids_signs_that_look_alike() -> None:
    assert len(set(numbering.ALPHABET)) == 31
    assert not set("ILOUZ") & set(numbering.ALPHABET)


@pytest.mark.parametrize("prefix", ["", "2", "2025QIU", "2025sq", "2025-S", "123456789", "研修"])
def test_a_prefix_that_cannot_be_read_back_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        numbering.number(prefix, 1)


@pytest.mark.parametrize("serial", [-1, 10**10])
def test_a_serial_outside_ten_digits_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="serial"):
        numbering.number("2025SQ", serial)


@given(numbers)
def test_every_number_is_wellformed_and_already_normal(number: str) -> None:
    assert numbering.is_wellformed(number)
    assert numbering.normalise(number) == number
    assert numbering.fault(number) is None


@given(prefixes, st.tuples(serials, serials))
def test_different_serials_give_different_numbers(prefix: str, pair: tuple[int, int]) -> None:
    one, other = (numbering.number(prefix, serial) for serial in pair)
    assert (one == other) == (pair[0] == pair[1])


@given(numbers, st.data())
def test_every_single_wrong_character_is_caught(number: str, data: st.DataObject) -> None:
    plain = number.replace("-", "")
    place = data.draw(st.integers(0, len(plain) - 1))
    wrong = data.draw(st.sampled_from(numbering.ALPHABET.replace(plain[place], "")))
    assert not numbering.is_wellformed(plain[:place] + wrong + plain[place + 1 :])


@given(numbers, st.data())
def test_every_exchange_of_two_characters_is_caught(number: str, data: st.DataObject) -> None:
    plain = list(number.replace("-", ""))
    one, other = data.draw(st.tuples(*[st.integers(0, len(plain) - 1)] * 2))
    same = plain[one] == plain[other]
    plain[one], plain[other] = plain[other], plain[one]
    assert numbering.is_wellformed("".join(plain)) == same


@given(st.text())
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert numbering.is_wellformed(text) == (numbering.fault(text) is None)


@given(st.text(numbering.ALPHABET + "ILOUZilouz -"))
def test_a_normal_form_stays_as_it_is(text: str) -> None:
    normal = numbering.normalise(text)
    assert numbering.normalise(normal) == normal


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


@pytest.mark.parametrize(
    "wear",
    [
        str.lower,
        _full_width,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " — "),
        lambda text: f"\u3000{text}\n",
        lambda text: text.replace("0", "O"),
        lambda text: text.replace("0", "o").replace("1", "l"),
        lambda text: text.replace("1", "I").replace("2", "Z"),
    ],
)
def test_a_number_is_recognised_however_it_was_typed(wear: Callable[[str], str]) -> None:
    number = numbering.number("2025SQ", 1234567)
    assert numbering.normalise(wear(number)) == number
    assert numbering.is_wellformed(wear(number))


def test_the_place_of_a_sign_that_cannot_stand_there_is_told() -> None:
    number = numbering.number("2025SQ", 1234567)
    assert numbering.fault(number.replace("2345", "23A5")) == numbering.Fault(13)
    assert numbering.fault("证" + number[1:]) == numbering.Fault(1)


def test_a_number_too_short_has_no_place() -> None:
    assert numbering.fault("2025SQ") == numbering.Fault(None)
    assert numbering.fault("") == numbering.Fault(None)


def test_the_place_of_two_exchanged_neighbours_is_told() -> None:
    number = numbering.number("2025SQ", 1234567)
    assert numbering.fault(number.replace("-2345-", "-2435-")) == numbering.Fault(12)


def test_the_place_of_a_sign_taken_for_its_look_alike_is_told() -> None:
    number = numbering.number("2025SQ", 1234567)
    assert numbering.fault(number.replace("2025S", "20255")) == numbering.Fault(5)


def test_two_slips_that_explain_it_equally_well_have_no_place() -> None:
    assert numbering.fault("2025SQ-0061-2345-679") == numbering.Fault(None)


def test_a_slip_that_nothing_common_explains_has_no_place() -> None:
    number = numbering.number("2025SQ", 1234567)
    assert numbering.fault(number.replace("2345", "2945")) == numbering.Fault(None)


def test_check_codes_are_eight_characters_that_read_well_and_never_repeat() -> None:
    codes = [numbering.check_code() for _ in range(1000)]
    assert len(set(codes)) == 1000
    shape = re.compile(rf"[{numbering.ALPHABET}]{{4}}-[{numbering.ALPHABET}]{{4}}")
    assert all(shape.fullmatch(code) for code in codes)


@pytest.mark.parametrize("typed", ["k7qm3r8d", "Ｋ７ＱＭ－３Ｒ８Ｄ", " K7QM 3R8D "])
def test_a_check_code_is_recognised_however_it_was_typed(typed: str) -> None:
    assert numbering.normalise_code(typed) == "K7QM-3R8D"


def test_what_cannot_be_a_check_code_comes_back_plain() -> None:
    assert numbering.normalise_code("K7Q") == "K7Q"
