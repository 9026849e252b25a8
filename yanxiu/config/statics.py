"""Lay styles, scripts and pictures out under the names that pages call them by.

That takes seconds, which are missed when a killed server is begun again: what lies there already,
made of the same files, is left as it is.
"""

import hashlib
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from yanxiu.config import beside
from yanxiu.foundation import environment

SOURCE = Path(__file__).parents[1] / "web" / "static"
COLLECT = (*beside.PROGRAM, "manage", "collectstatic", "--no-input", "--verbosity", "0")
# Whose files are laid out besides ours, and what lays them out.
OTHERS = ("django", "django-allauth", "django-htmx", "whitenoise")


def lay_out() -> None:
    """Lay the files out unless they are; where that fails the reason has been said, and we end."""
    kept, now = environment.var() / "static.mark", mark()
    laid = environment.var() / "static" / "staticfiles.json"
    if laid.exists() and kept.exists() and kept.read_text() == now:
        return
    kept.unlink(missing_ok=True)
    # In a process that ends, so that ours stays small.
    done = subprocess.run(COLLECT, check=False)  # noqa: S603 - our own program
    if done.returncode:
        sys.exit(done.returncode)
    kept.write_text(now)


def mark(source: Path = SOURCE) -> str:
    """Return what changes whenever a file to be laid out does."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    seen = [(str(each.relative_to(source)), each.stat()) for each in files]
    sizes = [f"{name} {found.st_size} {found.st_mtime_ns}" for name, found in seen]
    versions = [f"{name} {metadata.version(name)}" for name in OTHERS]
    return hashlib.sha256("\n".join([*sizes, *versions]).encode()).hexdigest()
