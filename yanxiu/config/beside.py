"""Keep processes of our own: begun with the block, again when they end, ended with it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

PROGRAM = (sys.executable, "-m", "yanxiu")
COMMAND = (*PROGRAM, "work", "--beside")
# In place of a socket's number: the process opens its port itself.
OWN_PORT = -1
# Seconds. One that keeps ending is started ever more rarely; one that lived for LONG_S at once.
PAUSE_S, MOST_PAUSE_S, LONG_S = 1.0, 30.0, 10.0
# Seconds. Longer than the grace that it gives its own jobs.
PATIENCE_S = 12.0
# Seconds. Within these whoever watches over a parent that was killed has begun it again.
LINGER_S = 15.0

_orphaned = threading.Event()


@contextmanager
def working(command: Sequence[str] = COMMAND) -> Iterator[None]:
    """Have the jobs run for the time of the block, in a process of their own."""
    with kept([_Keeper(command)]):
        yield


@contextmanager
def serving(pool: str, listening: Sequence[socket.socket]) -> Iterator[threading.Event]:
    """Have a process answer at each of these sockets for the time of the block.

    The sockets stay ours: who calls while a process is begun again waits, and is not turned away.
    Without any there is one process, which opens its port itself. The event tells that one of them
    could not begin.
    """
    over = threading.Event()
    fds = [each.fileno() for each in listening] or [OWN_PORT]
    with kept([_Server(pool, fd, over) for fd in fds]):
        yield over


@contextmanager
def kept(keepers: Sequence["_Keeper"]) -> Iterator[None]:
    """Have processes for the time of the block; at its end all are told at once."""
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        for keeper in keepers:
            keeper.dismiss()
        for keeper in keepers:
            keeper.end()


def ends_with_its_parent() -> None:
    """Let this process be told to end, politely, once its standard input does."""

    def follow() -> None:
        # Past Python's own reader, whose lock would be missed when the process ends first.
        while os.read(sys.stdin.fileno(), 1):
            pass
        _orphaned.set()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=follow, daemon=True).start()


def linger() -> None:
    """Hold on to what is held for a while if the parent has ended, who would have let it go.

    Whoever is begun in its place so finds the database running, and need not wait until it has
    stopped and started.
    """
    if _orphaned.is_set():
        time.sleep(LINGER_S)


class _Keeper(threading.Thread):
    """Start the process, wait for its end, start it again."""

    pause_s, most_pause_s = PAUSE_S, MOST_PAUSE_S

    def __init__(
        self, command: Sequence[str], patience_s: float = PATIENCE_S, fds: Sequence[int] = ()
    ) -> None:
        super().__init__(name="beside", daemon=True)
        self.command, self.patience_s, self.fds = command, patience_s, fds
        self.ending = threading.Event()
        self.starting = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        pause_s = self.pause_s
        while (process := self._begin()) is not None:
            began_s = time.monotonic()
            process.wait()
            if process.stdin:
                process.stdin.close()
            # Whatever it has left behind would hold its ports.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            lived_s = time.monotonic() - began_s
            self.ended(process.returncode, lived_s)
            pause_s = self.pause_s if lived_s > LONG_S else min(2 * pause_s, self.most_pause_s)
            self.ending.wait(pause_s)

    def ended(self, status: int, lived_s: float) -> None:
        """Hear how the process ended: minus a signal, or its own status."""

    def dismiss(self) -> None:
        """Tell the process to end, and begin no other."""
        with self.starting:
            self.ending.set()
        if self.process is not None:
            self.process.terminate()

    def end(self) -> None:
        """Stop the process politely, then by force; return when it is gone."""
        self.dismiss()
        if self.process is not None:
            self.join(self.patience_s)
            self.process.kill()
        self.join()

    def _begin(self) -> subprocess.Popen[bytes] | None:
        """Start the process unless the end has come; it ends when its standard input does.

        A session of its own keeps Ctrl+C for its parent, which then ends all in order.
        """
        with self.starting:
            if self.ending.is_set():
                return None
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                self.command, stdin=subprocess.PIPE, start_new_session=True, pass_fds=self.fds
            )
            return self.process


class _Server(_Keeper):
    """Keep a process that answers: it is missed sooner than one of jobs."""

    pause_s, most_pause_s = 0.1, 5.0

    def __init__(self, pool: str, fd: int, over: threading.Event) -> None:
        command = (*PROGRAM, "serve", pool, "--beside", "--socket", str(fd))
        super().__init__(command, fds=() if fd == OWN_PORT else (fd,))
        self.over = over
        self.is_new = True

    def ended(self, status: int, lived_s: float) -> None:
        """Give up where the first one ended by itself and at once: it will not be otherwise."""
        if self.is_new and status > 0 and lived_s < LONG_S:
            self.over.set()
        self.is_new = False
