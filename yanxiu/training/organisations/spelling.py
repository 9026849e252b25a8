"""Spell a school's name the ways people look for it: folded, by its pinyin initials, in pairs.

Pure. A gram is two neighbouring characters with a mark for how long the whole name is, so that an
index can be walked from the shortest names to the longest. Rule: docs/rules/regions-and-schools.md.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from pypinyin.pinyin_dict import pinyin_dict

# The last length of each class of names; what is longer than the last belongs to one more.
LENGTHS = (*range(2, 16), 17, 20, 25)
HEAD = "^"
_FIRST_MARK = ord("a")
# Characters whose first reading in the dictionary is not the one that names have.
READINGS = {"长": "c", "藏": "z", "厦": "x", "莞": "g", "朝": "c", "盛": "s", "单": "d", "会": "h"}
# Readings that depend on the neighbours; places, and a few words of schools' names.
PHRASES = {
    "重庆": "cq",
    "重阳": "cy",
    "长大": "zd",
    "成长": "cz",
    "校长": "xz",
    "家长": "jz",
    "番禺": "py",
    "泌阳": "by",
    "莘庄": "xz",
    "莘县": "sx",
    "涡阳": "gy",
    "枞阳": "zy",
    "铅山": "ys",
    "尉犁": "yl",
    "浚县": "xx",
    "犍为": "qw",
    "蔚县": "yx",
    "荥阳": "xy",
    "荥经": "yj",
    "繁峙": "fs",
    "单县": "sx",
    "黄陂": "hp",
    "乐清": "yq",
    "音乐": "yy",
    "民乐": "my",
    "渑池": "mc",
    "召陵": "sl",
    "大埔": "db",
    "洪洞": "ht",
    "会稽": "kj",
    "解州": "hz",
    "覃塘": "qt",
    "大厦": "ds",
    "东阿": "de",
    "吴堡": "wb",
    "银行": "yh",
}
_KNOWN = re.compile("|".join(PHRASES))


def fold(text: str) -> str:
    """Return a name or what was typed in one form: full and half width, case and spaces alike."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def initials(name: str) -> str:
    """Return the first letters of a name's pinyin, letters and digits kept: 听涛小学 is ttxx."""
    folded, spelt, done = fold(name), "", 0
    for phrase in _KNOWN.finditer(folded):
        spelt += "".join(map(_letter, folded[done : phrase.start()])) + PHRASES[phrase[0]]
        done = phrase.end()
    return spelt + "".join(map(_letter, folded[done:]))


def bare(key: str, places: Iterable[str]) -> str:
    """Return a folded name without the places that it begins with, whole or without 市 and 区."""
    words = [word for place in map(fold, places) for word in (place, place[:-1]) if len(word) > 1]
    rest = key
    while begun := next((word for word in words if rest.startswith(word)), ""):
        rest = rest.removeprefix(begun).removeprefix("市").removeprefix("区").removeprefix("县")
    return rest or key


def likeness(one: str, other: str) -> float:
    """Return how much two folded names share: 1 for the same, 0 for nothing; Dice's coefficient."""
    first, second = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    whole = len(first) + len(second)
    return 2 * len(first & second) / whole if whole else float(one == other)


def is_initials(folded: str) -> bool:
    """Tell whether what was typed can only be initials, a code, or Latin letters of a name."""
    return folded.isascii() and folded.isalnum()


def grams(key: str, letters: str) -> list[str]:
    """Return the grams of a folded name and of its initials, each once, in order."""
    mark = _mark(_length_class(len(key)))
    heads = {HEAD + text[:2] for text in (key, letters)}
    return sorted(gram + mark for gram in {*_pairs(key), *_initial_pairs(letters), *heads})


def steps(folded: str) -> Iterator[tuple[bool, list[str]]]:
    """Yield what to look for, best first: whether names begin so, and all grams they have then."""
    by_letters = is_initials(folded)
    pairs = list(_initial_pairs(folded) if by_letters else _pairs(folded))
    marks = [_mark(each) for each in range(_length_class(len(folded)), len(LENGTHS) + 1)]
    for begins in (True, False):
        wanted = [HEAD + folded[:2], *pairs] if begins else pairs
        for mark in marks:
            yield begins, sorted({gram + mark for gram in wanted})


def _pairs(key: str) -> Iterator[str]:
    """Yield the pairs of a folded name that its initials do not hold."""
    pairs = (key[at : at + 2] for at in range(len(key) - 1))
    return (pair for pair in pairs if not is_initials(pair))


def _initial_pairs(letters: str) -> Iterator[str]:
    return (letters[at : at + 2] for at in range(len(letters) - 1))


def _length_class(length: int) -> int:
    return bisect_left(LENGTHS, length)


def _mark(length_class: int) -> str:
    return chr(_FIRST_MARK + length_class)


@cache
def _letter(character: str) -> str:
    """Return the letter a character is looked for by, or nothing: of Han its pinyin's first."""
    if character.isascii():
        return character if character.isalnum() else ""
    reading = READINGS.get(character) or pinyin_dict.get(ord(character), "")
    return unicodedata.normalize("NFD", reading)[:1]
