"""Put personal names into one form and find what cannot stand in one.

A name may hold letters of any script, their marks, one kind of separator between the parts of a
minority name (·), and what foreign names need: space, hyphen, apostrophe, full stop.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

SEPARATOR = "·"
LENGTH_MOST = 60

# Tibetan stacks up to four marks on a letter; more only cover the line above.
_MARKS_MOST = 4
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200d\u2060\ufeff]")
_DOTS = re.compile(r"[\u2022\u2027\u2219\u22c5\u30fb\uff65\u16eb]")
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_HAN_LETTER = re.compile(f"[{_HAN}]")
_HAN_GAP = re.compile(f"(?<=[{_HAN}{SEPARATOR}])[ .]+(?=[{_HAN}{SEPARATOR}])")
_SPACES = re.compile("[ \u00a0\u2002-\u200a\u3000]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Letters by their category, and yet nothing is seen of them.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u034f")
_BETWEEN = frozenset(f"{SEPARATOR} -'\u2019.")


class Code(StrEnum):
    """Name what is wrong with a name."""

    EMPTY = "empty"
    MALFORMED = "malformed"
    UNSUPPORTED = "unsupported"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what is wrong, and with which character where one is to blame."""

    code: Code
    character: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a name in its normal form, what is wrong with it, and whether its dots were changed."""

    name: str
    finding: Finding | None
    separators_unified: bool


def read(text: str) -> Reading:
    """Return the name as we keep it and the first thing that is wrong with it."""
    name = normalise(text)
    before = text.count(SEPARATOR)
    return Reading(name, _finding(name), separators_unified=name.count(SEPARATOR) > before)


def normalise(text: str) -> str:
    """Return the name trimmed, without invisible characters, its parts joined by one · each."""
    plain = _SPACES.sub(" ", _ZERO_WIDTH.sub("", text).translate(_FULL_WIDTH))
    name = _DOTS.sub(SEPARATOR, plain).strip()
    if _HAN_LETTER.search(name):
        name = _HAN_GAP.sub(lambda gap: SEPARATOR if "." in gap[0] else "", name)
    return re.sub(f"{SEPARATOR}+", SEPARATOR, name).strip(SEPARATOR)


def _finding(name: str) -> Finding | None:
    if not name:
        return Finding(Code.EMPTY)
    if any(_is_malformed(character) for character in name):
        return Finding(Code.MALFORMED)
    foreign = _unsupported(name)
    if foreign:
        return Finding(Code.UNSUPPORTED, foreign)
    return Finding(Code.TOO_LONG) if len(name) > LENGTH_MOST else None


def _is_malformed(character: str) -> bool:
    return character in "\0\ufffd" or unicodedata.category(character) == "Cs"


def _unsupported(name: str) -> str:
    marks = 0
    for place, character in enumerate(name):
        is_mark = unicodedata.category(character).startswith("M")
        marks = marks + 1 if is_mark else 0
        if not _may_stand(character) or marks > min(_MARKS_MOST, place):
            return character
    return "" if any(character not in _BETWEEN for character in name) else name[0]


def _may_stand(character: str) -> bool:
    if character in _BLANK:
        return False
    is_letter = unicodedata.category(character)[0] in "LM"
    return is_letter or character in _BETWEEN or bool(_HAN_LETTER.match(character))
