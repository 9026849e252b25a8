"""Print how many durable beats a second one process takes, beside the same server's constant.

`python -m bench.beats [SECONDS]`: a scratch PostgreSQL with fsync on, uvicorn (uvloop, httptools),
256 keep-alive connections, 20,000 distinct persons, the real rules; all on this machine's cores,
the load generator included. Then the same server reads the same bytes and answers a constant.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import people
from yanxiu.foundation import postgres

TARGET_PER_S = 8_000
TARGET_RATIO = 0.25
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


@dataclass(frozen=True)
class Side:
    """Hold what one server did: answers a second, waiting, its own CPU time and memory."""

    figures: dict[str, Any]
    cpu_us: float
    rss_mb: float

    def line(self, name: str) -> str:
        """Return the figures as one line of the table."""
        figures = self.figures
        return (
            f"{name:<9} {figures['per_s']:>9,.0f}/s   p50 {figures['p50_ms']:>5.1f} ms   "
            f"p99 {figures['p99_ms']:>5.1f} ms   {self.cpu_us:>5.1f} µs CPU each   "
            f"{self.rss_mb:>4.0f} MB"
        )


def main() -> None:
    """Measure both sides and print them; exit with an error when something was lost or refused."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex()}
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            subprocess.run([sys.executable, "-m", "yanxiu", "migrate"], check=True)
            _seed()
            beats = _measure("bench.servers:beats", seconds)
            stored_ms = _stored_ms()
    constant = _measure("bench.servers:constant", seconds)
    ratio = beats.figures["per_s"] / constant.figures["per_s"]
    print(beats.line("beats"))
    print(constant.line("constant"))
    print(f"ratio     {ratio:>9.2f}     (wanted: {TARGET_PER_S:,}/s and {TARGET_RATIO})")
    lost_ms = beats.figures["saved"] * people.SPAN_MS - stored_ms
    print(
        f"lost      {lost_ms:>9} ms of {stored_ms:,} ms, {beats.figures['wrong']} not answered 200"
    )
    if lost_ms > 0 or beats.figures["wrong"]:
        sys.exit(beats.figures["example"])


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


def _measure(target: str, seconds: float) -> Side:
    with _serving(target) as (server, port):
        command = [sys.executable, "-m", "bench.load", str(port), str(seconds)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
            assert load.stdout
            load.stdout.readline()
            before_s = _cpu_s(server.pid)
            load.stdout.readline()
            cpu_s = _cpu_s(server.pid) - before_s
            rss_mb = _rss_mb(server.pid)
            figures = json.loads(load.stdout.readline())
    return Side(figures, cpu_s / figures["count"] * 1_000_000, rss_mb)


@contextmanager
def _serving(target: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", target, "--port", str(port), *SERVER]
    environment = os.environ | {"BENCH_DSN": postgres.beats_url()}
    with subprocess.Popen(command, env=environment) as server:
        try:
            _await_answer(port)
            yield server, port
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
