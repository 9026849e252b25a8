"""Hold the law beside what is stored: coverage and the database's clock, read again and again.

Since a person's row was made, covered <= max_rate x open time + 10 s; over any interval T, newly
covered <= max_rate x T + the balance at its start. source: docs/rules/allowance.md
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from tests.attackers.stage import Seat
from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage

# Of the season of 2025. In thousandths: covered and balances are milliseconds, times are seconds.
DOUBLE, GRACE_MS, STORE_MS, OPEN_FOR_S, TOLERANCE_MS = 2_000, 10_000, 14_400_000, 7_200, 2_000
LOOK_S = 0.1

_NOW = "SELECT clock_timestamp()"
# One statement sees one instant; now() is a little before it, clock_timestamp() a little after.
_LOOK = """
SELECT (SELECT coalesce(sum(upper(span) - lower(span)), 0)
        FROM learning_coverage, unnest(covered) AS span WHERE person_id = %(person)s),
       (SELECT balance_ms FROM learning_allowance WHERE person_id = %(person)s),
       (SELECT at FROM learning_allowance WHERE person_id = %(person)s),
       now(), clock_timestamp()
"""
_COVERED = "SELECT lesson_id::text, covered::text FROM learning_coverage WHERE person_id = %s"
_DONE = "SELECT lesson_id::text FROM learning_completion WHERE person_id = %s"


@dataclass(frozen=True)
class Look:
    """Be what was stored at an instant between two readings of the clock."""

    covered_ms: int
    balance_ms: float
    since: datetime
    until: datetime


class Watch(threading.Thread):
    """Look at one person's rows again and again, from before they are made."""

    def __init__(self, seat: Seat) -> None:
        """Read the clock: no row of hers is older."""
        super().__init__(name="watch", daemon=True)
        self.connection = psycopg.connect(seat.dsn, autocommit=True)
        self.seat = seat
        self.person_id = seat.person_id
        self.ending = threading.Event()
        row = self.connection.execute(_NOW).fetchone()
        assert row
        self.began: datetime = row[0]
        self.looks = [Look(0, GRACE_MS, self.began, self.began)]

    def run(self) -> None:
        """Look until told to stop, and once more then."""
        while not self.ending.wait(LOOK_S):
            self._look()
        self._look()

    def end(self) -> None:
        """Look for the last time."""
        self.ending.set()
        self.join()

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    @property
    def covered_ms(self) -> int:
        """Return what is covered in the end."""
        return self.looks[-1].covered_ms

    @property
    def bound_ms(self) -> float:
        """Return the most that the law gives in all: of long silence what the store holds."""
        open_s = (self.looks[-1].until - self.began).total_seconds()
        real_s = open_s - self.seat.passed_s
        return GRACE_MS + min(DOUBLE * open_s, STORE_MS + DOUBLE * real_s)

    def over_ms(self) -> float:
        """Return by how much the worst interval breaks the law: zero or less keeps it."""
        return max(
            later.covered_ms
            - earlier.covered_ms
            - earlier.balance_ms
            - DOUBLE * (later.until - earlier.since).total_seconds()
            for place, earlier in enumerate(self.looks)
            for later in self.looks[place:]
        )

    def stored(self) -> dict[str, Coverage]:
        """Return what is covered of each lesson."""
        rows = self.connection.execute(_COVERED, [self.person_id]).fetchall()
        return {lesson: coverage.parse(text) for lesson, text in rows if text != "{}"}

    def completed(self) -> set[str]:
        """Return the lessons with an award."""
        return {lesson for (lesson,) in self.connection.execute(_DONE, [self.person_id])}

    def _look(self) -> None:
        row = self.connection.execute(_LOOK, {"person": self.person_id}).fetchone()
        assert row
        covered_ms, balance_ms, at, since, until = row
        if at is None:
            return
        open_s = min((since - at).total_seconds(), OPEN_FOR_S)
        grown_ms = min(max(balance_ms, STORE_MS), balance_ms + DOUBLE * open_s)
        # What was passed in counts as time, and shows in the rows before it does here.
        passed = timedelta(seconds=self.seat.passed_s)
        self.looks.append(Look(int(covered_ms), grown_ms, since + passed, until + passed))
