"""Hold the file that was handed in: in memory alone, under a name that is only shown."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO

from yanxiu.foundation.sheets.lines import Unreadable
from yanxiu.training.organisations.imports import refusals, wording

BYTES_MOST = 20 * 1024 * 1024
# What would not be seen in a file's name, or might lead elsewhere when it is saved.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\]")
_NAME_MOST = 200


@contextmanager
def opened(content: bytes) -> Iterator[IO[bytes]]:
    """Give the content as a file that a child can be handed; it never lies on a disk."""
    with _nowhere() as file:
        file.write(content)
        file.flush()
        yield file


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the reader says of a sheet into a refusal with its sentence."""
    try:
        yield
    except Unreadable as error:
        raise refusals.SheetUnreadable(why=wording.why(error.why, error.where)) from error


def name_of(filename: str) -> str:
    """Return a file's name as it is shown: no path, nothing unseen."""
    return _UNSEEN.sub("", PurePosixPath(filename.replace("\\", "/")).name)[-_NAME_MOST:] or "-"


def _nowhere() -> IO[bytes]:
    """Return a file in memory, or a temporary one where the system has none."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("yanxiu-sheet"), "w+b")
    return tempfile.TemporaryFile()
