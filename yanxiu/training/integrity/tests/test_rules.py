"""Show what is worth an officer's look, and that honest watching of every kind is not."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.integrity import rules
from yanxiu.training.integrity.rules import Burst, Returns, Run
from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage

HOUR_S, HOUR_MIN = 3_600, 60

# The tens of minutes of two days in which somebody was seen, from the eve's midnight.
samples = st.sets(st.integers(-144, 143), max_size=288)


def at(*hours: tuple[float, float]) -> Coverage:
    return coverage.of((int(start * HOUR_MIN), int(end * HOUR_MIN)) for start, end in hours)


def seen(slots: Sequence[int] | set[int]) -> Coverage:
    return coverage.of((slot * 10, slot * 10 + 10) for slot in slots)


def turns(*keys: str, every_s: int = 60) -> list[tuple[int, str]]:
    return [(place * every_s, key) for place, key in enumerate(keys)]


def test_watching_through_the_whole_night_is_told_with_its_bounds() -> None:
    assert rules.night(at((-1, 6))) == Run(-60, 360)


@pytest.mark.parametrize(
    "watched",
    [
        at((-3, 2)),  # the evening before the deadline
        at((0.5, 7)),  # not from midnight on
        at((-1, 2), (2.4, 6)),  # a pause of 24 minutes
        at((-0.5, 5)),  # five and a half hours
        coverage.EMPTY,
    ],
)
def test_evenings_pauses_and_short_nights_raise_nothing(watched: Coverage) -> None:
    assert rules.night(watched) is None


def test_a_missed_sample_breaks_no_night() -> None:
    assert rules.night(at((-1, 2), (2 + 10 / 60, 6))) == Run(-60, 360)


@given(samples)
def test_nobody_who_rests_twenty_minutes_in_the_night_is_told_of(slots: set[int]) -> None:
    rested = seen(slots - {12, 13})
    assert rules.night(rested) is None


def test_haste_takes_two_hours_and_most_of_the_day() -> None:
    assert rules.is_hasty(at((9, 11.5)), at((9, 11)))
    assert not rules.is_hasty(at((9, 11.5)), at((9, 10.8)))
    assert not rules.is_hasty(at((9, 20)), at((9, 11)))


@given(samples)
def test_whoever_never_uses_up_what_time_allows_is_never_hasty(slots: set[int]) -> None:
    assert not rules.is_hasty(seen(slots), coverage.EMPTY)


def test_several_lessons_at_once_are_told_of_after_an_hour() -> None:
    assert rules.is_manifold(at((9, 9.5), (20, 20.5)))
    assert not rules.is_manifold(at((9, 9.5), (20, 20.4)))


def test_players_that_take_over_from_each_other_again_and_again_are_told_of() -> None:
    found = rules.alternation(turns(*"abababababababab"))
    assert found == Returns(120, 14, 2)
    assert rules.jumps_players(found)


@pytest.mark.parametrize(
    "events",
    [
        [],
        turns("a"),
        turns(*"aaaaaaaaaaaaaaaaaaaaaaa"),  # lesson after lesson in one player
        turns(*"abcdefghijklmnopqrstuvwxyz"),  # a browser that opens all its tabs again
        turns(*"abababab"),  # from phone to computer and back, three times
        turns(*"abababababababab", every_s=HOUR_S),  # all day long
    ],
)
def test_phone_and_computer_and_many_tabs_raise_nothing(events: list[tuple[int, str]]) -> None:
    assert not rules.jumps_players(rules.alternation(events))


def test_three_persons_taking_turns_on_one_device_are_told_of() -> None:
    assert rules.shares_device(rules.alternation(turns(*"abcabcabc", every_s=300)))


@pytest.mark.parametrize(
    "events",
    [
        turns(*"aabbccddeeffgghh", every_s=300),  # a computer room, one after another
        turns(*"abcd", *"abcd", every_s=2 * HOUR_S),  # and again in the afternoon
        turns(*"abababababab", every_s=200),  # two colleagues at one computer
        turns(*"abcabc", every_s=300),  # three, who each came back once
    ],
)
def test_computer_rooms_and_colleagues_raise_nothing(events: list[tuple[int, str]]) -> None:
    assert not rules.shares_device(rules.alternation(events))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=40))
def test_whoever_sits_down_one_after_another_never_shares_a_device(
    sittings: list[tuple[int, int]],
) -> None:
    """Let forty teachers of one school, and more, come to one computer, each once."""
    people = [person for person, (_, lessons) in enumerate(sittings) for _ in range(lessons)]
    assert rules.alternation([(place * 90, key) for place, key in enumerate(people)]) is None


@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from("abcd")), max_size=60).map(sorted)
)
def test_the_busiest_hour_is_that_of_a_look_at_every_hour(events: list[tuple[int, str]]) -> None:
    back = [
        now
        for place, (now, key) in enumerate(events)
        if place
        and events[place - 1][1] != key
        and any(other == key and now - then < HOUR_S for then, other in events[:place])
    ]
    most = max((sum(begin <= now < begin + HOUR_S for now in back) for begin in back), default=0)
    found = rules.alternation(events)
    assert (found.many if found else 0) == most


LESSON_S = 900
# So many lessons of a quarter of an hour as two hours at double speed hold.
CLAIM = [(10 * HOUR_S + place, LESSON_S) for place in range(15)]


def test_hours_completed_at_once_after_a_silence_are_told_of() -> None:
    assert rules.bursts(CLAIM, at((6, 7), (10, 10.2))) == [Burst(10 * HOUR_S, 15, 13_500)]


@pytest.mark.parametrize(
    ("done", "watched"),
    [
        (CLAIM, at((6, 10.2))),  # watched until then
        (CLAIM[:8], at((10, 10.2))),  # two hours on a train, at normal speed
        ([(10 * HOUR_S, 14_400)], at((10, 10.2))),  # the end of one long lesson
        ([(each * HOUR_S, LESSON_S) for each in range(15)], coverage.EMPTY),
    ],
)
def test_lessons_saved_for_a_journey_raise_nothing(
    done: list[tuple[int, int]], watched: Coverage
) -> None:
    assert rules.bursts(done, watched) == []


def test_each_claim_of_a_week_is_counted_once() -> None:
    again = [(now + 24 * HOUR_S, credited_s) for now, credited_s in CLAIM]
    found = rules.bursts([*CLAIM, *again], coverage.EMPTY)
    assert [each.begin_s for each in found] == [10 * HOUR_S, 34 * HOUR_S]


@given(st.integers(75, 200), st.integers(1, 40))
def test_a_slow_listener_with_long_pauses_and_many_seeks_raises_nothing(
    rate_of_100: int, lessons: int
) -> None:
    """Let somebody with a screen reader watch at her own speed, with a rest after each lesson."""
    took_s = LESSON_S * 100 // rate_of_100
    rest_s = 1_300
    done = [(each * (took_s + rest_s) + took_s, LESSON_S) for each in range(lessons)]
    watched = coverage.of(
        (each * (took_s + rest_s) // 60, (each * (took_s + rest_s) + took_s) // 60 + 1)
        for each in range(lessons)
    )
    # Each seek opens nothing anew, and even if it did, in the same player.
    events = [(now + seek, "hers") for now, _ in done for seek in range(50)]
    assert rules.night(watched) is None
    assert not rules.is_hasty(watched, coverage.EMPTY)
    assert rules.alternation(events) is None
    assert rules.bursts(done, watched) == []
