"""Show that servers come back by themselves: real processes on a database of the test's own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support import databases, servers

PATIENCE_S = 30.0
SPANLESS = {"lease": "AA", "spans": []}


@dataclass(frozen=True)
class Server:
    """Be `yanxiu serve beats` as it runs: its first process, and its port."""

    process: subprocess.Popen[str]
    port: int

    def children(self) -> set[int]:
        """Return the processes that it keeps."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return {int(pid) for task in tasks for pid in task.read_text().split()}

    def is_answering(self) -> bool:
        """Tell whether it answers as a server of beats; calls wait as long as they must."""
        address = f"http://127.0.0.1:{self.port}/learning/beats/"
        reply = httpx.post(address, json=SPANLESS, timeout=PATIENCE_S)
        return bool(reply.json()["code"] == "lease_unknown")


@contextmanager
def serving(place: databases.Scratch, *arguments: str, port: int = 0) -> Iterator[Server]:
    """Have a pool of beats in a database of the test's own."""
    free = port or servers.free_port()
    variables = os.environ | {
        "DATABASE_URL": place.owner,
        "YANXIU_BEATS_URL": place.beats,
        "PORT": str(free),
    }
    command = [sys.executable, "-m", "yanxiu", "serve", "beats", *arguments]
    with subprocess.Popen(command, env=variables, stderr=-1, text=True) as process:
        try:
            yield Server(process, free)
        finally:
            process.terminate()


def wait_for_answer(server: Server) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            assert server.is_answering()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(server)


def test_killed_servers_are_back_and_nobody_was_turned_away(scratch_dsn: databases.Scratch) -> None:
    with serving(scratch_dsn, "--processes", "2") as server:
        wait_for_answer(server)
        first = server.children()
        assert len(first) == 2
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        # Nobody answers now, but the port is open: whoever calls waits.
        assert server.is_answering()
        assert not server.children() & first


def test_servers_end_with_whoever_keeps_them_and_leave_the_port(
    scratch_dsn: databases.Scratch,
) -> None:
    with serving(scratch_dsn) as server:
        wait_for_answer(server)
        server.process.kill()
        server.process.wait()
        with serving(scratch_dsn, port=server.port) as another:
            wait_for_answer(another)


def test_a_polite_end_is_one_in_order(scratch_dsn: databases.Scratch) -> None:
    with serving(scratch_dsn) as server:
        wait_for_answer(server)
        server.process.terminate()
        assert server.process.wait(PATIENCE_S) == 128 + signal.SIGTERM


def test_a_port_that_is_taken_is_said_and_not_waited_for(scratch_dsn: databases.Scratch) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        serving(scratch_dsn, port=taken.getsockname()[1]) as server,
    ):
        assert server.process.stderr
        assert "cannot listen at 127.0.0.1" in server.process.stderr.read()
        assert server.process.wait(PATIENCE_S) == 1
