"""Say what a look into a PDF has found: the words between the child process and its parent."""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """Name what a file is."""

    NO_PDF = "no_pdf"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    FOREIGN = "foreign"
    ALTERED = "altered"
    WHOLE = "whole"


class Trust(msgspec.Struct, frozen=True):
    """Say whom we trust: root certificates (DER) and signers' SHA-256, all in hexadecimal."""

    roots: list[str]
    signers: list[str]


class Finding(msgspec.Struct, frozen=True):
    """Hold the kind, and a little more of what one whom we trust has signed.

    `signed` is the SHA-256 of the bytes that were there when it was signed, in hexadecimal;
    `keywords` are the document's, which only a whole one proves.
    """

    kind: Kind
    signed: str = ""
    keywords: str = ""
