"""Keep videos, captions and pictures under keys: a folder today, S3-compatible storage by setting.

A key is a path of plain names, such as `lessons/5f2c/small.mp4`. What has been written under one is
never changed: new content takes a new key.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yanxiu.foundation import environment

PREFIX = "/media/"

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_KEY = re.compile(rf"{_NAME}(/{_NAME})*")
_LENGTH_MOST = 200


class Unsafe(ValueError):
    """Tell that a text is no key: it might lead out of the folder or into hidden files."""


def root() -> Path:
    """Return the folder where this copy keeps its media."""
    return environment.var() / "media"


def address(key: str) -> str:
    """Return where a browser finds it."""
    return PREFIX + _checked(key)


def path(key: str, *, under: Path | None = None) -> Path:
    """Return where it lies, in `under` or this copy's folder; raise `Unsafe` for a bad key."""
    return (under or root()) / _checked(key)


def size(key: str, *, under: Path | None = None) -> int:
    """Return how many bytes lie under a key; nothing lies there for 0."""
    try:
        return path(key, under=under).stat().st_size
    except FileNotFoundError:
        return 0


def put(key: str, content: bytes, *, under: Path | None = None) -> None:
    """Write the whole content, durably and at once: readers see nothing or everything."""
    with writing(key, under=under) as draft:
        draft.write_bytes(content)


@contextmanager
def writing(key: str, *, under: Path | None = None) -> Iterator[Path]:
    """Give a path to write to; when the block ends well, its content stands under the key."""
    goal = path(key, under=under)
    goal.parent.mkdir(parents=True, exist_ok=True)
    draft = goal.with_name(f".{secrets.token_hex(8)}.{goal.name}")
    try:
        yield draft
        _sync(draft)
        draft.replace(goal)
        _sync(goal.parent)
    finally:
        draft.unlink(missing_ok=True)


def _checked(key: str) -> str:
    if len(key) > _LENGTH_MOST or not _KEY.fullmatch(key):
        raise Unsafe(key)
    return key


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
