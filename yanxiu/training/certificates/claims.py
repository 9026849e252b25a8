"""Let whoever checks a valid certificate ask whether it is this person's, and learn no more.

She brings the name or the last digits herself; the answer is yes or no.
Rules: docs/rules/checking.md.
"""

import hmac
import re
import unicodedata
from datetime import datetime

from yanxiu.foundation import ciphers
from yanxiu.training.certificates import guessing, refusals, snapshots, verifying
from yanxiu.training.certificates.models import Guess
from yanxiu.training.people import names

DIGITS = range(4, 7)

# No name holds a digit, so that what does is the end of a number, which may hold letters.
_TAIL = re.compile(rf"(?=.*[0-9])[0-9A-Z]{{{DIGITS[0]},{DIGITS[-1]}}}", re.ASCII)


def read(text: str) -> str:
    """Return a claim in normal form, a name or the end of a number; raise `NoClaim`."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if _TAIL.fullmatch(plain):
        return plain
    reading = names.read(text)
    if reading.finding:
        raise refusals.NoClaim
    return reading.name


def fits(token: str, claim: str, *, at: datetime) -> bool:
    """Tell whether a claim that `read` returned is true of the holder of this token's certificate.

    Raises `NotClaimable` for what is not valid, `TooManyClaims` after five wrong ones a day.
    """
    certificate = verifying.recorded().filter(token=token).first()
    told = verifying.answer(certificate)
    if certificate is None or told is None or told.state is not verifying.State.VALID:
        raise refusals.NotClaimable
    guess = guessing.begin(Guess.Kind.CLAIM, str(certificate.id), at=at)
    said = snapshots.of(certificate)
    # Both are compared, whichever was given, so that no answer takes longer than another.
    is_name = _same(claim, names.normalise(said.holder_name))
    is_tail = _same(claim, said.document_number[-len(claim) :].upper())
    if is_name | is_tail:
        guessing.was_right(guess)
        return True
    return False


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(_print(one), _print(other))


def _print(text: str) -> bytes:
    return ciphers.fingerprint(text, purpose="claim")
