"""Keep a process of jobs beside a server: begun with it, again when it ends, ended with it."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

COMMAND = (sys.executable, "-m", "yanxiu", "work", "--beside")
# Seconds. One that keeps ending is started ever more rarely; one that lived for LONG_S at once.
PAUSE_S, MOST_PAUSE_S, LONG_S = 1.0, 30.0, 10.0
# Seconds. Longer than the grace that it gives its own jobs.
PATIENCE_S = 12.0


@contextmanager
def working(command: Sequence[str] = COMMAND) -> Iterator[None]:
    """Have the jobs run for the time of the block, in a process of their own."""
    keeper = _Keeper(command)
    keeper.start()
    try:
        yield
    finally:
        keeper.end()


class _Keeper(threading.Thread):
    """Start the process, wait for its end, start it again."""

    def __init__(self, command: Sequence[str], patience_s: float = PATIENCE_S) -> None:
        super().__init__(name="beside", daemon=True)
        self.command, self.patience_s = command, patience_s
        self.ending = threading.Event()
        self.starting = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        pause = PAUSE_S
        while (process := self._begin()) is not None:
            began = time.monotonic()
            process.wait()
            if process.stdin:
                process.stdin.close()
            lived = time.monotonic() - began
            pause = PAUSE_S if lived > LONG_S else min(2 * pause, MOST_PAUSE_S)
            self.ending.wait(pause)

    def end(self) -> None:
        """Stop the process politely, then by force; return when it is gone."""
        with self.starting:
            self.ending.set()
        if self.process is not None:
            self.process.terminate()
            self.join(self.patience_s)
            self.process.kill()
        self.join()

    def _begin(self) -> subprocess.Popen[bytes] | None:
        """Start the process unless the end has come; it ends when its standard input does.

        A session of its own keeps Ctrl+C for the server, which then ends both in order.
        """
        with self.starting:
            if self.ending.is_set():
                return None
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                self.command, stdin=subprocess.PIPE, start_new_session=True
            )
            return self.process
