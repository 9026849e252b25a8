"""Hold what a document's number says: its normal form, when its holder was born, what is wrong.

Every kind of document has a module of its own that reads its numbers; these are their words.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Nobody writes a number longer than this; far longer texts take long to bring into one form.
WRITTEN_MOST = 100
AGE_LEAST_YEARS = 18
AGE_MOST_YEARS = 80

# ISO 7064 MOD 11-2 over eighteen characters, as GB 11643-1999 lays down.
LENGTH = 18
_WEIGHTS = [2 ** (LENGTH - 1 - place) % 11 for place in range(LENGTH)]
_FILLING = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\-]+")
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


class Finding(StrEnum):
    """Name what is wrong with a number."""

    MISSING = "missing"
    OLD = "old"
    LENGTH = "length"
    LETTERS = "letters"
    DATE = "date"
    CHECK_DIGIT = "check_digit"
    FUTURE = "future"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    OTHER_KIND = "other_kind"


class Warned(StrEnum):
    """Name what is unusual about a number and may still be right."""

    REGION = "region"


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a number in its normal form and what was found in it, the most telling first.

    `born_on` is None where the number does not say it.
    """

    number: str
    findings: tuple[Finding, ...]
    warnings: tuple[Warned, ...] = ()
    born_on: date | None = None


def normalise(text: str) -> str:
    """Return the number without spaces, in half-width characters and with capital letters."""
    return _FILLING.sub("", unicodedata.normalize("NFKC", text)).upper()


def begin(text: str) -> tuple[str, Finding | None]:
    """Return the number in normal form, and what is wrong with any kind: nothing there, no end."""
    if len(text) > WRITTEN_MOST:
        return "", Finding.LENGTH
    number = normalise(text)
    return number, None if number else Finding.MISSING


def misshapen(number: str) -> Finding | None:
    """Return what keeps a number in normal form from being 17 digits and a digit or X."""
    if len(number) != LENGTH:
        return Finding.LENGTH
    return None if is_eighteen(number) else Finding.LETTERS


def is_eighteen(number: str) -> bool:
    """Tell whether a number in normal form is 17 digits and a digit or X."""
    return bool(_SHAPE.fullmatch(number))


def checks(number: str) -> bool:
    """Tell whether the last of eighteen characters fits the others."""
    values = [10 if sign == "X" else int(sign) for sign in number]
    return sum(map(int.__mul__, _WEIGHTS, values)) % 11 == 1


def dated(number: str, *, on: date) -> Reading:
    """Read eighteen characters that bear a date of birth and a check, on the day `on`."""
    born_on = _born_on(number)
    found = [Finding.DATE if born_on is None else unlikely(born_on, on)]
    found.append(None if checks(number) else Finding.CHECK_DIGIT)
    return Reading(number, tuple(finding for finding in found if finding), born_on=born_on)


def age_years(born_on: date, on: date) -> int:
    """Return the completed years of life on the day `on`."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def unlikely(born_on: date, on: date) -> Finding | None:
    """Return what keeps somebody born then from being a teacher."""
    if born_on > on:
        return Finding.FUTURE
    age = age_years(born_on, on)
    if age < AGE_LEAST_YEARS:
        return Finding.TOO_YOUNG
    return Finding.TOO_OLD if age > AGE_MOST_YEARS else None


def _born_on(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
