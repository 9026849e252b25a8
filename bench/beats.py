"""Print how many durable beats a second one process takes, beside the same server's constant.

`python -m bench.beats [SECONDS]`: a scratch PostgreSQL with fsync on, uvicorn (uvloop, httptools),
256 keep-alive connections, 20,000 distinct persons, the real rules; all on this machine's cores,
the load generator included. In turns with it, the same server reads the same bytes and answers a
constant. SECONDS are a side's (10).
"""

import json
import math
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench import people
from yanxiu.foundation import postgres

WANTED = "8,000/s and 0.25"
# The two sides take turns, so that whatever else the machine does hinders both alike.
SLICES = 5
SERVER = [
    "--loop=uvloop",
    "--http=httptools",
    "--log-level=warning",
    "--no-access-log",
    "--no-server-header",
    "--no-proxy-headers",
]
PATIENCE_S = 20
TICKS_PER_S = os.sysconf("SC_CLK_TCK")

STORED = """
SELECT sum(upper(span) - lower(span)) FROM learning_coverage, unnest(covered) AS span
"""
SEED = "COPY learning_allowance (person_id, balance_ms, at, version, player) FROM STDIN"


@dataclass
class Side:
    """Gather what one server did, slice by slice."""

    name: str
    slices: list[dict[str, Any]] = field(default_factory=list)
    cpu_s: float = 0.0
    rss_mb: float = 0.0

    @property
    def per_s(self) -> float:
        """Return the answers a second over all slices."""
        return self.total("count") / self.total("took_s")

    def total(self, figure: str) -> float:
        """Return the sum of a figure over all slices."""
        return math.fsum(each[figure] for each in self.slices)

    def line(self) -> str:
        """Return the figures as one line of the table; latencies are the middle slice's."""
        p50_ms, p99_ms = (
            statistics.median(each[name] for each in self.slices) for name in ("p50_ms", "p99_ms")
        )
        cpu_us = self.cpu_s / self.total("count") * 1_000_000
        return (
            f"{self.name:<9} {self.per_s:>9,.0f}/s   p50 {p50_ms:>5.1f} ms   p99 {p99_ms:>5.1f} ms"
            f"   {cpu_us:>5.1f} µs CPU each   {self.rss_mb:>4.0f} MB"
        )


def main() -> None:
    """Measure both sides and print them; exit with an error when something was lost or refused."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    beats, constant = Side("beats"), Side("constant")
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex()}
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            subprocess.run([sys.executable, "-m", "yanxiu", "migrate"], check=True)
            _seed()
            with _serving("beats") as real, _serving("constant") as reference:
                for number in range(SLICES):
                    _measure(beats, *real, seconds / SLICES, number)
                    _measure(constant, *reference, seconds / SLICES, number)
            lost_ms = beats.total("saved") * people.SPAN_MS - _stored_ms()
    wrong = beats.total("wrong") + constant.total("wrong")
    print(beats.line(), constant.line(), sep="\n")
    print(f"ratio     {_ratio(beats, constant):>9.2f}     the middle slice's (wanted: {WANTED})")
    print(f"lost      {lost_ms:>9,.0f} ms, {wrong:.0f} answers not as they should be")
    if lost_ms > 0 or wrong:
        sys.exit(str([each["example"] for each in (*beats.slices, *constant.slices)]))


def _ratio(beats: Side, constant: Side) -> float:
    one, other = (
        [float(each["count"]) / float(each["took_s"]) for each in side.slices]
        for side in (beats, constant)
    )
    return statistics.median(mine / theirs for mine, theirs in zip(one, other, strict=True))


def _seed() -> None:
    with (
        psycopg.connect(postgres.owner_url()) as connection,
        connection.cursor() as cursor,
        cursor.copy(SEED) as rows,
    ):
        for number in range(people.COUNT):
            row = (people.person(number).hex(), people.BALANCE_MS, "now", 1, people.PLAYER)
            rows.write_row(row)


def _stored_ms() -> int:
    with psycopg.connect(postgres.owner_url()) as connection:
        row = connection.execute(STORED).fetchone()
    return int(row[0] or 0) if row else 0


def _measure(side: Side, pid: int, port: int, seconds: float, number: int) -> None:
    """Let the load generator run against one server for one slice of the bench."""
    first = number * people.SPANS // SLICES
    turns = [str(first), str(first + people.SPANS // SLICES)]
    command = [sys.executable, "-m", "bench.load", str(port), str(seconds), *turns]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
        assert load.stdout
        load.stdout.readline()
        side.cpu_s -= _cpu_s(pid)
        load.stdout.readline()
        side.cpu_s += _cpu_s(pid)
        side.rss_mb = _rss_mb(pid)
        side.slices.append(json.loads(load.stdout.readline()))


@contextmanager
def _serving(name: str) -> Iterator[tuple[int, int]]:
    """Have a server; give its process and its port."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        f"bench.servers:{name}",
        "--port",
        str(port),
        *SERVER,
    ]
    environment = os.environ | {"BENCH_DSN": postgres.beats_url()}
    with subprocess.Popen(command, env=environment) as server:
        try:
            _await_answer(port)
            yield server.pid, port
        finally:
            server.terminate()


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def _await_answer(port: int) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE_S).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("the server did not come up")


def _cpu_s(pid: int) -> float:
    """Return the CPU time that a process has used; source: proc(5), fields 14 and 15."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def _rss_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
