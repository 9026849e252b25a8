"""Beats in a pool of their own: the same answers from granian, from one process or several."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.databases import Scratch
from yanxiu.training.learning import sealing
from yanxiu.training.learning.tests.seasons import DAY, HOUR, lease

WORKERS = 2
# A machine that does much else begins two processes slowly.
PATIENCE_S = 120
PERSON = bytes(15) + b"\x09"
BEATS = "/learning/beats/"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Pool:
    port: int
    pid: int

    def ask(
        self, method: str, path: str, body: Any = None, headers: Any = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        with closing(connection):
            connection.request(method, path, body, headers or {})
            reply = connection.getresponse()
            return reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read()

    def report(self, *spans: tuple[int, int], **changes: Any) -> Any:
        body = json.dumps({"lease": token(**changes), "spans": spans})
        status, _, text = self.ask("POST", BEATS, body, JSON)
        assert status == 200
        return json.loads(text)

    def workers(self) -> list[int]:
        tasks = Path(f"/proc/{self.pid}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text().split()]

    def await_answer(self) -> None:
        until_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < until_s:
            with suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/healthz")[0] == 200:
                    return
        pytest.fail("the pool did not come up")


def token(**changes: Any) -> str:
    now_ms = time.time_ns() // 1_000_000
    fields = {"person": PERSON, "issued_at_ms": now_ms, "closes_at_ms": now_ms + DAY}
    return sealing.seal(lease(**(fields | changes)))


@pytest.fixture
def pool(scratch_dsn: Scratch) -> Iterator[Pool]:
    with psycopg.connect(scratch_dsn.owner) as connection:
        connection.execute(
            "INSERT INTO learning_allowance VALUES (%s, 14400000, clock_timestamp(), 0, 'tab')",
            [PERSON.hex()],
        )
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = int(probe.getsockname()[1])
    addresses = {
        "DATABASE_URL": scratch_dsn.owner,
        "YANXIU_BEATS_URL": scratch_dsn.beats,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "yanxiu", "serve", "beats", "--processes", str(WORKERS)]
    with subprocess.Popen(command, env=os.environ | addresses) as process:
        made = Pool(port, process.pid)
        try:
            made.await_answer()
            yield made
        finally:
            process.send_signal(signal.SIGTERM)
            ended = process.wait(PATIENCE_S)
        assert ended == 128 + signal.SIGTERM


def test_a_pool_of_processes_answers_as_one_server_does(pool: Pool) -> None:
    assert len(pool.workers()) == WORKERS
    status, headers, text = pool.ask(
        "POST",
        BEATS,
        json.dumps({"lease": token(), "spans": [[0, 61_000]], "position_ms": 61_000}),
        JSON,
    )
    assert status == 200
    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "private, no-store"
    assert json.loads(text) == {
        "lease": "active",
        "covered": [[0, 61_000]],
        "missing_ms": HOUR - 61_000,
        "done": False,
        "refused": [],
        "beat_every_s": 30,
    }
    for second in range(61, 121):
        assert pool.report((second * 1_000, second * 1_000 + 1_000))["refused"] == []
    assert pool.report()["covered"] == [[0, 121_000]]
    text = pool.ask("GET", "/metrics")[2]
    # Each process tells for all.
    assert re.search(rb'^yanxiu_beats_total{outcome="settled"} 62.0$', text, re.MULTILINE)


def refused(reply: tuple[int, dict[str, str], bytes]) -> tuple[int, str]:
    status, headers, text = reply
    told = json.loads(text)
    assert set(told) == {"code", "message", "trace"}
    assert headers["x-trace"] == told["trace"]
    return status, told["code"]


def test_what_is_no_beat_is_refused_in_the_same_words(pool: Pool) -> None:
    reply = pool.ask("GET", BEATS)
    assert refused(reply) == (405, "method_not_allowed")
    assert reply[1]["allow"] == "POST"
    assert refused(pool.ask("POST", BEATS, b"{}", {})) == (415, "unsupported_type")
    odd = {"Content-Type": b"application/json\xff"}
    assert refused(pool.ask("POST", BEATS, b"{}", odd)) == (415, "unsupported_type")
    assert refused(pool.ask("POST", BEATS, b"{", JSON)) == (400, "beat_malformed")
    assert refused(pool.ask("POST", BEATS, b" " * 16_385, JSON)) == (413, "beat_too_large")
    pieces = iter([b" " * 10_000, b" " * 10_000])
    assert refused(pool.ask("POST", BEATS, pieces, JSON)) == (413, "beat_too_large")
    whole = iter([b'{"lease": "x", ', b'"spans": []}'])
    assert refused(pool.ask("POST", BEATS, whole, JSON)) == (403, "lease_unknown")


def test_to_strangers_there_are_no_numbers_and_nothing_else_is_here(pool: Pool) -> None:
    assert pool.ask("GET", "/metrics")[0] == 200
    assert pool.ask("GET", "/metrics", headers={"X-Forwarded-For": "203.0.113.7"})[0] == 404
    assert pool.ask("GET", "/")[0] == 404


def test_a_killed_process_is_replaced_and_nothing_answered_is_lost(pool: Pool) -> None:
    assert pool.report((0, 30_000))["covered"] == [[0, 30_000]]
    dead = pool.workers()
    for pid in dead:
        os.kill(pid, signal.SIGKILL)
    until_s = time.monotonic() + PATIENCE_S
    while not set(pool.workers()) - set(dead) and time.monotonic() < until_s:
        time.sleep(0.05)
    pool.await_answer()
    assert pool.report((30_000, 40_000))["covered"] == [[0, 40_000]]
