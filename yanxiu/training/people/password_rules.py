"""Decide which passwords may stand: long enough, and none that is guessed first.

Any character counts; what is typed in another form of the same text is the same password.
source: docs/rules/passwords.md
"""

import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum

LEAST, MOST = 8, 128
# So many characters must be left of a password without what everybody knows of its owner.
OWN_LEAST = 4
# Rows of keys and of the alphabet that are walked along, either way.
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
# Chosen here before any other, beyond what lists from abroad have.
CHINESE = frozenset(
    (
        *("woaini1314", "woaini520", "5201314", "52013140", "1314520520", "a123456789"),
        *("qq123456", "aa123456789", "zxcvbnm123", "woaini123", "nihao123", "1qaz2wsx3edc"),
        *("woaizhongguo", "zhongguo123", "laoshi123", "jiaoshi123", "xuexiao123", "admin888"),
        *("mima1234", "mima123456", "qwe123456", "asd123456", "abc123456", "88888888"),
    )
)


class Finding(StrEnum):
    """Name why a password cannot stand."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    PERSONAL = "personal"


def normalise(text: str) -> str:
    """Return the one form in which a password is hashed: NFKC, so that widths do not matter."""
    return unicodedata.normalize("NFKC", text)


def find(text: str, *, common: Collection[str], personal: Iterable[str] = ()) -> Finding | None:
    """Return why a text cannot be a password; `personal` is what others know of its owner."""
    if len(text) > MOST:
        return Finding.TOO_LONG
    plain = normalise(text)
    if len(plain) < LEAST:
        return Finding.TOO_SHORT
    if len(plain) > MOST:
        return Finding.TOO_LONG
    folded = plain.casefold()
    if folded in common or folded in CHINESE or _is_drawn_along(folded):
        return Finding.COMMON
    return Finding.PERSONAL if _is_personal(folded, personal) else None


def _is_drawn_along(folded: str) -> bool:
    """Tell whether a text is one sign, or a short piece again and again, or a row of keys."""
    for length in range(1, OWN_LEAST):
        piece = folded[:length]
        if (piece * len(folded))[: len(folded)] == folded:
            return True
    return any(folded in way * 2 for row in _ROWS for way in (row, row[::-1]))


def _is_personal(folded: str, personal: Iterable[str]) -> bool:
    for known in personal:
        word = normalise(known).casefold()
        if len(word) > 1 and len(folded.replace(word, "")) < OWN_LEAST:
            return True
    return False
