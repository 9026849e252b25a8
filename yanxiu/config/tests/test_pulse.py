"""A real server process says of itself what real beats have made it do."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import psycopg

from tests.support.databases import Scratch
from yanxiu.training.learning import sealing
from yanxiu.training.learning.tests.seasons import DAY, HOUR, lease

PATIENCE_S = 60.0
NOT_YET_S = 0.1


def token(person: int) -> str:
    now_ms = time.time_ns() // 1_000_000
    fields = {"issued_at_ms": now_ms, "closes_at_ms": now_ms + DAY}
    return sealing.seal(lease(person=person.to_bytes(16), **fields))


@contextmanager
def serving(place: Scratch) -> Iterator[str]:
    """Have `yanxiu serve beats` as a process of its own; it ends politely with the block."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    named = {"DATABASE_URL": place.owner, "YANXIU_BEATS_URL": place.beats, "PORT": str(port)}
    command = [sys.executable, "-m", "yanxiu", "serve", "beats"]
    with subprocess.Popen(command, env=os.environ | named) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}/learning/beats/"
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until somebody listens; a server that has ended will never."""
    began_s = time.monotonic()
    while time.monotonic() - began_s < PATIENCE_S:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(NOT_YET_S)
            break
    raise AssertionError("the server does not answer")


def test_what_real_beats_made_a_server_do_is_what_it_says(scratch_dsn: Scratch) -> None:
    with serving(scratch_dsn) as address, httpx.Client(timeout=PATIENCE_S) as players:
        for person in range(1, 6):
            # Ten seconds of grace; the rest, and what lies beyond the end, is refused.
            spans = [[0, 20_000], [HOUR + 9_000, HOUR + 10_000]]
            told = players.post(address, json={"lease": token(person), "spans": spans})
            assert told.json()["covered"] == [[0, 10_000]]
        assert players.post(address, json={"lease": "AA", "spans": []}).status_code == 403
    with psycopg.connect(scratch_dsn.owner) as connection:
        said = connection.execute(
            "SELECT beats, refused, faults, batches, commits, beat_every_s FROM learning_pulse"
        ).fetchall()
    beats, refused, faults = (_sum(row[place] for row in said) for place in range(3))
    assert beats == {"settled": 5}
    assert refused == {"faster_than_time": 5, "past_end": 5}
    assert faults == {"lease_unknown": 1}
    assert sum(row[3] for row in said) == sum(sum(row[4]) for row in said) == 5
    assert {row[5] for row in said} == {30}


def _sum(told: Iterator[dict[str, int]]) -> dict[str, int]:
    whole: dict[str, int] = {}
    for each in told:
        for name, number in each.items():
            whole[name] = whole.get(name, 0) + number
    return whole
