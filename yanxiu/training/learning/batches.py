"""Read the rows of a batch of beats, decide, and write what changed, one statement a table.

The allowance row is the gate. It is read together with coverage and written first, by comparing
its version; only persons who won have coverage and completions written. Who lost belongs into the
next batch. Statements name the person first and touch rows in the order of their keys, so that they
never wait for each other in a circle, and run unchanged where tables are distributed by person.

A column of many rows goes out as one text, an array as PostgreSQL writes it: the driver would ask
each value what it is, which costs a server more than PostgreSQL needs to read the text.
"""

import enum
from collections.abc import Container, Iterable, Sequence

import asyncpg

from yanxiu.training.learning import allowance, coverage, deciding, sealing

type Connection = (
    asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
)
type Key = tuple[bytes, bytes]
type Columns = tuple[str, ...]

_NEW = -1
_ID_BYTES = 16

_NOW = "SELECT clock_timestamp()"
# Coverage is only ever written behind the gate: nobody has any without an allowance. Should a
# restored database know it otherwise, `_COVER` adds to what is there and takes nothing away.
_ROWS = """
SELECT held.person_id, balance_ms, at, version, player,
       kept.lesson_id, media_version, covered::text, position_ms, gate_ms
FROM learning_allowance AS held
JOIN unnest($1::text::uuid[], $2::text::uuid[]) AS wanted(person_id, lesson_id)
  ON wanted.person_id = held.person_id
LEFT JOIN learning_coverage AS kept
  ON kept.person_id = held.person_id AND kept.lesson_id = wanted.lesson_id
"""
_GATE = """
INSERT INTO learning_allowance AS held (person_id, balance_ms, at, version, player)
SELECT person_id, balance_ms, timestamptz 'epoch' + at_ms * interval '1 millisecond', version,
       player
FROM unnest($1::text::uuid[], $2::text::bigint[], $3::text::bigint[], $4::text::bigint[],
            $5::text::text[])
  AS settled(person_id, balance_ms, at_ms, version, player)
ON CONFLICT (person_id) DO UPDATE
SET balance_ms = excluded.balance_ms, at = excluded.at, version = excluded.version
WHERE held.version = excluded.version - 1
RETURNING person_id
"""
_COVER = """
INSERT INTO learning_coverage AS kept
  (person_id, lesson_id, media_version, covered, position_ms, touched_at)
SELECT person_id, lesson_id, media_version, covered::int4multirange, position_ms, $6
FROM unnest($1::text::uuid[], $2::text::uuid[], $3::text::int[], $4::text::text[], $5::text::int[])
  AS settled(person_id, lesson_id, media_version, covered, position_ms)
ON CONFLICT (person_id, lesson_id) DO UPDATE
SET media_version = excluded.media_version, position_ms = excluded.position_ms,
    touched_at = excluded.touched_at,
    covered = CASE kept.media_version WHEN excluded.media_version
              THEN kept.covered + excluded.covered ELSE excluded.covered END
"""
_COMPLETE = """
INSERT INTO learning_completion
  (person_id, lesson_id, media_version, completed_at, credited_s, identity_version)
SELECT person_id, lesson_id, media_version, $6, credited_s, identity_version
FROM unnest($1::text::uuid[], $2::text::uuid[], $3::text::int[], $4::text::int[], $5::text::int[])
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

    def __init__(self, now_ms: int, beats: Iterable[deciding.Beat]) -> None:
        """Begin at an instant of the database's clock, with no rows yet."""
        self.now_ms = now_ms
        self.keys: list[Key] = sorted({(beat.lease.person, beat.lease.lesson) for beat in beats})
        self.versions: dict[bytes, int] = {}
        self.standings: dict[bytes, deciding.Standing] = {}
        self.watched: dict[Key, deciding.Watched] = {}
        self.changed: set[Key] = set()
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
        self.changed.add(key)
        if decision.answer.done:
            self.finished[key] = lease
        return decision.answer

    def person_rows(self) -> Columns:
        """Return the columns of the gate's statement, in the order of the keys."""
        # Once each, though she may have watched two lessons.
        persons = list(dict.fromkeys([key[0] for key in self.keys if key in self.changed]))
        standings = [self.standings[person] for person in persons]
        return (
            _ids(persons),
            _numbers(standing.held.balance_ms for standing in standings),
            _numbers(standing.held.at_ms for standing in standings),
            _numbers(self.versions.get(person, _NEW) + 1 for person in persons),
            _texts(standing.player for standing in standings),
        )

    def lesson_rows(self, won: Container[bytes]) -> Columns:
        """Return the columns of coverage of those who won, in the order of the keys."""
        keys = [key for key in self.keys if key in self.changed and key[0] in won]
        watched = [self.watched[key] for key in keys]
        return (
            _ids(person for person, _ in keys),
            _ids(lesson for _, lesson in keys),
            _numbers(row.media_version for row in watched),
            _texts(coverage.text(row.covered) for row in watched),
            _numbers(row.position_ms for row in watched),
        )

    def finished_rows(self, won: Container[bytes]) -> Columns | None:
        """Return the columns of completions of those who won, in the order of the keys, if any."""
        keys = [key for key in self.keys if key in self.finished and key[0] in won]
        leases = [self.finished[key] for key in keys]
        if not keys:
            return None
        return (
            _ids(person for person, _ in keys),
            _ids(lesson for _, lesson in keys),
            _numbers(lease.media_version for lease in leases),
            _numbers(lease.duration_ms // 1_000 for lease in leases),
            _numbers(lease.identity_version for lease in leases),
        )


async def read(connection: Connection, beats: Sequence[deciding.Beat]) -> Batch:
    """Return the rows of all persons and lessons, and the database's time, read once."""
    batch = Batch(await connection.fetchval(_NOW), beats)
    persons = _ids(person for person, _ in batch.keys)
    lessons = _ids(lesson for _, lesson in batch.keys)
    for row in await connection.fetch(_ROWS, persons, lessons):
        person, balance_ms, at_ms, version, player, lesson, *watched = row
        batch.versions[person] = version
        batch.standings[person] = deciding.Standing(allowance.Allowance(balance_ms, at_ms), player)
        if lesson is not None:
            media_version, text, position_ms, gate_ms = watched
            batch.watched[person, lesson] = deciding.Watched(
                media_version, coverage.parse(text), position_ms, gate_ms
            )
    return batch


async def write(connection: Connection, batch: Batch) -> set[bytes]:
    """Write what changed, within the caller's transaction; return the persons who won the gate."""
    won = {row[0] for row in await connection.fetch(_GATE, *batch.person_rows())}
    if won:
        await connection.execute(_COVER, *batch.lesson_rows(won), batch.now_ms)
    if finished := batch.finished_rows(won):
        await connection.execute(_COMPLETE, *finished, batch.now_ms)
    return won


def _ids(ids: Iterable[bytes]) -> str:
    return "{" + b"".join(ids).hex(",", _ID_BYTES) + "}"


def _numbers(numbers: Iterable[int | None]) -> str:
    return "{" + ",".join(["NULL" if each is None else str(each) for each in numbers]) + "}"


def _texts(texts: Iterable[str]) -> str:
    escaped = [each.replace("\\", "\\\\").replace('"', '\\"') for each in texts]
    return '{"' + '","'.join(escaped) + '"}'
