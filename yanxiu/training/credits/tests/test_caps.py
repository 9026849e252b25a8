"""Show what counts: the golden case of the summer of 2025 to the second, and the law of caps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.credits import caps, hours
from yanxiu.training.credits.caps import Tally

HOUR_S = 2_700
REQUIRED_S = 10 * HOUR_S
# Source: the manual, part 3: five courses, 2 + 2 + 1 + 2 + 3 hours.
COURSE_HOURS = (2, 2, 1, 2, 3)

tallies = st.lists(
    st.builds(
        Tally,
        learned_s=st.integers(0, 100_000),
        cap_s=st.integers(0, 20_000),
        required_s=st.integers(0, 20_000),
    ),
    max_size=8,
)


def summer(*learned_s: int) -> list[Tally]:
    """Return the five courses with so many seconds learned in each."""
    return [
        Tally(seconds, cap * HOUR_S, cap * HOUR_S)
        for seconds, cap in zip(learned_s, COURSE_HOURS, strict=True)
    ]


def text(seconds: int) -> str:
    return hours.text(seconds, seconds_per_hour=HOUR_S)


def test_the_golden_case_to_the_second() -> None:
    # 4.26, 2.00, 0.20, 2.00 and 1.00 hours learned: 9.46 in all, of which 7.20 count.
    courses = summer(11_502, 5_400, 540, 5_400, 2_700)
    assert [text(course.learned_s) for course in courses] == [
        *("4.26", "2.00", "0.20", "2.00", "1.00"),
    ]
    assert [text(course.recognised_s) for course in courses] == [
        *("2.00", "2.00", "0.20", "2.00", "1.00"),
    ]
    assert [course.is_enough for course in courses] == [True, True, False, True, False]
    assert text(sum(course.learned_s for course in courses)) == "9.46"
    assert text(caps.recognised_s(courses)) == "7.20"
    assert text(caps.missing_s(courses, required_s=REQUIRED_S)) == "2.80"
    assert not caps.is_complete(courses, required_s=REQUIRED_S)


def test_ten_hours_are_27000_seconds_and_26999_are_not_enough() -> None:
    enough = summer(5_400, 5_400, 2_700, 5_400, 8_100)
    short = summer(5_400, 5_400, 2_700, 5_400, 8_099)
    assert caps.recognised_s(enough) == 27_000
    assert caps.is_complete(enough, required_s=REQUIRED_S)
    assert caps.recognised_s(short) == 26_999
    assert not caps.is_complete(short, required_s=REQUIRED_S)
    assert text(caps.recognised_s(short)) == "9.99"
    assert caps.missing_s(short, required_s=REQUIRED_S) == 1


@pytest.mark.parametrize("place", range(5))
def test_one_second_missing_in_any_course_is_missing_in_all(place: int) -> None:
    courses = summer(9_000, 9_000, 9_000, 9_000, 9_000)
    assert caps.is_complete(courses, required_s=REQUIRED_S)
    courses[place] = replace(courses[place], learned_s=courses[place].required_s - 1)
    assert not caps.is_complete(courses, required_s=REQUIRED_S)


def test_hours_above_a_cap_are_learned_but_never_fill_another_course() -> None:
    courses = summer(27_000, 5_400, 0, 5_400, 8_100)
    assert courses[0].recognised_s == 5_400
    assert courses[0].is_capped
    assert caps.recognised_s(courses) == 24_300
    assert not caps.is_complete(courses, required_s=REQUIRED_S)


def test_a_training_may_ask_for_more_than_its_courses_do() -> None:
    courses = [Tally(2_700, 8_100, 2_700), Tally(2_700, 8_100, 2_700)]
    assert all(course.is_enough for course in courses)
    assert caps.missing_s(courses, required_s=8_100) == 2_700


@given(tallies)
def test_what_counts_is_never_more_than_learned_nor_than_the_caps(courses: list[Tally]) -> None:
    counted = caps.recognised_s(courses)
    assert counted <= sum(course.learned_s for course in courses)
    assert counted <= sum(course.cap_s for course in courses)


@given(tallies, st.integers(0, 100_000), st.data())
def test_learning_more_never_takes_anything_away(
    courses: list[Tally], more_s: int, data: st.DataObject
) -> None:
    if not courses:
        return
    place = data.draw(st.integers(0, len(courses) - 1))
    after = list(courses)
    after[place] = replace(after[place], learned_s=after[place].learned_s + more_s)
    assert caps.recognised_s(after) >= caps.recognised_s(courses)
    assert caps.missing_s(after, required_s=27_000) <= caps.missing_s(courses, required_s=27_000)
    if courses[place].is_capped:
        assert caps.recognised_s(after) == caps.recognised_s(courses)


@given(tallies, st.integers(0, 100_000))
def test_complete_means_every_course_and_the_sum(courses: list[Tally], required_s: int) -> None:
    by_hand = all(course.recognised_s >= course.required_s for course in courses)
    by_hand = by_hand and caps.recognised_s(courses) >= required_s
    assert caps.is_complete(courses, required_s=required_s) == by_hand


@given(tallies, st.integers(0, 100_000))
def test_what_is_held_counts_for_nothing_and_comes_back_to_the_second(
    courses: list[Tally], required_s: int
) -> None:
    held = [replace(course, is_held=True) for course in courses]
    assert caps.recognised_s(held) == 0
    assert caps.held_s(held) == caps.recognised_s(courses)
    assert caps.missing_s(held, required_s=required_s) == caps.missing_s(
        courses, required_s=required_s
    )
    assert not (held and caps.is_complete(held, required_s=required_s))
    assert caps.is_earned(held, required_s=required_s) == caps.is_complete(
        courses, required_s=required_s
    )
    assert [replace(course, is_held=False) for course in held] == courses
