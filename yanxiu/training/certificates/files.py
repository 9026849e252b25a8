"""Compare a PDF that somebody holds with the one that the platform has signed and kept.

The file is looked at and forgotten. Rules: docs/rules/checking.md.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.serialization import Encoding

from yanxiu.foundation.pdfs import reading
from yanxiu.foundation.pdfs.finding import Finding, Kind, Trust
from yanxiu.training.certificates import guessing, refusals, signers, verifying
from yanxiu.training.certificates.models import Guess, Signer
from yanxiu.training.certificates.verifying import Answer

_HEAD = 1024


class Match(StrEnum):
    """Name how a file compares with the archive."""

    SAME = "same"
    ALTERED = "altered"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold how a file compares, and what is true of the certificate where the file proves which."""

    match: Match
    told: Answer | None


def compare(file: bytes, *, network: str, at: datetime) -> Comparison:
    """Return how a file compares with the archive; it is read by a process with little to lose.

    Raises `FileTooLarge`, `NoPdf`, `LockedPdf`, or `TooManyGuesses` after many strange files.
    """
    if len(file) > reading.BYTES_MOST:
        raise refusals.FileTooLarge
    if b"%PDF-" not in file[:_HEAD]:
        raise refusals.NoPdf
    told = _archived(hashlib.sha256(file).digest())
    if told:
        return Comparison(Match.SAME, told)
    guess = guessing.begin(Guess.Kind.FILE, network, at=at)
    found = reading.look(file, _trust())
    if found.kind is Kind.LOCKED:
        raise refusals.LockedPdf
    compared = _compared(found)
    if compared.match is Match.SAME:
        guessing.was_right(guess)
    return compared


def _compared(found: Finding) -> Comparison:
    """Say what a finding means. Only what a signature proves may name a certificate."""
    if found.kind is Kind.WHOLE:
        told = _named(found.keywords)
        return Comparison(Match.SAME if told else Match.ALTERED, told)
    if found.kind is Kind.ALTERED:
        # Something was put behind the signed bytes: those still say which paper it was.
        return Comparison(Match.ALTERED, _archived(bytes.fromhex(found.signed)))
    return Comparison(Match.FOREIGN, None)


def _archived(digest: bytes) -> Answer | None:
    return verifying.answer(verifying.recorded().filter(paper__sha256=digest).first())


def _named(keywords: str) -> Answer | None:
    number = keywords.rpartition(",")[2].strip()
    return verifying.answer(verifying.recorded().filter(number=number).first())


def _trust() -> Trust:
    """Return all who ever signed here, and the roots that vouch for them."""
    known = list(Signer.objects.order_by("made_at", "fingerprint"))
    roots = [signers.chain(each)[-1].public_bytes(Encoding.DER).hex() for each in known]
    return Trust(roots=roots, signers=[each.fingerprint for each in known])
