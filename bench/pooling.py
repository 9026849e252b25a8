"""Bring the pool of pages up beside a scratch PostgreSQL with fsync on, for benches that ask it."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import scratch
from bench.pool import EMPTY
from tests.support import servers
from yanxiu.config import serving

# As many at once as the pool takes on this machine.
ABREAST = len(os.sched_getaffinity(0)) * serving.PAGE_THREADS
PATIENCE_S = 30


@dataclass(frozen=True)
class Pool:
    """Be a pool that serves: its port, and the folder where it keeps its files."""

    port: int
    var: Path

    def session(self, phone: str) -> str:
        """Return the cookies of somebody who is signed in, as a browser sends them."""
        printed = _yanxiu("session", phone)
        found = re.search(r"^Cookie: (.+)$", printed, re.MULTILINE)
        assert found, printed
        return found[1]

    def run(self, code: str) -> str:
        """Run Python inside the program, beside the pool; return what it prints."""
        return _yanxiu("manage", "shell", "-v", "0", "-c", code)


@contextmanager
def demo(**settings: str) -> Iterator[Pool]:
    """Have the demo country served, with these settings beside its own."""
    port = servers.free_port()
    with scratch.database(YANXIU_DEMO="1", PORT=str(port), **settings) as var:
        for command in (("demo",), ("manage", "collectstatic", "--no-input")):
            _yanxiu(*command)
        with subprocess.Popen([sys.executable, "-m", "bench.pool"]) as server:
            try:
                _await_answer(port)
                yield Pool(port, var)
            finally:
                server.terminate()


def _await_answer(port: int) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < until_s:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{EMPTY}", timeout=PATIENCE_S).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the pool did not come up")


def _yanxiu(*arguments: str) -> str:
    command = [sys.executable, "-m", "yanxiu", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
