import pytest

from yanxiu.training.people import travel_permits
from yanxiu.training.people.document_reading import Finding


@pytest.mark.parametrize("typed", ["H12345678", "h1234 5678", "Ｈ１２３４５６７８", "H1234567803"])
def test_a_renewed_permit_is_the_same_document(typed: str) -> None:
    said = travel_permits.read_hong_kong_macao(typed)
    assert (said.number, said.findings) == ("H12345678", ())


@pytest.mark.parametrize("typed", ["12345678", "1234567803", "1234567803B", "1234567803(B)"])
def test_of_taiwan_too(typed: str) -> None:
    said = travel_permits.read_taiwan(typed)
    assert (said.number, said.findings) == ("12345678", ())


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("", Finding.MISSING),
        ("H1234567", Finding.LENGTH),
        ("T12345678", Finding.LETTERS),
        ("11010519491231002X", Finding.OTHER_KIND),
    ],
)
def test_each_failure_has_a_name(number: str, found: Finding) -> None:
    assert travel_permits.read_hong_kong_macao(number).findings == (found,)
