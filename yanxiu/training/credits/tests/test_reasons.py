"""Show that every number has a reason, and that the reason names the next step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.credits import reasons
from yanxiu.training.credits.caps import Tally
from yanxiu.training.credits.reasons import (
    CourseCode,
    Lesson,
    LessonCode,
    Nearest,
    TrainingCode,
    TrainingReason,
)

NEW = Lesson("新的一讲", 600_500, (), is_complete=False)
BEGUN = Lesson("看了一半", 600_500, (0, 300_000, 400_000, 500_000), is_complete=False)
NEARLY = Lesson("快看完了", 900_000, (0, 880_000), is_complete=False)
COMPLETE = Lesson("看完了", 600_500, (0, 599_000), is_complete=True)


def tally(learned_s: int, *, cap_s: int = 2_700, required_s: int = 2_700) -> Tally:
    return Tally(learned_s, cap_s, required_s)


def test_a_new_lesson_misses_everything() -> None:
    found = reasons.lesson(NEW)
    assert (found.code, found.missing_ms, found.missing) == (
        *(LessonCode.NEW, 600_500, ((0, 600_500),)),
    )
    assert found.credit_s == 600


def test_a_begun_lesson_says_where_something_is_missing() -> None:
    found = reasons.lesson(BEGUN)
    assert found.code == LessonCode.BEGUN
    assert found.missing == ((300_000, 400_000), (500_000, 600_500))
    assert found.missing_ms == 200_500


def test_a_complete_lesson_misses_nothing_though_a_second_was_not_seen() -> None:
    found = reasons.lesson(COMPLETE)
    assert (found.code, found.missing_ms, found.missing) == (LessonCode.COMPLETE, 0, ())


@pytest.mark.parametrize(
    ("lessons", "learned_s", "code"),
    [
        ([NEW, NEW], 0, CourseCode.NOT_BEGUN),
        ([NEW, BEGUN], 0, CourseCode.NOTHING_COMPLETE),
        ([COMPLETE, NEW], 600, CourseCode.SHORT),
        ([COMPLETE, COMPLETE], 1_200, CourseCode.ALL_WATCHED),
        ([COMPLETE, NEW], 2_700, CourseCode.CAPPED),
    ],
)
def test_a_course_has_one_reason(lessons: list[Lesson], learned_s: int, code: CourseCode) -> None:
    assert reasons.course(lessons, tally(learned_s)).code == code


def test_a_course_whose_cap_lies_above_its_requirement_is_enough_before_it_is_capped() -> None:
    found = reasons.course([COMPLETE, NEW], tally(2_800, cap_s=5_400))
    assert (found.code, found.nearest) == (CourseCode.ENOUGH, None)


def test_a_course_counts_its_lessons() -> None:
    found = reasons.course([COMPLETE, BEGUN, NEW, NEARLY], tally(600))
    assert (found.complete, found.begun, found.lessons) == (1, 2, 4)


def test_the_nearest_lesson_is_the_begun_one_with_least_missing() -> None:
    found = reasons.course([NEW, BEGUN, NEARLY], tally(0))
    assert found.nearest == Nearest("快看完了", 880_000, 20_000, 900, 900)


def test_without_a_begun_lesson_the_first_open_one_is_next() -> None:
    found = reasons.course([COMPLETE, NEW, replace(NEW, title="再下一讲")], tally(600))
    assert found.nearest == Nearest("新的一讲", 0, 600_500, 600, 600)


def test_a_lesson_counts_only_up_to_what_the_cap_leaves() -> None:
    found = reasons.course([COMPLETE, NEARLY], tally(2_600))
    assert found.nearest == Nearest("快看完了", 880_000, 20_000, 900, 100)


def test_where_all_is_watched_nothing_is_nearest() -> None:
    assert reasons.course([COMPLETE], tally(600)).nearest is None


def test_a_training_names_its_short_courses_and_what_was_learned_above_the_caps() -> None:
    courses = [
        ("教育家精神", Tally(11_502, 5_400, 5_400)),
        ("科学素养", Tally(540, 2_700, 2_700)),
        ("学科教学", Tally(2_700, 8_100, 8_100)),
    ]
    assert reasons.training(courses, required_s=16_200) == TrainingReason(
        code=TrainingCode.SHORT,
        learned_s=14_742,
        recognised_s=8_640,
        required_s=16_200,
        missing_s=7_560,
        beyond_s=6_102,
        held_s=0,
        short=(("科学素养", 2_160), ("学科教学", 5_400)),
    )


def test_what_is_held_is_neither_missing_nor_beyond_the_caps() -> None:
    courses = [
        ("教育家精神", Tally(11_502, 5_400, 5_400, is_held=True)),
        ("科学素养", Tally(540, 2_700, 2_700, is_held=True)),
    ]
    found = reasons.training(courses, required_s=8_100)
    assert (found.code, found.recognised_s, found.held_s) == (TrainingCode.SHORT, 0, 5_940)
    assert (found.missing_s, found.beyond_s) == (2_160, 6_102)
    assert found.short == (("科学素养", 2_160),)
    full = reasons.training(courses[:1], required_s=5_400)
    assert (full.code, full.missing_s) == (TrainingCode.HELD, 0)


def test_a_course_that_is_held_says_so_once_nothing_is_missing() -> None:
    assert reasons.course([COMPLETE], replace(tally(2_700), is_held=True)).code == CourseCode.HELD
    short = reasons.course([COMPLETE, NEW], replace(tally(600), is_held=True))
    assert (short.code, short.nearest is not None) == (CourseCode.SHORT, True)


def test_a_training_nobody_began_is_not_begun() -> None:
    found = reasons.training([("科学素养", tally(0))], required_s=2_700)
    assert (found.code, found.missing_s) == (TrainingCode.NOT_BEGUN, 2_700)


def test_a_training_with_all_its_hours_is_enough() -> None:
    found = reasons.training([("科学素养", tally(2_700))], required_s=2_700)
    assert (found.code, found.missing_s, found.short) == (TrainingCode.ENOUGH, 0, ())


@given(
    st.lists(st.sampled_from([NEW, BEGUN, NEARLY, COMPLETE]), max_size=6),
    st.integers(0, 6_000),
    st.integers(0, 6_000),
    st.integers(0, 6_000),
)
def test_whoever_still_misses_hours_is_told_what_adds_some(
    lessons: list[Lesson], learned_s: int, cap_s: int, required_s: int
) -> None:
    found = reasons.course(lessons, Tally(learned_s, cap_s, required_s))
    waits = any(not each.is_complete for each in lessons)
    assert (found.nearest is not None) == (waits and not found.tally.is_enough)
    if found.nearest:
        assert 0 <= found.nearest.counts_s <= found.nearest.credit_s
        assert learned_s + found.nearest.counts_s <= max(cap_s, learned_s)
