from datetime import date

import pytest

from yanxiu.training.people import permanent_residence
from yanxiu.training.people.document_reading import Finding

ON = date(2025, 7, 20)


def test_the_new_form_says_when_its_holder_was_born() -> None:
    said = permanent_residence.read("931752198405219968", on=ON)
    assert (said.findings, said.born_on) == ((), date(1984, 5, 21))


def test_the_old_form_is_three_letters_and_twelve_digits() -> None:
    said = permanent_residence.read("can 3100 991231 99", on=ON)
    assert (said.number, said.findings, said.born_on) == ("CAN310099123199", (), None)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("", Finding.MISSING),
        ("CAN31009912319", Finding.LENGTH),
        ("CA9310099123199", Finding.LETTERS),
        ("CHN310099123199", Finding.OTHER_KIND),
        ("93175219840521996A", Finding.LETTERS),
        ("11010519491231002X", Finding.OTHER_KIND),
        ("931752198405219969", Finding.CHECK_DIGIT),
    ],
)
def test_each_failure_has_a_name(number: str, found: Finding) -> None:
    assert permanent_residence.read(number, on=ON).findings == (found,)
