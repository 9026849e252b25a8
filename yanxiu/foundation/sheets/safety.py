"""Keep text from being taken for a formula by whatever program opens a sheet.

Source: OWASP, CSV Injection; full-width signs count because input methods and some programs fold
them into the plain ones.
"""

import re
import unicodedata

GUARD = "'"
# The most that a cell holds. Source: ECMA-376 and Microsoft, "Excel specifications and limits".
CELL_MOST = 32_767

_SIGNS = "=+\\-@＝＋－＠﹢﹣﹦﹫−|%\t\r\n\0"
# Programs skip blanks and what nobody sees before they look for a sign.
_UNSEEN = "\\s\u00ad\u180e\u200b-\u200f\u2060\ufeff"
_RISKY = re.compile(f"[{_UNSEEN}]*[{_SIGNS}]")
_GUARDED = re.compile(f"{GUARD}[{_UNSEEN}]*[{_SIGNS}]")


def plain(text: str) -> str:
    """Return the text as a cell may hold it: guarded by ' where a program would calculate."""
    kept = "".join(map(_writable, text)) if not text.isprintable() else text
    guarded = GUARD + kept if _RISKY.match(text) else kept
    return guarded[:CELL_MOST]


def restored(text: str) -> str:
    """Return what `plain` was given: the guard goes, any other apostrophe stays."""
    return text[1:] if _GUARDED.match(text) else text


def _writable(character: str) -> str:
    """Return the character, or a mark in the place of one that no sheet can hold."""
    if character in "\t\r\n":
        return character
    return "\ufffd" if unicodedata.category(character) in {"Cc", "Cs"} else character
