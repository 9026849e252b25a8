"""Keep to one window a person: a second start shows the first one's window and ends."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path

SHOW = b"show"
# Bytes of a socket's path that every system takes; source: unix(7), sun_path, less a margin.
LONGEST = 90


class Running:
    """Be the only one that runs for a profile, until the process ends."""

    def __init__(self, profile: Path, system: str) -> None:
        """Say where the one that runs can be reached; nothing happens yet."""
        self.address, self.key = _door(profile, system)
        self.is_pipe = system == "Windows"

    def calls_the_first(self) -> bool:
        """Ask the one that runs to show itself; tell whether there is one."""
        try:
            with Client(self.address, authkey=self.key) as first:
                first.send_bytes(SHOW)
        except (OSError, EOFError, AuthenticationError):
            return False
        return True

    def listens(self, show: Callable[[], object]) -> None:
        """Be the first from now on: show the window whenever another start asks for it."""
        if not self.is_pipe:
            # What a first one that was killed has left behind.
            Path(self.address).unlink(missing_ok=True)
        listener = Listener(self.address, authkey=self.key)
        threading.Thread(target=_answer, args=(listener, show), daemon=True).start()


def _answer(listener: Listener, show: Callable[[], object]) -> None:
    while True:
        # Whoever hangs up, or is somebody else, is not answered.
        with suppress(OSError, EOFError, AuthenticationError), listener.accept() as second:
            if second.recv_bytes(len(SHOW)) == SHOW:
                show()


def _door(profile: Path, system: str) -> tuple[str, bytes]:
    """Return the address, and a key that only whoever reads the profile's path can know."""
    name = hashlib.sha256(str(profile).encode()).hexdigest()
    if system == "Windows":
        return rf"\\.\pipe\yanxiu-{name[:16]}", name.encode()
    door = profile / "running"
    if len(str(door).encode()) > LONGEST:
        door = Path(tempfile.gettempdir()) / f"yanxiu-{name[:16]}"
    return str(door), name.encode()
