import pytest

from yanxiu.training.people import passports
from yanxiu.training.people.document_reading import Finding


@pytest.mark.parametrize("typed", ["E12345678", "ea1234567", "999000001", "99 ZZ 99901", "P-12345"])
def test_passports_of_any_country_are_taken(typed: str) -> None:
    assert passports.read(typed).findings == ()


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("", Finding.MISSING),
        ("E123", Finding.LENGTH),
        ("E" + "1" * 17, Finding.LENGTH),
        ("PASSPORT", Finding.LETTERS),
        ("E1234567#", Finding.LETTERS),
        ("护照1234567", Finding.LETTERS),
        ("11010519491231002X", Finding.OTHER_KIND),
        ("110105491231002", Finding.OTHER_KIND),
    ],
)
def test_each_failure_has_a_name(number: str, found: Finding) -> None:
    assert passports.read(number).findings == (found,)
