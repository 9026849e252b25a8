"""Find doubts in the evidence of the last days, in batches, each once. Rules: doubts.md.

A job does it in the morning; what it has found before it finds again and writes down no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.foundation import periods
from yanxiu.training.integrity import attributing, doubts, rules
from yanxiu.training.integrity.models import Doubt, Lending, Presence
from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage
from yanxiu.training.learning.models import Completion

# Days that are looked at each time: a job that did not run for a night is made up for.
DAYS = 3
BATCH = 1_000
LANES_MOST = 8
_DAY_MIN, _MINUTE_S = 1_440, 60

Kind = Doubt.Kind
type Lane = dict[str, object]

# Who was lent so many leases on a day that players may have taken over from each other again and
# again; and which devices, or players of a program, so many persons have shared.
_MANY_LENT = """
SELECT person_id FROM integrity_lending WHERE at >= %(since)s AND at < %(until)s
GROUP BY person_id HAVING count(*) > %(least)s AND count(DISTINCT player) > 1 ORDER BY person_id
"""
_SHARED = """
SELECT {key} FROM integrity_lending
WHERE at >= %(since)s AND at < %(until)s AND {key} IS NOT NULL
GROUP BY {key} HAVING count(DISTINCT person_id) >= %(persons)s AND count(*) > %(least)s
"""
_MUCH_DONE = """
SELECT person_id FROM learning_completion
WHERE completed_at >= %(since)s AND completed_at < %(until)s
GROUP BY person_id HAVING sum(credited_s) >= %(least_s)s AND count(*) >= %(lessons)s
ORDER BY person_id
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Be what was found of a person on a day, before it is known to which training it belongs."""

    person_id: UUID
    kind: Doubt.Kind
    on: date
    numbers: dict[str, int]
    lanes: list[Lane] = field(default_factory=list)


def find(*, at: datetime) -> int:
    """Write down what the evidence of the last days shows; return how many doubts are new."""
    today = at.astimezone(periods.CHINA).date()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    return sum(_record(found, at) for on in days for found in batched(_of_day(on), BATCH))


def _of_day(on: date) -> Iterator[Found]:
    yield from _by_presence(on)
    yield from _by_players(on)
    yield from _by_device(on)
    yield from _by_bursts(on)


def _record(found: Sequence[Found], at: datetime) -> int:
    known = attributing.places((each.person_id, each.on) for each in found)
    return doubts.record(
        [
            Doubt(
                person_id=each.person_id,
                training_id=place.training_id,
                kind=each.kind,
                on=each.on,
                found_at=at,
                path=place.path,
                facts={"numbers": each.numbers, "lanes": each.lanes},
            )
            for each in found
            if (place := known.get((each.person_id, each.on)))
        ]
    )


def _by_presence(on: date) -> Iterator[Found]:
    """Go through everybody who was seen on a day: nights, haste, several lessons at once."""
    after = UUID(int=0)
    while rows := list(
        Presence.objects.filter(on=on, person_id__gt=after).order_by("person_id")[:BATCH]
    ):
        people = [row.person_id for row in rows]
        eve = _seen(people, on - timedelta(days=1))
        for row in rows:
            yield from _of_presence(row, eve.get(row.person_id, coverage.EMPTY))
        after = people[-1]


def _of_presence(row: Presence, eve: Coverage) -> Iterator[Found]:
    seen, short = coverage.parse(row.seen), coverage.parse(row.short)
    several = coverage.parse(row.several)
    both = coverage.union(tuple(minute - _DAY_MIN for minute in eve), seen)
    if run := rules.night(both):
        numbers = {"from": run.start_min, "until": run.end_min}
        yield Found(row.person_id, Kind.NIGHT, row.on, numbers, [_lane("seen", both)])
    if rules.is_hasty(seen, short):
        numbers = {"seen": coverage.total_ms(seen), "short": coverage.total_ms(short)}
        lanes = [_lane("seen", seen), _lane("short", short)]
        yield Found(row.person_id, Kind.HASTE, row.on, numbers, lanes)
    if rules.is_manifold(several):
        numbers = {"several": coverage.total_ms(several)}
        lanes = [_lane("seen", seen), _lane("several", several)]
        yield Found(row.person_id, Kind.PLAYERS, row.on, numbers, lanes)


def _by_players(on: date) -> Iterator[Found]:
    since, until = _bounds(on)
    wanted = {"since": since, "until": until, "least": rules.PLAYER_RETURNS}
    for some in batched(_asked(_MANY_LENT, wanted), BATCH):
        lent = Lending.objects.filter(person_id__in=some, at__gte=since, at__lt=until)
        by_person: dict[UUID, list[rules.Event[str]]] = defaultdict(list)
        for row in lent.order_by("at", "id"):
            by_person[row.person_id].append((_second(row.at, since), row.player))
        for person_id, events in by_person.items():
            found = rules.alternation(events)
            if found and rules.jumps_players(found):
                numbers = {"returns": found.many, "players": found.parties}
                lanes = _lanes("player", events)
                yield Found(person_id, Kind.PLAYERS, on, numbers, lanes)


def _by_device(on: date) -> Iterator[Found]:
    """Look at each browser, and each player's name, that several persons were lent leases on."""
    since, until = _bounds(on)
    persons, least = rules.DEVICE_PERSONS, rules.DEVICE_RETURNS + rules.DEVICE_PERSONS
    wanted = {"since": since, "until": until, "persons": persons, "least": least - 1}
    for key in ("device", "player"):
        for value in _asked(_SHARED.format(key=key), wanted):
            lent = Lending.objects.filter(at__gte=since, at__lt=until, **{key: value})
            events = [(_second(row.at, since), row.person_id) for row in lent.order_by("at", "id")]
            found = rules.alternation(events)
            if found and rules.shares_device(found):
                yield from _sharers(on, found, events)


