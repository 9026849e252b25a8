"""Read a student's number of the national register (全国学籍号).

Nineteen characters: G and the number of her resident card, or L or J and a number given for the
time being. Pure. source: docs/rules/personas.md
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from yanxiu.training.people import document_reading

LENGTH = 19
BY_CARD = "G"
_SHAPE = re.compile(r"[GLJ][0-9]{17}[0-9X]")


class Finding(StrEnum):
    """Name what is wrong with a number."""

    MISSING = "missing"
    SHAPE = "shape"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a number in its normal form, and what is wrong with it."""

    number: str
    finding: Finding | None


def read(text: str) -> Reading:
    """Return the number without spaces, in half-width capitals, and the first thing wrong."""
    number, wrong = document_reading.begin(text)
    if not number:
        is_long = wrong is document_reading.Finding.LENGTH
        return Reading("", Finding.SHAPE if is_long else Finding.MISSING)
    if not _SHAPE.fullmatch(number):
        return Reading(number, Finding.SHAPE)
    is_wrong = number.startswith(BY_CARD) and not document_reading.checks(number[1:])
    return Reading(number, Finding.CHECK_DIGIT if is_wrong else None)
