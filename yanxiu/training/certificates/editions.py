"""Write editions of certificates down: numbered without a gap, one after the other for a person."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from yanxiu.foundation import ids, paper
from yanxiu.training.certificates import numbering, refusals, snapshots
from yanxiu.training.certificates.models import Certificate, Supersession, Unsigned
from yanxiu.training.certificates.snapshots import Snapshot
from yanxiu.training.people import turns
from yanxiu.training.trail import entries


def alone(person_id: UUID) -> None:
    """Let nobody else make editions for this person until the transaction ends.

    Whoever confirms a hundred times waits here, so that no number is taken and thrown away.
    """
    turns.wait(f"certificates:{person_id}")


def first(
    person_id: UUID, training_id: UUID, told: Snapshot, *, prefix: str, at: datetime
) -> Certificate:
    """Issue edition 1; raises `Unprintable` where no font can show it, before a number is taken."""
    edition = Certificate(person_id=person_id, training_id=training_id, edition=1)
    return _confirmed(edition, told, prefix=prefix, at=at)


def again(revoked: Certificate, told: Snapshot, *, prefix: str, at: datetime) -> Certificate:
    """Issue the edition after one that stays revoked; raises `Unprintable` as `first` does."""
    edition = Certificate(
        person_id=revoked.person_id, training_id=revoked.training_id, edition=revoked.edition + 1
    )
    return _confirmed(edition, told, prefix=prefix, at=at)


def following(
    before: Certificate, told: Snapshot, *, cause: str, by: UUID, at: datetime
) -> Certificate:
    """Issue the next edition in place of the newest; raises `Unprintable` as `first` does."""
    edition = Certificate(
        person_id=before.person_id, training_id=before.training_id, edition=before.edition + 1
    )
    prefix = before.number.partition("-")[0]
    certificate = _written(edition, told, prefix=prefix, at=at)
    Supersession.objects.create(old=before, new=certificate, cause=cause, at=at)
    detail = {"number": certificate.number, "edition": certificate.edition, "cause": cause}
    _note("certificate_reissued", certificate, detail, by=by, at=at)
    return certificate


def _confirmed(edition: Certificate, told: Snapshot, *, prefix: str, at: datetime) -> Certificate:
    certificate = _written(edition, told, prefix=prefix, at=at)
    detail = {"number": certificate.number, "edition": certificate.edition}
    _note("certificate_issued", certificate, detail, by=certificate.person_id, at=at)
    return certificate


def _written(edition: Certificate, told: Snapshot, *, prefix: str, at: datetime) -> Certificate:
    missing = paper.lacks_glyphs(told.holder_name + told.school_name)
    if missing:
        raise refusals.Unprintable(characters=missing)
    certificate = Certificate.objects.create(
        person_id=edition.person_id,
        training_id=edition.training_id,
        edition=edition.edition,
        number=numbering.number(prefix, _next_serial(prefix)),
        token=ids.token(),
        check_code=numbering.check_code(),
        issued_at=at,
        sealed=snapshots.sealed(told),
        path=told.school_path,
    )
    Unsigned.objects.create(certificate=certificate, due_at=at)
    return certificate


def _note(
    verb: str, certificate: Certificate, detail: dict[str, object], *, by: UUID, at: datetime
) -> None:
    subject = ("certificate", certificate.id)
    entries.record(verb, subject=subject, by=by, at=at, detail=detail, path=certificate.path)


def _next_serial(prefix: str) -> int:
    # The row is locked until the transaction ends: a number that is not issued is not taken.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO certificates_serial (prefix, last) VALUES (%s, 1)"
            " ON CONFLICT (prefix) DO UPDATE SET last = certificates_serial.last + 1"
            " RETURNING last",
            [prefix],
        )
        return int(cursor.fetchone()[0])
