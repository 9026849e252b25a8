"""Make and check certificate numbers like 2025SQ-0001-2345-679, and the check codes beside them.

A number is the training's prefix, a serial of ten digits and one check character. The check is the
pure system of ISO/IEC 7064 over the prime 31 with the radix 3, as GB 32100-2015 uses it for the
codes of organisations: every wrong character and every exchange of two is caught.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

# 31 characters: no letter that is read as another sign (I, L, O, U, Z), and a prime number of them.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
RADIX = 3
PREFIX_LENGTHS = range(2, 9)
SERIAL_DIGITS = 10
CODE_LENGTH = 8

_LOOK_ALIKES = str.maketrans("ILOUZ", "110V2")
_SLIPS = ("0D", "0Q", "17", "5S", "6G", "8B")
_FILLING = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212\u30fc\ufe58\ufe63_.·]+")
_PREFIX = re.compile(rf"[{ALPHABET}]{{2,8}}")
_NUMBER = re.compile(rf"([{ALPHABET}]{{2,8}})(\d{{4}})(\d{{4}})(\d\d[{ALPHABET}])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """Tell what keeps a number from being well-formed; `position` counts from 1 without dashes."""

    position: int | None


def number(prefix: str, serial: int) -> str:
    """Return the certificate number; raise ValueError for a prefix or serial that cannot stand."""
    if not _PREFIX.fullmatch(prefix):
        msg = f"a prefix is 2 to 8 of {ALPHABET}, not {prefix!r}"
        raise ValueError(msg)
    if not 0 <= serial < 10**SERIAL_DIGITS:
        msg = f"a serial has {SERIAL_DIGITS} digits, not {serial!r}"
        raise ValueError(msg)
    body = f"{prefix}{serial:0{SERIAL_DIGITS}d}"
    return normalise(body + _check(body))


def normalise(text: str) -> str:
    """Return the number as we print it, whatever the case, width, spaces, dashes, O or 0."""
    plain = _plain(text)
    found = _NUMBER.fullmatch(plain)
    return "-".join(found.groups()) if found else plain


def is_wellformed(text: str) -> bool:
    """Tell whether the text can be a number of ours: right shape and right check character."""
    plain = _plain(text)
    return bool(_NUMBER.fullmatch(plain)) and _sum(plain) == 1


def fault(text: str) -> Fault | None:
    """Return where the number is wrong, or None when it is well-formed.

    The place is known for a sign that cannot stand there, and guessed where exactly one exchange
    of neighbours, or else exactly one sign taken for its look-alike, explains everything.
    """
    plain = _plain(text)
    if not _NUMBER.fullmatch(plain):
        return Fault(_misfit(plain))
    if _sum(plain) == 1:
        return None
    for repairs in (_swaps(plain), _exchanges(plain)):
        places = [place for place, repaired in repairs if is_wellformed(repaired)]
        if places:
            return Fault(places[0] if len(places) == 1 else None)
    return Fault(None)


def check_code() -> str:
    """Return a fresh random check code like K7QM-3R8D: 31^8 possibilities."""
    return normalise_code("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def normalise_code(text: str) -> str:
    """Return a check code as we print it; what cannot be one comes back plain."""
    plain = _plain(text)
    half = CODE_LENGTH // 2
    return f"{plain[:half]}-{plain[half:]}" if len(plain) == CODE_LENGTH else plain


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    return _FILLING.sub("", folded).translate(_LOOK_ALIKES)


def _sum(plain: str) -> int:
    weight, total = 1, 0
    for character in reversed(plain):
        total += weight * ALPHABET.index(character)
        weight = weight * RADIX % len(ALPHABET)
    return total % len(ALPHABET)


def _check(body: str) -> str:
    return ALPHABET[(1 - _sum(body + "0")) % len(ALPHABET)]


def _misfit(plain: str) -> int | None:
    prefix = len(plain) - 1 - SERIAL_DIGITS
    digits = range(prefix, len(plain) - 1) if prefix in PREFIX_LENGTHS else range(0)
    for place, character in enumerate(plain):
        if character not in (ALPHABET[:10] if place in digits else ALPHABET):
            return place + 1
    return None


def _swaps(plain: str) -> list[tuple[int, str]]:
    return [
        (place, plain[: place - 1] + plain[place] + plain[place - 1] + plain[place + 1 :])
        for place in range(1, len(plain))
    ]


def _exchanges(plain: str) -> list[tuple[int, str]]:
    return [
        (place, plain[: place - 1] + pair.replace(character, "") + plain[place:])
        for place, character in enumerate(plain, 1)
        for pair in _SLIPS
        if character in pair
    ]
