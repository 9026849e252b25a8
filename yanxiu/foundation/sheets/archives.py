"""Open the archive that an XLSX is, once its directory shows that it is none of the dangerous ones.

Nothing is unpacked before: a small file may unpack to more than any machine holds.
"""

import struct
import zipfile
import zlib
from typing import IO

from yanxiu.foundation.sheets.lines import Unreadable, Why

UNPACKED_MOST = 200 * 1024 * 1024
RATIO_MOST = 100
ENTRIES_MOST = 2_000
# Repetition packs small parts far tighter than whole sheets; they cannot harm.
SMALL = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError)

_END = struct.Struct("<4s4H2LH")
_END_SIGN = b"PK\x05\x06"
_COMMENT_MOST = 65_535
# A directory's entry: 46 bytes, a name, and room for what programs add.
_DIRECTORY_MOST = ENTRIES_MOST * 512
_ENCRYPTED = 0x1


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """Return the archive; raise `Unreadable` where it is broken, locked, or would be too large."""
    _weigh_directory(file)
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise Unreadable(Why.BROKEN) from error
    _weigh(archive.infolist())
    return archive


def part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Return a part of the archive, open."""
    try:
        return archive.open(name)
    except (*BROKEN, KeyError, RuntimeError) as error:
        raise Unreadable(Why.BROKEN) from error


def _weigh_directory(file: IO[bytes]) -> None:
    """Read how long the directory is before anybody reads the directory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _COMMENT_MOST - _END.size))
    tail = file.read()
    at = tail.rfind(_END_SIGN)
    if at < 0 or at + _END.size > len(tail):
        raise Unreadable(Why.BROKEN)
    _, _, _, _, entries, length, _, _ = _END.unpack_from(tail, at)
    if entries > ENTRIES_MOST or length > _DIRECTORY_MOST:
        raise Unreadable(Why.TOO_LARGE)


def _weigh(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(Why.PASSWORD)
    if any(
        entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries
    ):
        raise Unreadable(Why.BROKEN)
    if len(entries) > ENTRIES_MOST or sum(entry.file_size for entry in entries) > UNPACKED_MOST:
        raise Unreadable(Why.TOO_LARGE)
    if any(_is_bomb(entry) for entry in entries):
        raise Unreadable(Why.TOO_LARGE)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > entry.compress_size * RATIO_MOST
