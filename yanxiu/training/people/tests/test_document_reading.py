from datetime import date

import pytest

from yanxiu.training.people import document_reading
from yanxiu.training.people.document_reading import Finding

ON = date(2025, 7, 20)


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    born_on = date(2004, 2, 29)
    assert document_reading.age_years(born_on, date(2022, 2, 28)) == 17
    assert document_reading.age_years(born_on, date(2022, 3, 1)) == 18


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        (" h12 345-678 ", ("H12345678", None)),
        ("Ｈ１２３４５６７８", ("H12345678", None)),
        (" \u200b", ("", Finding.MISSING)),
        ("\u0301\u0327" * 100_000, ("", Finding.LENGTH)),
    ],
)
def test_every_kind_begins_alike(text: str, begun: tuple[str, Finding | None]) -> None:
    assert document_reading.begin(text) == begun


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("11010519491231002X", None),
        ("1101051949123100", Finding.LENGTH),
        ("1101051949123100AX", Finding.LETTERS),
    ],
)
def test_eighteen_characters_have_one_shape(number: str, found: Finding | None) -> None:
    assert document_reading.misshapen(number) is found


@pytest.mark.parametrize(
    ("number", "findings", "born_on"),
    [
        ("11010519491231002X", (), date(1949, 12, 31)),
        ("110105194912310021", (Finding.CHECK_DIGIT,), date(1949, 12, 31)),
        ("110105198902300021", (Finding.DATE, Finding.CHECK_DIGIT), None),
    ],
)
def test_date_and_check_are_read(
    number: str, findings: tuple[Finding, ...], born_on: date | None
) -> None:
    said = document_reading.dated(number, on=ON)
    assert (said.findings, said.born_on) == (findings, born_on)


@pytest.mark.parametrize(
    ("born_on", "found"),
    [
        (date(2025, 7, 21), Finding.FUTURE),
        (date(2007, 7, 21), Finding.TOO_YOUNG),
        (date(2007, 7, 20), None),
        (date(1944, 7, 20), Finding.TOO_OLD),
    ],
)
def test_teachers_are_of_age_and_not_past_eighty(born_on: date, found: Finding | None) -> None:
    assert document_reading.unlikely(born_on, ON) is found
