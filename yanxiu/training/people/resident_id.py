"""Read resident identity numbers after GB 11643-1999, without rejecting people who exist.

Eighteen characters: region (6), date of birth (8), order (3), check (ISO 7064 MOD 11-2). An unknown
region only warns: codes change, and districts newer than any list have residents.
"""

import re
from dataclasses import replace
from datetime import date

from yanxiu.training.people import document_reading
from yanxiu.training.people.document_reading import Finding, Reading, Warned

OLD_LENGTH = 15
# The first two digits: mainland provinces and Taiwan 71. Source: GB/T 2260.
PROVINCES = frozenset(
    re.findall(
        r"\d\d",
        "11 12 13 14 15  21 22 23  31 32 33 34 35 36 37  41 42 43 44 45 46  50 51 52 53 54"
        "  61 62 63 64 65  71",
    )
)
# Residence permits of people from Hong Kong, Macao and Taiwan, and of foreigners, begin like this.
ELSEWHERE = ("81", "82", "83", "9")


def read(text: str, *, on: date) -> Reading:
    """Return what the number says and what is wrong with it on the day `on`."""
    number, wrong = document_reading.begin(text)
    wrong = wrong or _misshapen(number)
    if wrong:
        return Reading(number, (wrong,))
    said = document_reading.dated(number, on=on)
    if number.startswith(ELSEWHERE):
        return replace(said, findings=(Finding.OTHER_KIND, *said.findings))
    return said if number[:2] in PROVINCES else replace(said, warnings=(Warned.REGION,))


def _misshapen(number: str) -> Finding | None:
    if len(number) == OLD_LENGTH and number.isascii() and number.isdigit():
        return Finding.OLD
    return document_reading.misshapen(number)
