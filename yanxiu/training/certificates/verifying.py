"""Answer whether a paper is true, without telling anything private."""

from dataclasses import dataclass
from datetime import datetime

from yanxiu.training.catalogue.models import Training
from yanxiu.training.certificates import numbering
from yanxiu.training.certificates.models import Certificate


@dataclass(frozen=True, slots=True)
class Answer:
    """Say what anyone may know of a valid certificate."""

    number: str
    training_title: str
    authority: str
    issued_at: datetime
    edition: int


def by_token(token: str) -> Answer | None:
    """Answer for the token of a QR code; None is unknown."""
    return _answer(Certificate.objects.filter(token=token).first())


def by_number(number: str, check_code: str) -> Answer | None:
    """Answer for a number and the check code beside it; None is unknown, whichever is wrong."""
    found = Certificate.objects.filter(
        number=numbering.normalise(number), check_code=numbering.normalise_code(check_code)
    )
    return _answer(found.first())


def _answer(certificate: Certificate | None) -> Answer | None:
    if certificate is None:
        return None
    training = Training.objects.get(pk=certificate.training_id)
    return Answer(
        number=certificate.number,
        training_title=training.title,
        authority=training.authority,
        issued_at=certificate.issued_at,
        edition=certificate.edition,
    )
