"""Whatever does not follow from the evidence is named: by person, lesson, expected and found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.credits import chain, reckoning
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.offered import Book, Lesson, Offered
from yanxiu.training.credits.reckoning import Difference, Done, Person, Watched, Written

PERSON, TRAINING, COURSE = UUID(int=1), UUID(int=2), UUID(int=3)
LESSONS = [UUID(int=100 + place) for place in range(4)]
AT, DAY = datetime(2025, 8, 1, tzinfo=UTC), timedelta(days=1)
# 1500 s each; the last one's second version is 900 s.
LENGTH_MS = 1_500_000
BOOK = Book(1, AT - 9 * DAY, 2_000, {})
OFFERED = Offered(
    {each: Lesson(TRAINING, COURSE, {1: LENGTH_MS, 2: 900_000}) for each in LESSONS},
    {TRAINING: (BOOK,)},
)
LOWERED = Offered(
    OFFERED.lessons,
    {TRAINING: (BOOK, Book(2, AT + 5 * DAY, 2_000, {COURSE: (2_700, 1_800)}))},
)
WHOLE = (0, LENGTH_MS)


def done(place: int, *, day: int = 0, credited_s: int = 1_500, version: int = 1) -> Done:
    return Done(LESSONS[place], version, AT + day * DAY, credited_s, 1)


def amendment(seconds: int, *, day: int = 1) -> Line:
    return Line(
        person_id=PERSON,
        kind="adjust" if seconds > 0 else "reversal",
        training_id=TRAINING,
        course_id=COURSE,
        seconds=seconds,
        cause=f"amendment:{seconds}",
        sentence="补录",
        rulebook_version=1,
        actor_id=UUID(int=7),
        at=AT + day * DAY,
    )


def kept(seconds: int, *, version: int = 2) -> Line:
    return replace(
        amendment(seconds),
        kind="kept",
        cause=f"rules:{version}",
        rulebook_version=version,
        actor_id=None,
    )


def chained(lines: Sequence[Line]) -> list[Written]:
    written, previous = [], chain.FIRST
    for number, line in enumerate(lines, start=1):
        previous = chain.mark(previous, number, line)
        written.append(Written(number, line, previous))
    return written


def honest(*places: int, lines: Sequence[Line] = (), confirmed: Sequence[Line] = ()) -> Person:
    """Return who has watched lessons whole and has all her lines."""
    earned = [done(place) for place in places]
    awards = [reckoning.award(PERSON, each, OFFERED) for each in earned]
    return Person(
        PERSON,
        [Watched(LESSONS[place], 1, WHOLE) for place in places],
        earned,
        chained([*awards, *confirmed, *lines]),
        confirmed,
    )


def named(person: Person, offered: Offered = OFFERED) -> list[tuple[str, str, str]]:
    return [(each.what, each.expected, each.found) for each in reckoning.check(person, offered)]


def test_whoever_has_nothing_or_all_in_order_has_no_difference() -> None:
    assert named(Person(PERSON)) == []
    assert named(honest(0, 1, 2)) == []
    assert named(honest(0, confirmed=[amendment(60), amendment(-30)])) == []


def test_what_is_left_open_within_the_tolerance_is_whole() -> None:
    person = honest(0)
    assert named(replace(person, watched=[Watched(LESSONS[0], 1, (2_000, LENGTH_MS))])) == []
    wrong = replace(person, watched=[Watched(LESSONS[0], 1, (2_001, LENGTH_MS))])
    assert named(wrong) == [("coverage", "at most 2000 ms open", "2001 ms open")]


def test_a_completion_without_coverage_is_named() -> None:
    assert named(replace(honest(0), watched=[])) == [
        ("coverage", "at most 2000 ms open", "1500000 ms open")
    ]


def test_coverage_of_a_newer_film_is_held_against_that_film() -> None:
    person = honest(0)
    assert named(replace(person, watched=[Watched(LESSONS[0], 2, (0, 900_000))])) == []
    short = replace(person, watched=[Watched(LESSONS[0], 2, (0, 890_000))])
    assert named(short) == [("coverage", "at most 2000 ms open", "10000 ms open")]
    unknown = replace(person, watched=[Watched(LESSONS[0], 3, WHOLE)])
    assert named(unknown) == [("coverage", "at most 2000 ms open", "1500000 ms open")]


def test_whole_coverage_without_a_completion_is_named_and_less_is_not() -> None:
    seen = Person(PERSON, [Watched(LESSONS[0], 1, (0, 1_498_000))])
    assert named(seen) == [("completion", "1500", "none")]
    assert named(Person(PERSON, [Watched(LESSONS[0], 1, (0, 1_497_999))])) == []
    assert named(Person(PERSON, [Watched(LESSONS[0], 1, ())])) == []


def test_a_film_that_is_on_no_record_is_named() -> None:
    told = [("media", "a version on record", "3")]
    assert named(Person(PERSON, [Watched(LESSONS[0], 3, WHOLE)])) == told
    person = replace(honest(), done=[done(0, version=3)])
    assert told[0] in named(person)


def test_a_lesson_that_nobody_offers_is_named() -> None:
    strange = replace(done(0), lesson_id=UUID(int=5))
    assert named(Person(PERSON, [Watched(strange.lesson_id, 1, WHOLE)], [strange])) == [
        ("media", "a version on record", "1")
    ]
    assert named(Person(PERSON, [Watched(strange.lesson_id, 1, WHOLE)])) == []
    assert named(Person(PERSON, [], [strange]), LOWERED)[0][0] == "media"


def test_other_seconds_than_the_film_has_are_named() -> None:
    person = honest(0)
    lifted = replace(person, done=[done(0, credited_s=9_000)])
    assert named(lifted) == [
        ("credited_s", "1500", "9000"),
        ("ledger seconds", "9000", "1500"),
    ]


def test_a_line_that_is_missing_is_named_with_the_line_that_sets_it_right() -> None:
    person = replace(honest(0, 1), written=chained([reckoning.award(PERSON, done(0), OFFERED)]))
    [difference] = reckoning.check(person, OFFERED)
    assert difference == Difference(
        PERSON,
        f"lesson {LESSONS[1]}",
        "ledger",
        "1500",
        "none",
        reckoning.award(PERSON, done(1), OFFERED),
    )
    assert reckoning.lines([difference, replace(difference, line=None)]) == [difference.line]
    assert difference.said == f"{PERSON} lesson {LESSONS[1]} ledger: expected 1500, found none"


def test_an_award_without_a_completion_is_named() -> None:
    person = honest(0, 1)
    assert named(replace(person, done=[done(0)], watched=person.watched[:1])) == [
        ("award", "no completion", "1500")
    ]


def test_a_correction_that_nobody_confirmed_is_named_and_one_that_is_missing() -> None:
    forged = honest(0, lines=[amendment(60)])
    assert named(forged) == [("correction", "none confirmed", "60")]
    lost = replace(honest(0), confirmed=[amendment(60)])
    [difference] = reckoning.check(lost, OFFERED)
    assert difference.line == amendment(60)
    other = replace(honest(0, confirmed=[amendment(60)]), confirmed=[replace(amendment(60), at=AT)])
    assert [each.what for each in reckoning.check(other, OFFERED)] == ["ledger at"]


def test_a_changed_line_breaks_the_chain_and_only_that_line_is_named() -> None:
    person = honest(0, 1, 2)
    first, second, third = person.written
    changed = replace(second, line=replace(second.line, seconds=9_000))
    found = reckoning.check(replace(person, written=[third, changed, first]), OFFERED)
    assert [(each.subject, each.what) for each in found] == [
        (f"lesson {LESSONS[1]}", "ledger seconds"),
        ("ledger line 2", "mark"),
    ]


def test_a_line_taken_out_is_missed() -> None:
    person = honest(0, 1, 2)
    found = reckoning.check(replace(person, written=person.written[::2]), OFFERED)
    assert [(each.what, each.expected, each.found) for each in found] == [
        ("ledger", "1500", "none"),
        ("line", "2", "3"),
    ]


def test_a_lowered_cap_leaves_what_was_recognised() -> None:
    # Two lessons are 3000 s; the old cap let 2700 count, the new one lets 1800.
    assert named(honest(0, 1), LOWERED) == [("kept", "2700", "0")]
    assert named(honest(0, 1, lines=[kept(2_700)]), LOWERED) == []
    assert named(honest(0, 1, lines=[kept(2_600)]), LOWERED) == [("kept", "2700", "2600")]
    assert named(honest(0), LOWERED) == []
    assert named(honest(0, lines=[kept(1_900)]), LOWERED) == [("kept", "0", "1900")]


def test_hours_kept_without_a_lowered_cap_are_named() -> None:
    forged = honest(0, lines=[kept(2_700)])
    assert named(forged) == [("kept", "no cap was lowered", "2700")]


def test_what_was_learned_after_a_cap_was_lowered_is_not_kept() -> None:
    late = [done(0), done(1, day=6)]
    awards = [reckoning.award(PERSON, each, LOWERED) for each in late]
    person = replace(honest(0, 1), done=late, written=chained(awards))
    assert named(person, LOWERED) == []
    assert awards[1].rulebook_version == 2


def test_amendments_belong_to_what_was_learned_before() -> None:
    less = amendment(-600)
    person = honest(0, 1, confirmed=[less], lines=[kept(2_400)])
    assert named(person, LOWERED) == []
    after = replace(less, at=AT + 9 * DAY)
    later = honest(0, 1, confirmed=[after], lines=[kept(2_700)])
    assert named(later, LOWERED) == []


BREAKS = st.sampled_from(["seconds", "cause", "sentence", "kind", "identity_version"])


@given(places=st.sets(st.integers(0, 3), min_size=1), data=st.data(), name=BREAKS)
def test_any_edit_of_any_line_is_found(places: set[int], data: st.DataObject, name: str) -> None:
    person = honest(*sorted(places))
    which = data.draw(st.integers(0, len(places) - 1))
    values = {"seconds": 7, "cause": "x", "sentence": "x", "kind": "kept", "identity_version": 9}
    edited = list(person.written)
    line = replace(edited[which].line, **{name: values[name]})  # type: ignore[arg-type]  # fits the name
    edited[which] = replace(edited[which], line=line)
    found = reckoning.check(replace(person, written=edited), OFFERED)
    assert f"ledger line {which + 1}" in {each.subject for each in found}


@pytest.mark.parametrize("version", [1, 2])
def test_a_second_lowering_counts_from_what_was_kept(version: int) -> None:
    twice = Offered(
        OFFERED.lessons,
        {
            TRAINING: (
                *LOWERED.books[TRAINING],
                Book(3, AT + 8 * DAY, 2_000, {COURSE: (1_800, 900)}),
            )
        },
    )
    person = honest(0, 1, lines=[kept(2_700)]) if version == 2 else honest(0, 1)
    expected = [] if version == 2 else [("kept", "2700", "0"), ("kept", "1800", "0")]
    assert named(person, twice) == expected
