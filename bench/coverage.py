"""Print how the cost of a beat grows with what is kept: 10,000 to 10,000,000 coverage rows.

`python -m bench.coverage [SECONDS] [MOST]`: the server of `yanxiu serve beats` and a scratch
PostgreSQL with fsync on and the settings of the embedded one, 256 connections, SECONDS (10) a
stage. Rows lie as real ones come to lie, lesson after lesson, so that the rows of one person are
far apart; each beat reaches another person, and so pages all over the table. Then the database is
killed with as much to redo as it ever has, and its recovery is timed.
"""

import os
import signal
import sys
import time
from contextlib import suppress

import psycopg

from bench import beats, people, platform, scratch
from yanxiu.foundation import postgres

STAGES = (10_000, 100_000, 1_000_000, 10_000_000)
WANTED_RATIO, WANTED_RECOVERY_S = 0.5, 30
TEACHERS, LESSONS = 16_000_000, 30
GB = 1e9

# Two stretches far behind those that the beats report: a row has two or three.
COVERED = "{[14100000,14200000),[14250000,14390000)}"
DROP = "ALTER TABLE learning_coverage DROP CONSTRAINT learning_coverage_pkey"
# As full as an index is that has grown row by row.
KEY = """
ALTER TABLE learning_coverage ADD CONSTRAINT learning_coverage_pkey
PRIMARY KEY (person_id, lesson_id) WITH (fillfactor = 70)
"""
FILL = """
INSERT INTO learning_coverage
  (person_id, lesson_id, media_version, covered, position_ms, touched_at)
SELECT person_id, %s, 1, %s::int4multirange, 14390000, now() FROM bench_person
"""
SIZES = """
SELECT pg_table_size('learning_coverage'), pg_indexes_size('learning_coverage'),
  pg_total_relation_size('learning_allowance')
"""
TO_REDO = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn) FROM pg_control_checkpoint()"


def main() -> None:
    """Measure each stage, the recovery, and reckon up a nation."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    most = int(float(sys.argv[2])) if len(sys.argv) > 2 else STAGES[-1]
    sides = []
    with scratch.database(), platform.serving("beats") as server:
        for rows in (each for each in STAGES if each <= most):
            began_s = time.monotonic()
            _fill(rows)
            print(f"{rows:>11,} rows in {time.monotonic() - began_s:.0f} s", flush=True)
            side = beats.Side(f"{rows:.0e}")
            turns = range(people.SPANS)
            beats.measure(side, server, seconds, turns, crowd=rows // people.LESSONS)
            print(side.line(), flush=True)
            sides.append(side)
        sizes = _sizes(rows)
        recovery_s, redone = _recover(server, rows // people.LESSONS)
    ratio = sides[-1].per_s / sides[0].per_s
    print(f"ratio     {ratio:.2f} (wanted: {WANTED_RATIO})")
    print(f"recovery  {recovery_s:.1f} s for {redone / GB:.2f} GB (wanted: {WANTED_RECOVERY_S} s)")
    _reckon(*sizes)
    wrong = sum(int(side.total("wrong")) for side in sides)
    if wrong:
        sys.exit(str([side.slices[0]["example"] for side in sides]))


def _fill(rows: int) -> None:
    """Empty the tables and lay so many rows out, thirty lessons a person."""
    crowd = range(rows // people.LESSONS)
    with psycopg.connect(postgres.ours().url("postgres"), autocommit=True) as connection:
        connection.execute("TRUNCATE learning_coverage, learning_allowance")
        platform.seed(crowd)
        connection.execute("CREATE TEMPORARY TABLE bench_person AS TABLE learning_allowance")
        connection.execute(DROP)
        for number in range(people.LESSONS):
            connection.execute(FILL, [people.lesson(number).hex(), COVERED])
        connection.execute(KEY)
        connection.execute("VACUUM ANALYZE learning_coverage")
        connection.execute("VACUUM ANALYZE learning_allowance")
        connection.execute("CHECKPOINT")


def _sizes(rows: int) -> tuple[float, float, float]:
    """Return bytes a coverage row, bytes of its index, and bytes of a person's allowance."""
    with psycopg.connect(postgres.owner_url()) as connection:
        found = connection.execute(SIZES).fetchone()
    assert found
    table, index, allowance = found
    return table / rows, index / rows, allowance / (rows // people.LESSONS)


def _recover(server: platform.Server, crowd: int) -> tuple[float, int]:
    """Kill the database when it has most to redo; return how long it was away, and how much."""
    side = beats.Side("before")
    redone = 0
    for number in range(20):
        turns = range(number * 20, number * 20 + 20)
        beats.measure(side, server, 2, turns, crowd=crowd)
        to_redo = _to_redo()
        if to_redo < redone:
            # A checkpoint has just ended: what was there to redo before it was the most.
            break
        redone = to_redo
    killed_s = time.monotonic()
    postmaster = platform.postmaster()
    for pid in (postmaster, *platform.workers(postmaster)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    with postgres.ours().running():
        _to_redo()
        took_s = time.monotonic() - killed_s
    return took_s, redone


def _to_redo() -> int:
    with psycopg.connect(postgres.ours().url("postgres")) as connection:
        found = connection.execute(TO_REDO).fetchone()
    return int(found[0]) if found else 0


def _reckon(table: float, index: float, allowance: float) -> None:
    """Print what a nation keeps."""
    rows = TEACHERS * LESSONS
    print(f"{TEACHERS:,} teachers x {LESSONS} lessons")
    for name, each, count in (
        ("coverage", table, rows),
        ("its key", index, rows),
        ("allowance", allowance, TEACHERS),
    ):
        print(f"{name:<10} {each:>6.0f} bytes x {count:>11,} = {each * count / GB:>6.1f} GB")


if __name__ == "__main__":
    main()
