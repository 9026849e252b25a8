"""Say what must hold after every fault, whatever it was."""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any

import httpx
import psycopg

from tests.kills import client
from tests.kills.place import Place
from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage

# Of the season of 2025, in milliseconds and thousandths; docs/rules/allowance.md.
STORE_MS, DOUBLE, TOLERANCE_MS = 14_400_000, 2_000, 2_000
# With pauses of 0.5, 1, 2, 4, 8 and 16 s between them: as long as service may be away.
TRIES = 7

_COVERED = "SELECT person_id::text, lesson_id::text, covered::text FROM learning_coverage"
_DONE = "SELECT person_id::text, lesson_id::text, credited_s FROM learning_completion"
_HELD = "SELECT person_id::text, balance_ms, at FROM learning_allowance"

type Key = tuple[str, str]


class Stored:
    """Hold what the database has of everybody."""

    def __init__(self, dsn: str) -> None:
        """Read it, all at one instant."""
        with psycopg.connect(dsn) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            rows = connection.execute(_COVERED).fetchall()
            self.covered: dict[Key, Coverage] = {
                (one, lesson): coverage.parse(text) for one, lesson, text in rows
            }
            self.done = connection.execute(_DONE).fetchall()
            self.held = connection.execute(_HELD).fetchall()


def broken(place: Place) -> list[str]:
    """Return what does not hold, a sentence each; clients go on meanwhile."""
    # What is written down before the database is read must be in it.
    answered = _answered(place)
    stored = Stored(place.dsn)
    teachers = json.loads(place.cast.read_text())
    return [
        *_lost(answered, stored.covered),
        *_wrongly_done(stored, teachers),
        *_too_much(stored, place.since),
        *(said for teacher in teachers for said in _shown_otherwise(place, teacher, stored)),
    ]


def answers(place: Place) -> int:
    """Return how many answers the clients have written down."""
    return sum(journal.read_text().count('"key"') for journal in place.journals)


def _answered(place: Place) -> dict[Key, Coverage]:
    """Return what the clients have been told is covered."""
    found = {}
    for journal in place.journals:
        for key, spans in client.read(journal).items():
            person, lesson = key.split()
            found[person, lesson] = coverage.of((start, end) for start, end in spans)
    return found


def _lost(answered: dict[Key, Coverage], stored: dict[Key, Coverage]) -> list[str]:
    """What was answered is stored."""
    missing = {
        key: coverage.subtract(told, stored.get(key, coverage.EMPTY))
        for key, told in answered.items()
    }
    return [f"{key} lost {coverage.spans(lost)}, answered" for key, lost in missing.items() if lost]


def _wrongly_done(stored: Stored, teachers: list[dict[str, Any]]) -> list[str]:
    """Nothing is completed twice, and all and only what is watched to two seconds is completed."""
    lengths = {each["lesson"]: each["duration_ms"] for each in teachers[0]["lessons"]}
    done = [(person, lesson) for person, lesson, _credited in stored.done]
    whole = {
        (person, lesson)
        for (person, lesson), covered in stored.covered.items()
        if coverage.missing_ms(covered, lengths[lesson]) <= TOLERANCE_MS
    }
    said = ["a lesson is completed twice"] if len(done) != len(set(done)) else []
    return [*said, *(f"{key} is completed wrongly" for key in set(done) ^ whole)]


def _too_much(stored: Stored, since: datetime) -> list[str]:
    """Nobody has more than the law gives: what is covered and what is left came out of time."""
    total: defaultdict[str, int] = defaultdict(int)
    for (person, _lesson), covered in stored.covered.items():
        total[person] += coverage.total_ms(covered)
    return [
        f"{person} has {total[person]} ms and {balance_ms} ms left"
        for person, balance_ms, at in stored.held
        if total[person] + balance_ms > STORE_MS + max(0.0, (at - since).total_seconds()) * DOUBLE
    ]


def _shown_otherwise(place: Place, teacher: dict[str, Any], stored: Stored) -> list[str]:
    """What is shown is the sum of what was awarded, and of each course no more than its cap."""
    told = _get(place, "/me/trainings/season.json", teacher["cookies"])
    after = Stored(place.dsn)
    shown = told["learned_s"], told["recognised_s"]
    # A lesson that ended just then may be in one and not yet in the other.
    rightly = [_reckoned(place, teacher["person"], each) for each in (stored, after)]
    return [] if shown in rightly else [f"{teacher['person']} is shown {shown} for {rightly}"]


def _reckoned(place: Place, person: str, stored: Stored) -> tuple[int, int]:
    """Return the seconds that somebody has learned, and those that are recognised."""
    credited = {lesson: seconds for one, lesson, seconds in stored.done if one == person}
    learned = recognised = 0
    for course in _get(place, "/trainings/season.json", "")["courses"]:
        lessons = [each["id"] for section in course["sections"] for each in section["lessons"]]
        seconds = sum(credited.get(lesson, 0) for lesson in lessons)
        learned, recognised = learned + seconds, recognised + min(seconds, course["cap_s"])
    return learned, recognised


def _get(place: Place, path: str, cookies: str) -> Any:
    headers = {"Cookie": cookies} if cookies else {}
    # One whose keeper died answers until it has heard of that; the next one may not listen yet.
    patient = httpx.HTTPTransport(retries=TRIES)
    with httpx.Client(base_url=place.address, transport=patient, timeout=30) as asking:
        return asking.get(path, headers=headers).raise_for_status().json()
