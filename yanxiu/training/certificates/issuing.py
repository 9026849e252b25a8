"""Issue certificates: each once, as an immutable snapshot of what was true."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yanxiu.foundation.facts import kept
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import (
    editions,
    reason_words,
    refusals,
    snapshots,
    standing,
    unset,
)
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.certificates.snapshots import Snapshot
from yanxiu.training.credits import hours
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity


def draft(person_id: UUID, outline: Outline, *, at: datetime) -> Snapshot:
    """Return what the certificate would say now; raise `NotDue` with every reason otherwise."""
    return drafted(standing.read(person_id, outline, at=at), at=at)


def drafted(way: standing.Way, *, at: datetime) -> Snapshot:
    """Return what the certificate at the end of this way would say; raise `NotDue` otherwise."""
    if way.reasons or not (way.enrolment and way.post and way.post.verification):
        raise refusals.NotDue(reasons=reason_words.all_of(way, at=at))
    walked, identity, school = way.progress, way.post.verification.identity, way.post.post.school
    outline = walked.outline
    per_hour = outline.rulebook.seconds_per_credit_hour
    completed_at = walked.completed_at or way.enrolment.enrolled_at
    return Snapshot(
        holder_name=identity.name,
        document_kind=kept(Identity.Document(identity.document_kind).label),
        document_number=identities.number(identity),
        identity_version=identity.version,
        training_title=outline.training.title,
        authority=outline.training.authority,
        school_name=school.name,
        enrolled_at=way.enrolment.enrolled_at.isoformat(),
        completed_at=completed_at.isoformat(),
        hours=hours.text(walked.recognised_s, seconds_per_hour=per_hour),
        courses=[
            [c.offer.title, hours.text(c.tally.recognised_s, seconds_per_hour=per_hour)]
            for c in walked.courses
        ],
        rulebook_version=outline.rulebook.version,
        school_id=str(school.id),
        school_path=school.path,
        serves=outline.training.serves,
    )


def issue(person_id: UUID, outline: Outline, *, seen: str, at: datetime) -> Certificate:
    """Issue what was `seen` (a draft's digest); the same again gives the same paper.

    It is edition 1, or the one after an edition that was revoked, once she is readmitted.

    Raises `NotDue`, `ChangedSincePreview` with what differs, or `Unprintable`: then the certificate
    is queued until a font can show it.
    """
    try:
        return _issue(person_id, outline, seen, at)
    except refusals.Unprintable as refused:
        missing = str(refused.facts["characters"])
        unset.queue(person_id, outline.training.id, missing, seen=seen, at=at)
        raise


@transaction.atomic
def _issue(person_id: UUID, outline: Outline, seen: str, at: datetime) -> Certificate:
    editions.alone(person_id)
    way = standing.read(person_id, outline, at=at)
    if way.certificate:
        return way.certificate
    told = drafted(way, at=at)
    if told.digest != seen:
        raise refusals.changed(snapshots.differences(told, seen))
    training = outline.training
    if way.readmitted:
        return editions.again(way.readmitted, told, prefix=training.number_prefix, at=at)
    return editions.first(person_id, training.id, told, prefix=training.number_prefix, at=at)
