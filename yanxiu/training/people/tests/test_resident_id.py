from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.people import resident_id
from yanxiu.training.people.document_reading import Finding, Warned

ON = date(2025, 7, 20)


def numbered(region: str = "110105", born: str = "19890307", order: str = "002") -> str:
    body = region + born + order
    checks = (body + sign for sign in "0123456789X")
    return next(n for n in checks if Finding.CHECK_DIGIT not in resident_id.read(n, on=ON).findings)


def test_the_example_of_the_standard_is_right() -> None:
    reading = resident_id.read("11010519491231002X", on=date(2025, 7, 20))
    assert reading.findings == ()
    assert reading.born_on == date(1949, 12, 31)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X\n",
        "110105-19491231-002x\u200b",
    ],
)
def test_a_number_is_recognised_however_it_was_typed(typed: str) -> None:
    reading = resident_id.read(typed, on=ON)
    assert (reading.number, reading.findings) == ("11010519491231002X", ())


@pytest.mark.parametrize(
    ("typed", "finding"),
    [
        ("", Finding.MISSING),
        (" \u200b", Finding.MISSING),
        ("11010519491231002", Finding.LENGTH),
        ("11010519491231002XX", Finding.LENGTH),
        ("110105491231002", Finding.OLD),
        ("11010549123100X", Finding.LENGTH),
        ("1101051949123100AX", Finding.LETTERS),
        ("X1010519491231002X", Finding.LETTERS),
        ("110105194912310021", Finding.CHECK_DIGIT),
        ("11010519491231020X", Finding.CHECK_DIGIT),
        (numbered(born="19890230"), Finding.DATE),
        (numbered(born="19890229"), Finding.DATE),
        (numbered(born="00000101"), Finding.DATE),
        (numbered(born="20250721"), Finding.FUTURE),
        (numbered(born="20070721"), Finding.TOO_YOUNG),
        (numbered(born="19440720"), Finding.TOO_OLD),
    ],
)
def test_each_failure_has_a_name(typed: str, finding: Finding) -> None:
    assert resident_id.read(typed, on=ON).findings == (finding,)


def test_several_failures_are_all_told_the_most_telling_first() -> None:
    wrong = numbered(born="19890230")[:-1] + ("0" if numbered(born="19890230")[-1] != "0" else "1")
    assert resident_id.read(wrong, on=ON).findings == (Finding.DATE, Finding.CHECK_DIGIT)


@pytest.mark.parametrize("born", ["20070720", "19440721", "20000229"])
def test_teachers_from_eighteen_to_eighty_are_welcome(born: str) -> None:
    assert resident_id.read(numbered(born=born), on=ON).findings == ()


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "911124"])
def test_numbers_of_residence_permits_and_cards_belong_to_another_kind(region: str) -> None:
    assert resident_id.read(numbered(region=region), on=ON).findings == (Finding.OTHER_KIND,)


@pytest.mark.parametrize("region", ["710000", "659012", "653228", "330113", "110105"])
def test_people_whom_lists_of_regions_forget_are_not_even_warned_of(region: str) -> None:
    reading = resident_id.read(numbered(region=region), on=ON)
    assert (reading.findings, reading.warnings) == ((), ())


@pytest.mark.parametrize("region", ["000000", "550101", "841124"])
def test_an_unknown_region_only_warns(region: str) -> None:
    reading = resident_id.read(numbered(region=region), on=ON)
    assert (reading.findings, reading.warnings) == ((), (Warned.REGION,))


@given(
    st.dates(date(1945, 7, 21), date(2007, 7, 20)),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_every_single_wrong_digit_is_noticed(born: date, order: int, place: int, off: int) -> None:
    number = numbered(born=f"{born:%Y%m%d}", order=f"{order:03d}")
    digit = str((int(number[place]) + off) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    assert resident_id.read(wrong, on=ON).findings


@given(st.text(max_size=40))
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    reading = resident_id.read(text, on=ON)
    assert reading.findings or len(reading.number) == 18


def test_far_too_long_a_text_takes_no_time() -> None:
    assert resident_id.read("\u0301\u0327" * 100_000, on=ON).findings == (Finding.LENGTH,)
