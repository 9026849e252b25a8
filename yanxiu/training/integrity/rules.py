"""Say when a pattern of watching is worth an officer's look: values in, what was found out.

Nothing here judges: an honest reason may stand behind each of them. Minutes count from a midnight
in China, before it below zero; sets of minutes are those of `learning.coverage`. Source of every
number: docs/rules/doubts.md.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage

# Samples are taken so often, and one that is missed breaks no run of watching: a pause of half an
# hour always does.
SAMPLE_MIN = 10
PAUSE_MIN = 20

NIGHT_FROM_MIN, NIGHT_UNTIL_MIN, NIGHT_MIN = 0, 5 * 60, 6 * 60
HASTE_MIN, HASTE_OF_100 = 120, 75
SEVERAL_LESSONS, SEVERAL_WITHIN_S, SEVERAL_MIN = 4, 120, 60
RETURNS_WITHIN_S = 3_600
PLAYER_RETURNS = 12
DEVICE_RETURNS, DEVICE_PERSONS = 6, 3
BURST_WITHIN_S, BURST_LESSONS, BURST_S = 600, 3, 12_600
BURST_SILENCE_MIN = 120
BURST_DAYS, BURST_TIMES = 7, 2

_MINUTE_S = 60

# An instant in seconds, and who or what acted then.
type Event[K] = tuple[int, K]


@dataclass(frozen=True, slots=True)
class Run:
    """Be a stretch of watching without a pause, in minutes."""

    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True)
class Returns:
    """Say how often in the busiest hour one came back after another, and how many there were."""

    begin_s: int
    many: int
    parties: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Say how much was completed at once after a silence."""

    begin_s: int
    lessons: int
    credited_s: int


def night(seen: Coverage) -> Run | None:
    """Return the run that holds all of the night from midnight to five, six hours or longer."""
    for start, end in coverage.spans(_bridged(seen)):
        holds_night = start <= NIGHT_FROM_MIN and end >= NIGHT_UNTIL_MIN
        if holds_night and end - start >= NIGHT_MIN:
            return Run(start, end)
    return None


def is_hasty(seen: Coverage, short: Coverage) -> bool:
    """Tell whether nearly all of a day's watching asked for more than time allows, for two hours.

    Whoever watches in time that passes never uses up what time allows.
    """
    short_min = coverage.total_ms(short)
    return short_min >= HASTE_MIN and 100 * short_min >= HASTE_OF_100 * coverage.total_ms(seen)


def is_manifold(several: Coverage) -> bool:
    """Tell whether several lessons moved at once for an hour of a day."""
    return coverage.total_ms(several) >= SEVERAL_MIN


def alternation[K](events: Sequence[Event[K]]) -> Returns | None:
    """Return the hour in which players, or persons, came back most often after one another.

    Events stand in the order of time. One comes back where it acts again within the hour after
    another has acted: who follows another for good, as in a computer room, never does.
    """
    back = _comings_back(events)
    if not back:
        return None
    counts = [bisect_left(back, begin + RETURNS_WITHIN_S) - i for i, begin in enumerate(back)]
    many = max(counts)
    begin_s = back[counts.index(many)]
    within = {key for at, key in events if begin_s <= at < begin_s + RETURNS_WITHIN_S}
    return Returns(begin_s, many, len(within))


def jumps_players(found: Returns | None) -> bool:
    """Tell whether one person's players took over from each other again and again."""
    return found is not None and found.many >= PLAYER_RETURNS


def shares_device(found: Returns | None) -> bool:
    """Tell whether three persons or more took turns on one device again and again."""
    return found is not None and found.many >= DEVICE_RETURNS and found.parties >= DEVICE_PERSONS


def bursts(done: Sequence[Event[int]], seen: Coverage) -> list[Burst]:
    """Return where hours of lessons were completed at once after two hours without a beat.

    `done` pairs instants with credited seconds, in the order of time.
    """
    found: list[Burst] = []
    until = None
    for begin, _ in done:
        if until is not None and begin < until:
            continue
        together = [each for each in done if begin <= each[0] < begin + BURST_WITHIN_S]
        credited_s = sum(each[1] for each in together)
        is_much = len(together) >= BURST_LESSONS and credited_s >= BURST_S
        if is_much and _is_silent_before(seen, begin):
            found.append(Burst(begin, len(together), credited_s))
            until = begin + BURST_WITHIN_S
    return found


def _bridged(seen: Coverage) -> Coverage:
    """Return the set with its short pauses filled."""
    whole = coverage.EMPTY
    last: int | None = None
    for start, end in coverage.spans(seen):
        begin = last if last is not None and start - last < PAUSE_MIN else start
        whole = coverage.add(whole, begin, end)
        last = end
    return whole


def _comings_back[K](events: Sequence[Event[K]]) -> list[int]:
    """Return the instants at which one acted again within the hour, after another had."""
    back: list[int] = []
    last: dict[K, int] = {}
    before: K | None = None
    for at, key in events:
        if key != before and key in last and at - last[key] < RETURNS_WITHIN_S:
            back.append(at)
        last[key], before = at, key
    return back


def _is_silent_before(seen: Coverage, begin_s: int) -> bool:
    slot = begin_s // _MINUTE_S // SAMPLE_MIN * SAMPLE_MIN
    silent = coverage.uncovered(seen, slot - BURST_SILENCE_MIN, slot)
    return coverage.total_ms(silent) == BURST_SILENCE_MIN
