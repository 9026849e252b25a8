"""Run a measurement inside Django, in a PostgreSQL made for it alone, with fsync on."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yanxiu.foundation import postgres


@contextmanager
def database(**settings: str) -> Iterator[Path]:
    """Have a database that has every table, and a folder of its own, for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="yanxiu-bench-", dir="/tmp") as var:
        Path(var).chmod(0o711)
        os.environ |= {"YANXIU_VAR": var, "YANXIU_SECRET": secrets.token_hex()} | settings
        os.environ.pop("DATABASE_URL", None)
        with postgres.running():
            _yanxiu("migrate")
            yield Path(var)


def run(code: str, *, role: str = "", is_demo: bool = True, has_static: bool = False) -> None:
    """Run the code in a database that has every table; exit as it does.

    `role` is whose rights it has, the owner's where none is named; `has_static` collects files.
    """
    demo = {"YANXIU_DEMO": "1"} if is_demo else {}
    with database(**demo):
        if has_static:
            _yanxiu("manage", "collectstatic", "--no-input", "-v", "0")
        os.environ |= {"YANXIU_ROLE": role} if role else {}
        _yanxiu("manage", "shell", "-v", "0", "-c", code)


def argument(otherwise: float) -> float:
    """Return the number on the command line, or this one."""
    return type(otherwise)(sys.argv[1]) if len(sys.argv) > 1 else otherwise


def _yanxiu(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "yanxiu", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)
