"""Read mainland mobile numbers as people write them."""

import re
import unicodedata
from uuid import UUID

# Source: the numbering plan of mainland China, mobile numbers are 11 digits from 13 to 19.
MOBILE = re.compile(r"1[3-9]\d{9}")
# What stands between the digits, seen or not: address books copy marks of direction with a number.
FILLING = re.compile(r"[\s\-()\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\ufeff]")
# Nobody writes a number longer than this; far longer texts take long to bring into one form.
LENGTH_MOST = 60
# No mobile number begins like this, so that it is nobody's.
NOBODYS = "0"
DIGITS = 11
FOREIGN = re.compile(r"\+(?!86)|00(?!86)")


class NotElevenDigits(ValueError):
    """Tell that a text is no mobile number."""


class NotMainland(ValueError):
    """Tell that a number belongs to another country or region."""


def normalise(text: str) -> str:
    """Return the 11 digits; takes +86, spaces, dashes and full-width digits."""
    if len(text) > LENGTH_MOST:
        raise NotElevenDigits
    plain = FILLING.sub("", unicodedata.normalize("NFKC", text))
    if FOREIGN.match(plain):
        raise NotMainland
    plain = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", plain)
    if not (plain.isascii() and MOBILE.fullmatch(plain)):
        raise NotElevenDigits
    return plain


def nobodys(identifier: UUID) -> str:
    """Return what stands where an account has no number: unlike any number, unlike any other."""
    return NOBODYS + identifier.hex[1 - DIGITS :]


def is_nobodys(phone: str) -> bool:
    """Tell whether only `nobodys` stands there."""
    return phone.startswith(NOBODYS)
