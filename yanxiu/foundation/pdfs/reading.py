"""Have a PDF looked into by a child process, and receive what it says."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from yanxiu.foundation.pdfs.finding import Finding, Kind, Trust

# More than any certificate of ours: about ten times one.
BYTES_MOST = 1_000_000
PATIENCE_S = 20

# The folder that holds the package, wherever the program was started from.
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = [sys.executable, "-E", "-s", "-B", "-W", "ignore", "-m", "yanxiu.foundation.pdfs.child"]


def look(file: bytes, trust: Trust) -> Finding:
    """Return what the file is, in the eyes of those we trust; `UNREADABLE` at worst."""
    # No secret and no address of a database reaches the child.
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    try:
        told = subprocess.run(  # noqa: S603 - our own program, and no shell
            [*_CHILD, msgspec.json.encode(trust).decode()],
            input=file[: BYTES_MOST + 1],
            capture_output=True,
            cwd=_ROOT,
            env=environment,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Finding(Kind.UNREADABLE)
    if told.returncode:
        # Stopped at its limits: no file of ours needs so much.
        return Finding(Kind.UNREADABLE)
    return msgspec.json.decode(told.stdout, type=Finding)
