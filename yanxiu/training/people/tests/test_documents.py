from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.people import documents
from yanxiu.training.people.document_reading import Finding
from yanxiu.training.people.documents import Kind

ON = date(2025, 7, 20)
NUMBERS = {
    Kind.RESIDENT_ID: "11010519491231002X",
    Kind.RESIDENCE_PERMIT: "830000198611059978",
    Kind.MAINLAND_PERMIT: "H12345678",
    Kind.TAIWAN_PERMIT: "12345678",
    Kind.PERMANENT_RESIDENCE: "931752198405219968",
    Kind.PASSPORT: "E12345678",
}


def test_every_kind_is_read() -> None:
    assert set(documents.DOCUMENTS) == set(Kind) == set(NUMBERS)
    for kind, number in NUMBERS.items():
        assert documents.read(kind, number, on=ON).findings == ()
        assert documents.normalise(kind, f" {number.lower()} ") == number


@pytest.mark.parametrize("kind", ["resident_id", "residence_permit", "permanent_residence"])
def test_numbers_of_eighteen_are_told_apart(kind: str) -> None:
    others = {Kind.RESIDENT_ID, Kind.RESIDENCE_PERMIT, Kind.PERMANENT_RESIDENCE} - {kind}
    for other in others:
        found = documents.read(kind, NUMBERS[other], on=ON).findings
        assert found[0] is Finding.OTHER_KIND


def test_no_kind_of_ours_is_another_kind() -> None:
    assert documents.read("library_card", "1", on=ON).findings == (Finding.OTHER_KIND,)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("身份证", Kind.RESIDENT_ID),
        (" 台胞证 ", Kind.TAIWAN_PERMIT),
        ("passport", Kind.PASSPORT),
        ("借书证", None),
    ],
)
def test_people_call_documents_by_several_titles(title: str, kind: str | None) -> None:
    assert documents.titled(title) == kind


@given(st.sampled_from([*Kind, ""]), st.text(max_size=40))
def test_any_text_at_all_gets_an_answer(kind: str, text: str) -> None:
    said = documents.read(kind, text, on=ON)
    assert said.findings or said.number