def _sharers(
    on: date, found: rules.Returns, events: Sequence[rules.Event[UUID]]
) -> Iterator[Found]:
    """Give a finding for each person who took turns in that hour; of others only that they did."""
    end = found.begin_s + rules.RETURNS_WITHIN_S
    inside = {person for at, person in events if found.begin_s <= at < end}
    numbers = {"returns": found.many, "persons": found.parties}
    for person_id in sorted(inside):
        own = [(at, 0) for at, person in events if person == person_id]
        others = [(at, person) for at, person in events if person != person_id]
        lanes = [*_lanes("self", own), *_lanes("other", others)][:LANES_MOST]
        yield Found(person_id, Kind.DEVICE, on, numbers, lanes)


def _by_bursts(on: date) -> Iterator[Found]:
    since, until = _bounds(on)
    wanted = {"since": since, "until": until, "least_s": rules.BURST_S}
    wanted |= {"lessons": rules.BURST_LESSONS}
    for some in batched(_asked(_MUCH_DONE, wanted), BATCH):
        first = on - timedelta(days=rules.BURST_DAYS - 1)
        seen, done = _week(some, first, on)
        for person_id in some:
            found = rules.bursts(done[person_id], seen[person_id])
            day_s = (on - first).days * _DAY_MIN * _MINUTE_S
            is_today = any(each.begin_s >= day_s for each in found)
            if is_today and len(found) >= rules.BURST_TIMES:
                yield _burst(person_id, on, found, done[person_id], seen[person_id], day_s)


def _burst(
    person_id: UUID,
    on: date,
    found: Sequence[rules.Burst],
    done: Sequence[rules.Event[int]],
    seen: Coverage,
    day_s: int,
) -> Found:
    last = found[-1]
    numbers = {"times": len(found), "lessons": last.lessons, "credited_s": last.credited_s}
    day_min = day_s // _MINUTE_S
    today = coverage.subtract(
        tuple(minute - day_min for minute in seen), (-rules.BURST_DAYS * _DAY_MIN, 0)
    )
    marks = [(at - day_s, 0) for at, _ in done if at >= day_s]
    return Found(person_id, Kind.BURST, on, numbers, [_lane("seen", today), *_lanes("done", marks)])


def _week(
    people: Sequence[UUID], first: date, on: date
) -> tuple[dict[UUID, Coverage], dict[UUID, list[rules.Event[int]]]]:
    """Return when these people were seen and what they completed, from the first day's midnight."""
    seen: dict[UUID, Coverage] = dict.fromkeys(people, coverage.EMPTY)
    eve = first - timedelta(days=1)
    for row in Presence.objects.filter(person_id__in=people, on__gte=eve, on__lte=on):
        shift = (row.on - first).days * _DAY_MIN
        there = tuple(minute + shift for minute in coverage.parse(row.seen))
        seen[row.person_id] = coverage.union(seen[row.person_id], there)
    since, until = _bounds(first)[0], _bounds(on)[1]
    done: dict[UUID, list[rules.Event[int]]] = {person_id: [] for person_id in people}
    rows = Completion.objects.filter(
        person_id__in=people, completed_at__gte=since, completed_at__lt=until
    )
    for each in rows.order_by("completed_at", "lesson_id"):
        done[each.person_id].append((_second(each.completed_at, since), each.credited_s))
    return seen, done


def _seen(people: Sequence[UUID], on: date) -> dict[UUID, Coverage]:
    rows = Presence.objects.filter(on=on, person_id__in=people)
    return {row.person_id: coverage.parse(row.seen) for row in rows}


def _asked(statement: str, wanted: dict[str, Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, wanted)
        return [row[0] for row in cursor.fetchall()]


def _bounds(on: date) -> tuple[datetime, datetime]:
    since = datetime(on.year, on.month, on.day, tzinfo=periods.CHINA)
    return since, since + timedelta(days=1)


def _second(at: datetime, since: datetime) -> int:
    return (at - since) // timedelta(seconds=1)


def _lane(name: str, minutes: Coverage, number: int = 0) -> Lane:
    return {"name": name, "number": number, "spans": coverage.spans(minutes)}


def _lanes[K](name: str, events: Iterable[rules.Event[K]]) -> list[Lane]:
    """Return a lane of marks for each player or person, in the order in which they came."""
    by_key: dict[K, list[int]] = {}
    for at, key in events:
        by_key.setdefault(key, []).append(at // _MINUTE_S)
    return [
        _lane(name, coverage.of((minute, minute + 1) for minute in minutes), number)
        for number, minutes in enumerate(list(by_key.values())[:LANES_MOST], start=1)
    ]
