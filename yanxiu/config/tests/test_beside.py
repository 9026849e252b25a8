"""Show that the process of jobs lives as long as its server: real processes, bounded waits."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yanxiu.config import beside

# Says its number, then waits for the end of its standard input, as `yanxiu work --beside` does.
CHILD = "import os, sys; print(os.getpid(), flush=True); sys.stdin.read()"
PARENT = """
import sys
from yanxiu.config import beside
with beside.working([sys.executable, "-c", sys.argv[1]]):
    sys.stdin.read()
"""


@contextmanager
def parent() -> Iterator[subprocess.Popen[str]]:
    """Have a server, as far as this matters: its children's numbers come out of it."""
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process


def child(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    return int(process.stdout.readline())


def test_a_killed_child_is_back_in_a_moment() -> None:
    with parent() as server:
        first = child(server)
        os.kill(first, signal.SIGKILL)
        assert child(server) != first


def test_a_child_ends_with_its_killed_server() -> None:
    with parent() as server:
        child(server)
        server.kill()
        assert server.stdout
        # All that could write to the pipe is gone: server and child.
        assert server.stdout.read() == ""


def test_a_child_ends_in_order_with_its_server() -> None:
    with parent() as server:
        child(server)
        output, _errors = server.communicate(timeout=beside.PATIENCE_S)
    assert (server.returncode, output) == (0, "")


def test_a_child_that_will_not_end_is_ended(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "deaf")
    deaf = f"""
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open({str(tmp_path / "deaf")!r}, "w").close()
signal.pause()
"""
    keeper = beside._Keeper([sys.executable, "-c", deaf], patience_s=0.2)
    keeper.start()
    # Opens only when the child has stopped its ears.
    (tmp_path / "deaf").read_text()
    keeper.end()
    assert not keeper.is_alive()
    assert keeper.process
    assert keeper.process.returncode == -signal.SIGKILL


def test_what_a_killed_child_has_left_goes_with_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alive")
    child = f"""
import signal, subprocess, sys
held = open({str(tmp_path / "alive")!r}, "w")
print("held", file=held, flush=True)
subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], pass_fds=[held.fileno()])
signal.pause()
"""
    keeper = beside._Keeper([sys.executable, "-c", child])
    keeper.start()
    with (tmp_path / "alive").open() as held:
        assert held.readline() == "held\n"
        keeper.dismiss()
        # To its end: nobody holds it open any more.
        assert held.read() == ""
    keeper.end()


def test_a_server_that_cannot_begin_is_not_begun_for_ever() -> None:
    with beside.serving("nowhere", []) as over:
        assert over.wait(beside.LONG_S)
