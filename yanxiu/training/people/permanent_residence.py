"""Read numbers of foreigners' permanent residence cards, of both forms that are valid.

Cards of 2023 and later bear eighteen characters: 9, where it was asked for (2), the country as
number (3), date of birth (8), order (3), check (ISO 7064 MOD 11-2). Older ones bear three letters
for the country and twelve digits; how their last digit is computed has not been published, so any
is taken. Source: 国家移民管理局, 新版外国人永久居留身份证机读信息规则 (2023).
"""

import re
from datetime import date

from yanxiu.training.people import document_reading
from yanxiu.training.people.document_reading import Finding, Reading

FIRST = "9"
OLD_LENGTH = 15
_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")
# Whoever is Chinese has no such card.
_HERE = "CHN"


def read(text: str, *, on: date) -> Reading:
    """Return what the number says and what is wrong with it on the day `on`."""
    number, wrong = document_reading.begin(text)
    if len(number) == OLD_LENGTH:
        return _old(number)
    wrong = wrong or document_reading.misshapen(number)
    if wrong:
        return Reading(number, (wrong,))
    if not number.startswith(FIRST):
        return Reading(number, (Finding.OTHER_KIND,))
    return document_reading.dated(number, on=on)


def _old(number: str) -> Reading:
    if not _OLD.fullmatch(number):
        return Reading(number, (Finding.LETTERS,))
    return Reading(number, (Finding.OTHER_KIND,) if number.startswith(_HERE) else ())
