"""Read resident identity numbers after GB 11643-1999, without rejecting people who exist.

Eighteen characters: region (6), date of birth (8), order (3), check (ISO 7064 MOD 11-2). An unknown
region only warns: codes change, and districts newer than any list have residents.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 18
OLD_LENGTH = 15
# Nobody writes a number longer than this; far longer texts take long to bring into one form.
WRITTEN_MOST = 100
AGE_LEAST_YEARS = 18
AGE_MOST_YEARS = 80

# The first two digits: mainland provinces, Taiwan 71, and the residence permits of people from
# Hong Kong 81, Macau 82 and Taiwan 83. Source: GB/T 2260, and 港澳台居民居住证申领发放办法 (2018).
PROVINCES = frozenset(
    re.findall(
        r"\d\d",
        "11 12 13 14 15  21 22 23  31 32 33 34 35 36 37  41 42 43 44 45 46  50 51 52 53 54"
        "  61 62 63 64 65  71  81 82 83",
    )
)

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


class Warned(StrEnum):
    """Name what is unusual about a number and may still be right."""

    REGION = "region"


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a number in its normal form and what was found in it, the most telling first."""

    number: str
    findings: tuple[Finding, ...]
    warnings: tuple[Warned, ...] = ()
    born_on: date | None = None


def normalise(text: str) -> str:
    """Return the number without spaces, in half-width characters and with a capital X."""
    return _FILLING.sub("", unicodedata.normalize("NFKC", text)).upper()


def read(text: str, *, on: date) -> Reading:
    """Return what the number says and what is wrong with it on the day `on`."""
    if len(text) > WRITTEN_MOST:
        return Reading("", (Finding.LENGTH,))
    number = normalise(text)
    misshapen = _misshapen(number)
    if misshapen:
        return Reading(number, (misshapen,))
    born_on = _born_on(number)
    found = [Finding.DATE if born_on is None else _unlikely(born_on, on)]
    found.append(None if _checks(number) else Finding.CHECK_DIGIT)
    return Reading(
        number,
        findings=tuple(finding for finding in found if finding),
        warnings=() if number[:2] in PROVINCES else (Warned.REGION,),
        born_on=born_on,
    )


def age_years(born_on: date, on: date) -> int:
    """Return the completed years of life on the day `on`."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _misshapen(number: str) -> Finding | None:
    if not number:
        return Finding.MISSING
    if len(number) == OLD_LENGTH and number.isascii() and number.isdigit():
        return Finding.OLD
    if len(number) != LENGTH:
        return Finding.LENGTH
    return None if _SHAPE.fullmatch(number) else Finding.LETTERS


def _born_on(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _unlikely(born_on: date, on: date) -> Finding | None:
    if born_on > on:
        return Finding.FUTURE
    age = age_years(born_on, on)
    if age < AGE_LEAST_YEARS:
        return Finding.TOO_YOUNG
    return Finding.TOO_OLD if age > AGE_MOST_YEARS else None


def _checks(number: str) -> bool:
    values = [10 if sign == "X" else int(sign) for sign in number]
    return sum(map(int.__mul__, _WEIGHTS, values)) % 11 == 1
