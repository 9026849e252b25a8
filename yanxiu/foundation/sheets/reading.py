"""Have a sheet read by a child process, and receive what it says."""

import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from yanxiu.foundation.sheets.lines import Row, Seen, Sheet, Unreadable, Why, Wrong

# The folder that holds the package, wherever the program was started from.
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = [sys.executable, "-E", "-s", "-B", "-m", "yanxiu.foundation.sheets.child"]
_WRONG = b'{"type":"wrong"'
_told: msgspec.json.Decoder[Sheet | Seen | Wrong] = msgspec.json.Decoder(Sheet | Seen | Wrong)
_row = msgspec.json.Decoder(Row)


class Stopped(Unreadable):
    """Tell that a child was stopped at a limit."""


def glance(file: IO[bytes]) -> Sheet | None:
    """Return what `look` returns, or None where nobody should wait for it."""
    try:
        return _look(file, "glance")
    except Stopped:
        return None


def look(file: IO[bytes], tell: Callable[[int], None] = lambda _share: None) -> Sheet:
    """Return the header, how many rows hold something, and the first rows; raise `Unreadable`.

    `file` is a real one: the child is handed it as it is open. `tell` hears, in hundredths, how far
    it is.
    """
    return _look(file, "look", tell)


def rows(file: IO[bytes], columns: Sequence[int]) -> Generator[Row]:
    """Return the rows below the header with the cells of these columns; raise `Unreadable`."""
    with _child(file, "rows", ",".join(map(str, columns))) as lines:
        for line in lines:
            if line.startswith(_WRONG):
                _refuse(line)
            yield _row.decode(line)


def _look(file: IO[bytes], order: str, tell: Callable[[int], None] = lambda _share: None) -> Sheet:
    with _child(file, order) as lines:
        for line in lines:
            told = _told.decode(line)
            if isinstance(told, Sheet):
                return told
            if isinstance(told, Wrong):
                raise Unreadable(told.why, told.where)
            tell(told.share)
    raise Stopped(Why.TOO_LARGE)


def _refuse(line: bytes) -> None:
    told = _told.decode(line)
    if isinstance(told, Wrong):
        raise Unreadable(told.why, told.where)


@contextmanager
def _child(file: IO[bytes], *order: str) -> Iterator[Iterator[bytes]]:
    """Give the lines of a child; one that was stopped at its limits has read too large a file."""
    file.seek(0)
    # No secret and no address of a database reaches the child.
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 - our own program, and no shell
        [*_CHILD, *order],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=environment,
    ) as child:
        assert child.stdout  # noqa: S101 - asked for above
        try:
            yield iter(child.stdout)
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        # A signal has stopped it at a limit; anything else is a file that no reader foresaw.
        raise Stopped(Why.TOO_LARGE) if child.returncode < 0 else Unreadable(Why.BROKEN)
