"""Have what benches of watching need: people who may watch, servers, and what they have used."""

import math
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import people
from tests.support import servers
from yanxiu.foundation import postgres

PATIENCE_S = 30
TICKS_PER_S = os.sysconf("SC_CLK_TCK")

STORED = """
SELECT sum(upper(span) - lower(span)) FROM learning_coverage, unnest(covered) AS span
"""
SEED = "COPY learning_allowance (person_id, balance_ms, at, version, player) FROM STDIN"


def seed(persons: range) -> None:
    """Give these people a full allowance, as hours of waiting would."""
    with (
        psycopg.connect(postgres.owner_url()) as connection,
        connection.cursor() as cursor,
        cursor.copy(SEED) as rows,
    ):
        for number in persons:
            row = (people.person(number).hex(), people.BALANCE_MS, "now", 1, people.PLAYER)
            rows.write_row(row)


def stored_ms() -> int:
    """Return how much is covered, of everybody together."""
    with psycopg.connect(postgres.owner_url()) as connection:
        row = connection.execute(STORED).fetchone()
    return int(row[0] or 0) if row else 0


def postmaster() -> int:
    """Return the process under which the database's processes live."""
    with psycopg.connect(postgres.owner_url()) as connection:
        status = Path(f"/proc/{connection.info.backend_pid}/stat").read_text()
    return int(status.rpartition(")")[2].split()[1])


@dataclass
class Server:
    """Be a server that runs, and can be killed and started again on the same port."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def begun(cls, name: str, port: int) -> "Server":
        """Start a server and wait for its first answer."""
        server = cls(name, port, _process(name, port))
        server.await_answer()
        return server

    def kill(self) -> None:
        """Kill its processes as a power cut would."""
        for pid in (self.process.pid, *workers(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, 9)
        self.process.wait()

    def begin_again(self) -> None:
        """Start it again."""
        self.process = _process(self.name, self.port)
        self.await_answer()

    def await_answer(self) -> None:
        """Wait until it answers anything at all."""
        until_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < until_s:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.02)
            else:
                return
        sys.exit("the server did not come up")


@contextmanager
def serving(name: str) -> Iterator[Server]:
    """Have one of the servers of `bench.servers`."""
    server = Server.begun(name, servers.free_port())
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait()


def _process(name: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bench.servers", name, str(port)]
    environment = os.environ | {"BENCH_DSN": postgres.beats_url()}
    return subprocess.Popen(command, env=environment)


def cpu_s(pid: int) -> float:
    """Return the CPU time that a process and its children have used; source: proc(5), 14 to 17."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    own_s = sum(map(int, fields[11:15])) / TICKS_PER_S
    return own_s + math.fsum(map(cpu_s, workers(pid)))


def rss_mb(pid: int) -> float:
    """Return the memory of a server's largest process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return max([pages * os.sysconf("SC_PAGE_SIZE") / 1e6, *map(rss_mb, workers(pid))])


def workers(pid: int) -> list[int]:
    """Return the processes that a process has begun."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
