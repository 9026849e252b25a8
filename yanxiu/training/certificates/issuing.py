"""Issue certificates: each once, as an immutable snapshot of what was true."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from yanxiu.foundation import ciphers, ids, paper
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import numbering, refusals, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.credits import hours
from yanxiu.training.people import identities
from yanxiu.training.trail import entries

PURPOSE = "certificate"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold all that a paper says; `digest` changes with any of it."""

    holder_name: str
    document_kind: str
    document_number: str
    identity_version: int
    training_title: str
    authority: str
    school_name: str
    enrolled_at: str
    completed_at: str
    hours: str
    courses: list[list[str]]
    rulebook_version: int

    @property
    def digest(self) -> str:
        """Return a fingerprint of the data, for the form that confirms exactly these."""
        return hashlib.sha256(_written(self)).hexdigest()


def draft(person_id: UUID, outline: Outline, *, at: datetime) -> Snapshot:
    """Return what the certificate would say now; raise `NotDue` with every reason otherwise."""
    return drafted(standing.read(person_id, outline, at=at))


def drafted(way: standing.Way) -> Snapshot:
    """Return what the certificate at the end of this way would say; raise `NotDue` otherwise."""
    if way.reasons or not (way.enrolment and way.post and way.post.verification):
        raise refusals.NotDue(reasons=_("，").join(reason_words(r.code) for r in way.reasons))
    walked, identity = way.progress, way.post.verification.identity
    outline = walked.outline
    per_hour = outline.rulebook.seconds_per_credit_hour
    completed_at = walked.completed_at or way.enrolment.enrolled_at
    return Snapshot(
        holder_name=identity.name,
        document_kind=identity.get_document_kind_display(),
        document_number=identities.number(identity),
        identity_version=identity.version,
        training_title=outline.training.title,
        authority=outline.training.authority,
        school_name=way.post.post.school.name,
        enrolled_at=way.enrolment.enrolled_at.isoformat(),
        completed_at=completed_at.isoformat(),
        hours=hours.text(walked.recognised_s, seconds_per_hour=per_hour),
        courses=[
            [c.offer.title, hours.text(c.tally.recognised_s, seconds_per_hour=per_hour)]
            for c in walked.courses
        ],
        rulebook_version=outline.rulebook.version,
    )


def issue(person_id: UUID, outline: Outline, *, seen: str, at: datetime) -> Certificate:
    """Issue edition 1 of what was `seen` (a draft's digest); the same again gives the same paper.

    Raises `NotDue`, `ChangedSincePreview` where the data are no longer those seen, or
    `Unprintable` where no font can show them.
    """
    with transaction.atomic():
        _alone(person_id, outline.training.id)
        way = standing.read(person_id, outline, at=at)
        if way.certificate:
            return way.certificate
        snapshot = drafted(way)
        if snapshot.digest != seen:
            raise refusals.ChangedSincePreview
        _check_glyphs(snapshot)
        path = way.post.post.school.path if way.post else ""
        return _written_down(person_id, outline, snapshot, path=path, at=at)


def snapshot(certificate: Certificate) -> Snapshot:
    """Return what a certificate says."""
    return Snapshot(**json.loads(ciphers.unseal(certificate.sealed, purpose=PURPOSE)))


def reason_words(code: str) -> str:
    """Return a reason in a few words."""
    words = {
        "not_enrolled": _("还没有报名"),
        "hours_missing": _("认定学时还不够"),
        "not_verified": _("身份尚未经学校管理员审核通过"),
        "before_release": _("还没有到发放日期"),
    }
    return words[code]


def _alone(person_id: UUID, training_id: UUID) -> None:
    # Whoever confirms a hundred times waits here, so that no number is taken and thrown away.
    with connection.cursor() as cursor:
        key = f"certificate:{person_id}:{training_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _check_glyphs(snapshot: Snapshot) -> None:
    missing = paper.lacks_glyphs(snapshot.holder_name + snapshot.school_name)
    if missing:
        raise refusals.Unprintable(characters=missing)


def _written_down(
    person_id: UUID, outline: Outline, snapshot: Snapshot, *, path: str, at: datetime
) -> Certificate:
    prefix = outline.training.number_prefix
    certificate = Certificate.objects.create(
        person_id=person_id,
        training_id=outline.training.id,
        edition=1,
        number=numbering.number(prefix, _next_serial(prefix)),
        token=ids.token(),
        check_code=numbering.check_code(),
        issued_at=at,
        sealed=ciphers.seal(_written(snapshot), purpose=PURPOSE),
        path=path,
    )
    entries.record(
        "certificate_issued",
        subject=("certificate", certificate.id),
        by=person_id,
        at=at,
        detail={"number": certificate.number, "edition": 1},
    )
    return certificate


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


def _written(snapshot: Snapshot) -> bytes:
    facts = {name: getattr(snapshot, name) for name in Snapshot.__dataclass_fields__}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
