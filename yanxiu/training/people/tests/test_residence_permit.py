from datetime import date

import pytest

from yanxiu.training.people import residence_permit
from yanxiu.training.people.document_reading import Finding

ON = date(2025, 7, 20)


@pytest.mark.parametrize(
    "number", ["810000198803179962", "830000198611059978", " 810000 19880317 9962 "]
)
def test_permits_of_all_three_places_are_taken(number: str) -> None:
    assert residence_permit.read(number, on=ON).findings == ()


@pytest.mark.parametrize(
    ("number", "findings"),
    [
        ("", (Finding.MISSING,)),
        ("81000019880317996", (Finding.LENGTH,)),
        ("8100001988031799A6", (Finding.LETTERS,)),
        ("810000198803179967", (Finding.CHECK_DIGIT,)),
        ("11010519491231002X", (Finding.OTHER_KIND,)),
    ],
)
def test_each_failure_has_a_name(number: str, findings: tuple[Finding, ...]) -> None:
    assert residence_permit.read(number, on=ON).findings == findings
