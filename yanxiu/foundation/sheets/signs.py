"""Tell by its first bytes what a file is, before anything reads the rest of it."""

from typing import IO

from yanxiu.foundation.sheets.lines import Unreadable, Why

HEAD = 512
ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A locked XLSX lies in the old container, under this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MARKED_UP = (b"<?xml", b"<html", b"<!doctype", b"<table", b"%pdf", b"{\\rtf")


def is_archive(file: IO[bytes]) -> bool:
    """Tell whether a file may be an XLSX, else a text; raise `Unreadable` where it is neither."""
    file.seek(0)
    head = file.read(HEAD)
    if not head.strip():
        raise Unreadable(Why.EMPTY)
    if head.startswith(_OLE):
        file.seek(0)
        raise Unreadable(Why.PASSWORD if _LOCKED in file.read() else Why.OLD_FORMAT)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKED_UP):
        raise Unreadable(Why.NOT_A_SHEET)
    return head.startswith(ZIP)
