"""Run the whole platform as an operator does, with clients, so that each part can be killed."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.support import servers
from yanxiu.config import beside
from yanxiu.foundation import clock, cluster

# Seconds. A polite end waits for beats, jobs and a checkpoint.
STOP_S = 45.0


class Init(beside._Keeper):
    """Be what begins a service again after a second, as `Restart=always` in a unit of systemd's."""

    pause_s = most_pause_s = 1.0


@dataclass(frozen=True)
class Place:
    """Be an installation that runs: its folder, its address, and whoever begins it again."""

    var: Path
    address: str
    init: Init
    clients: list[Init]
    # Before any client was heard.
    since: datetime

    @property
    def cast(self) -> Path:
        """Return the file of teachers and their leases."""
        return self.var / "cast.json"

    @property
    def dsn(self) -> str:
        """Return the owner's address of the database."""
        return cluster.Cluster(self.var).url(cluster.OWNER)

    @property
    def journals(self) -> list[Path]:
        """Return what each client has written down."""
        return sorted(self.var.glob("journal-*"))

    def state(self) -> str:
        """Say what runs, for whoever wonders why nothing answers."""
        last = (self.var / "postgres.log").read_text(errors="replace").splitlines()[-8:]
        running = {
            "keeper": self.keeper(),
            "servers": self.servers(),
            "postmaster": self.postmaster(),
            "backends": self.backends(),
        }
        return "\n".join([str(running), *last])

    def keeper(self) -> list[int]:
        """Return the process that keeps the others."""
        return [self.init.process.pid] if self.init.process else []

    def servers(self) -> list[int]:
        """Return the processes that answer."""
        return [pid for pid in _children(self.keeper()) if b"serve" in _command(pid)]

    def jobs(self) -> list[int]:
        """Return the processes of jobs."""
        return [pid for pid in _children(self.keeper()) if b"work" in _command(pid)]

    def postmaster(self) -> list[int]:
        """Return the first process of the database."""
        with suppress(OSError, ValueError, IndexError):
            kept = self.var / "postgres" / "data" / "postmaster.pid"
            return [int(kept.read_text().split()[0])]
        return []

    def backends(self) -> list[int]:
        """Return the other processes of the database."""
        return _children(self.postmaster())

    def players(self) -> list[int]:
        """Return the clients."""
        return [each.process.pid for each in self.clients if each.process]


@contextmanager
def running(*, teachers: int, clients: int) -> Iterator[Place]:
    """Have an installation in a folder of its own, a service, and clients that load it."""
    with (
        # Jobs whose keeper was killed linger, and may write to it until they end.
        tempfile.TemporaryDirectory(
            prefix="yanxiu-kills-", dir="/tmp", ignore_cleanup_errors=True
        ) as folder,
        ExitStack() as on,
    ):
        var, port = Path(folder), servers.free_port()
        var.chmod(0o711)
        address = f"http://127.0.0.1:{port}"
        on.enter_context(_environment(var, port))
        init = Init((*beside.PROGRAM, "serve"), patience_s=STOP_S)
        players = [Init(_client(address, var, part, clients)) for part in range(clients)]
        # Whatever the last fault has left, nothing of the database outlives its folder.
        on.callback(_stop_database, var)
        with cluster.Cluster(var).running():
            _yanxiu("migrate")
            making = f"from tests.kills import cast; cast.make({teachers})"
            (var / "cast.json").write_text(_yanxiu("manage", "shell", "-v", "0", "-c", making))
            on.enter_context(beside.kept([init]))
            servers.await_answer(address)
        # From now on the database is the service's alone.
        since = clock.now()
        on.enter_context(beside.kept(players))
        yield Place(var, address, init, players, since)


def kill(pids: list[int]) -> None:
    """End processes without a word; some may be gone already."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def _environment(var: Path, port: int) -> Iterator[None]:
    """Set the environment as the installation's, and put it back."""
    before = dict(os.environ)
    for name in [*os.environ]:
        if name.startswith("YANXIU_") or name == "DATABASE_URL":
            del os.environ[name]
    os.environ |= {
        "YANXIU_VAR": str(var),
        "YANXIU_SECRET": secrets.token_hex(),
        "YANXIU_LOG": "CRITICAL",
        "PORT": str(port),
    }
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _stop_database(var: Path) -> None:
    with cluster.Cluster(var).running():
        """Be the last of its users."""


def _client(address: str, var: Path, part: int, parts: int) -> tuple[str, ...]:
    files = (str(var / "cast.json"), str(var / f"journal-{part}"))
    return (sys.executable, "-m", "tests.kills.client", address, *files, str(part), str(parts))


def _yanxiu(*arguments: str) -> str:
    done = subprocess.run([*beside.PROGRAM, *arguments], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


def _children(pids: list[int]) -> list[int]:
    found = []
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += [int(child) for child in task.read_text().split()]
    return found


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
