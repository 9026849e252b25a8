"""Read the rows of a batch of beats, decide, and write what changed, one statement a table.

The allowance row is the gate. It is read before coverage and written first, by comparing its
version; only persons who won have coverage and completions written. Who lost belongs into the next
batch. Statements name the person first and touch rows in the order of their keys, so that they
never wait for each other in a circle, and run unchanged where tables are distributed by person.
"""

import enum
from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta

import asyncpg

from yanxiu.training.learning import allowance, coverage, deciding, sealing

type Connection = (
    asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
)
type Key = tuple[bytes, bytes]
type Columns = tuple[Sequence[object], ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_NEW = -1

_NOW = "SELECT clock_timestamp()"
_ALLOWANCES = """
SELECT person_id, balance_ms, at, version, player
FROM learning_allowance WHERE person_id = ANY($1::uuid[])
"""
_COVERAGES = """
SELECT person_id, lesson_id, media_version, covered::text, position_ms, gate_ms
FROM learning_coverage
JOIN unnest($1::uuid[], $2::uuid[]) AS wanted(person_id, lesson_id) USING (person_id, lesson_id)
"""
_GATE = """
INSERT INTO learning_allowance AS held (person_id, balance_ms, at, version, player)
SELECT person_id, balance_ms, at, version, player
FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::bigint[], $5::text[])
  AS settled(person_id, balance_ms, at, version, player)
ON CONFLICT (person_id) DO UPDATE
SET balance_ms = excluded.balance_ms, at = excluded.at, version = excluded.version
WHERE held.version = excluded.version - 1
RETURNING person_id
"""
_COVER = """
INSERT INTO learning_coverage AS kept
  (person_id, lesson_id, media_version, covered, position_ms, touched_at)
SELECT person_id, lesson_id, media_version, covered::int4multirange, position_ms, $6
FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::int[])
  AS settled(person_id, lesson_id, media_version, covered, position_ms)
ON CONFLICT (person_id, lesson_id) DO UPDATE
SET media_version = excluded.media_version, covered = excluded.covered,
    position_ms = excluded.position_ms, touched_at = excluded.touched_at
"""
_COMPLETE = """
INSERT INTO learning_completion
  (person_id, lesson_id, media_version, completed_at, credited_s, identity_version)
SELECT person_id, lesson_id, media_version, $6, credited_s, identity_version
FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::int[])
  AS finished(person_id, lesson_id, media_version, credited_s, identity_version)
ON CONFLICT (person_id, lesson_id) DO NOTHING
"""


class Verdict(enum.Enum):
    """Say why a beat has no answer: its lease is over, another change came first, or no disk."""

    EXPIRED = enum.auto()
    OVERTAKEN = enum.auto()
    UNSAVED = enum.auto()


type Outcome = deciding.Answer | Verdict


class Batch:
    """Hold the rows of a batch while its beats are decided one after another."""

    def __init__(self, now: datetime) -> None:
        """Begin at an instant of the database's clock, in whole milliseconds."""
        self.now = now
        self.now_ms = (now - _EPOCH) // _MILLISECOND
        self.versions: dict[bytes, int] = {}
        self.standings: dict[bytes, deciding.Standing] = {}
        self.watched: dict[Key, deciding.Watched] = {}
        self.changed: dict[Key, None] = {}
        self.finished: dict[Key, sealing.Lease] = {}

    def decide(self, beat: deciding.Beat) -> Outcome:
        """Decide the next beat on the rows as the beats before it have left them."""
        lease = beat.lease
        if lease.is_over(self.now_ms):
            return Verdict.EXPIRED
        key = lease.person, lease.lesson
        decision = deciding.decide(
            beat, self.standings.get(lease.person), self.watched.get(key), self.now_ms
        )
        self.standings[lease.person] = decision.standing
        self.watched[key] = decision.watched
        self.changed[key] = None
        if decision.answer.done:
            self.finished[key] = lease
        return decision.answer

    def person_rows(self) -> Columns:
        """Return the columns of the gate's statement, in the order of the keys."""
        persons = sorted({person for person, _ in self.changed})
        standings = [self.standings[person] for person in persons]
        return (
            persons,
            [standing.held.balance_ms for standing in standings],
            [self._instant(standing.held.at_ms) for standing in standings],
            [self.versions.get(person, _NEW) + 1 for person in persons],
            [standing.player for standing in standings],
        )

    def lesson_rows(self, won: Container[bytes]) -> Columns:
        """Return the columns of coverage of those who won, in the order of the keys."""
        keys = sorted(key for key in self.changed if key[0] in won)
        watched = [self.watched[key] for key in keys]
        return (
            [person for person, _ in keys],
            [lesson for _, lesson in keys],
            [row.media_version for row in watched],
            [coverage.text(row.covered) for row in watched],
            [row.position_ms for row in watched],
        )

    def finished_rows(self, won: Container[bytes]) -> Columns:
        """Return the columns of completions of those who won, in the order of the keys."""
        keys = sorted(key for key in self.finished if key[0] in won)
        leases = [self.finished[key] for key in keys]
        return (
            [person for person, _ in keys],
            [lesson for _, lesson in keys],
            [lease.media_version for lease in leases],
            [lease.duration_ms // 1_000 for lease in leases],
            [lease.identity_version for lease in leases],
        )

    def _instant(self, at_ms: int) -> datetime:
        # Nearly every row of a batch is reckoned up to the batch's own instant.
        return self.now if at_ms == self.now_ms else _EPOCH + at_ms * _MILLISECOND


async def read(connection: Connection, beats: Sequence[deciding.Beat]) -> Batch:
    """Return the rows of all persons and lessons, and the database's time, read once."""
    now: datetime = await connection.fetchval(_NOW)
    batch = Batch(now - timedelta(microseconds=now.microsecond % 1_000))
    keys = sorted({(beat.lease.person, beat.lease.lesson) for beat in beats})
    persons = list({person: None for person, _ in keys})
    for person, balance_ms, at, version, player in await connection.fetch(_ALLOWANCES, persons):
        held = allowance.Allowance(balance_ms, (at - _EPOCH) // _MILLISECOND)
        batch.versions[person] = version
        batch.standings[person] = deciding.Standing(held, player)
    lessons = [lesson for _, lesson in keys]
    rows = await connection.fetch(_COVERAGES, [person for person, _ in keys], lessons)
    for person, lesson, media_version, text, position_ms, gate_ms in rows:
        watched = deciding.Watched(media_version, coverage.parse(text), position_ms, gate_ms)
        batch.watched[person, lesson] = watched
    return batch


async def write(connection: Connection, batch: Batch) -> set[bytes]:
    """Write what changed, within the caller's transaction; return the persons who won the gate."""
    won = {row[0] for row in await connection.fetch(_GATE, *batch.person_rows())}
    if won:
        await connection.execute(_COVER, *batch.lesson_rows(won), batch.now)
    finished = batch.finished_rows(won)
    if finished[0]:
        await connection.execute(_COMPLETE, *finished, batch.now)
    return won
