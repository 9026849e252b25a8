"""Read passport numbers, of whatever country: letters and digits, no longer than countries print.

ICAO Doc 9303 gives a number nine characters and lets longer ones overflow; nobody checks another's.
What is a resident identity number in truth is told apart.
"""

import re

from yanxiu.training.people import document_reading
from yanxiu.training.people.document_reading import Finding, Reading

LENGTHS = range(5, 18)
DIGITS_LEAST = 3
_SIGNS = re.compile(r"[0-9A-Z]+")
_OLD_RESIDENT = re.compile(r"[0-9]{15}")


def read(text: str) -> Reading:
    """Return what the number says and what is wrong with it."""
    number, wrong = document_reading.begin(text)
    wrong = wrong or _against(number)
    return Reading(number, (wrong,) if wrong else ())


def _against(number: str) -> Finding | None:
    if document_reading.is_eighteen(number) or _OLD_RESIDENT.fullmatch(number):
        return Finding.OTHER_KIND
    if len(number) not in LENGTHS:
        return Finding.LENGTH
    digits = sum(sign.isdigit() for sign in number)
    return None if _SIGNS.fullmatch(number) and digits >= DIGITS_LEAST else Finding.LETTERS
