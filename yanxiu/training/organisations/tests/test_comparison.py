"""Show how a teacher compares with the roster; a masked number tells no more than asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.organisations import comparison
from yanxiu.training.organisations.comparison import Kind, Listed, Piece

NUMBER, SWAPPED = "110101199003079972", "110101199003709971"
digits = st.text("0123456789X", min_size=1, max_size=20)


def pieces(*parts: tuple[str, bool]) -> tuple[Piece, ...]:
    return tuple(Piece(text, differs) for text, differs in parts)


def test_the_same_name_and_number_match() -> None:
    entry = Listed("陈佩瑶", NUMBER, subject="语文")
    found = comparison.compare("陈佩瑶", NUMBER, [Listed("陈佩瑶", SWAPPED), entry])
    assert (found.kind, found.listed) == (Kind.MATCH, entry)


def test_one_character_of_the_name_is_shown() -> None:
    found = comparison.compare("陈佩摇", NUMBER, [Listed("陈佩瑶", NUMBER)])
    assert (found.kind, found.apart) == (Kind.NEAR, 1)
    assert found.names == (
        pieces(("陈佩", False), ("摇", True)),
        pieces(("陈佩", False), ("瑶", True)),
    )


def test_the_digits_that_differ_are_shown_and_no_others() -> None:
    found = comparison.compare("陈佩瑶", NUMBER, [Listed("陈佩瑶", SWAPPED)])
    assert (found.kind, found.apart) == (Kind.NEAR, 3)
    assert found.numbers == (
        pieces(("110*********", False), ("07", True), ("997", False), ("2", True)),
        pieces(("110*********", False), ("70", True), ("997", False), ("1", True)),
    )


@pytest.mark.parametrize(
    "entries",
    [[], [Listed("陈佩瑶", "330106198502030266")], [Listed("陈佩瑶", "G1234567")]],
    ids=["nobody", "a namesake", "another document"],
)
def test_a_namesake_alone_is_no_match(entries: list[Listed]) -> None:
    assert comparison.compare("陈佩瑶", NUMBER, entries).kind == Kind.NONE


def test_a_school_without_a_roster_has_nothing_to_compare_with() -> None:
    assert comparison.compare("陈佩瑶", NUMBER, [], has_roster=False).kind == Kind.NO_ROSTER


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("王明", "王小明", 1), ("王小明", "王明", 1), ("欧阳晓", "司马晓", 2), ("明明", "明", 1)],
)
def test_a_name_may_lack_a_character_or_be_another(one: str, other: str, apart: int) -> None:
    found = comparison.compare(one, NUMBER, [Listed(other, NUMBER)])
    assert (found.kind, found.apart) == (Kind.NEAR, apart)


def test_numbers_of_unequal_length_stay_masked() -> None:
    ours, theirs = comparison.numbers(NUMBER, "G1234567")
    assert (ours, theirs) == (pieces(("110***********9972", True)), pieces(("G*****67", True)))


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_pieces_of_a_name_are_the_name(one: str, other: str) -> None:
    ours, theirs = comparison.names(one, other)
    assert "".join(piece.text for piece in ours) == one
    assert "".join(piece.text for piece in theirs) == other


@given(digits, digits)
def test_of_a_number_only_its_ends_and_what_differs_are_seen(one: str, other: str) -> None:
    ours, _theirs = comparison.numbers(one, other)
    said = "".join(piece.text for piece in ours)
    assert len(said) == len(one)
    if len(one) == len(other):
        shown = [i for i, sign in enumerate(said) if sign != "*" and one[i] == other[i]]
        assert all(place < 3 or place >= len(one) - 4 for place in shown)
