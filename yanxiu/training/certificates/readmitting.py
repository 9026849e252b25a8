"""Readmit the holder of a revoked certificate, by two officers who had no part in revoking it.

She confirms the next edition herself; the revoked one stays. Rules: docs/rules/revocation.md.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.certificates import (
    announcements,
    countersigning,
    refusals,
    snapshots,
    standing,
)
from yanxiu.training.certificates.models import (
    Certificate,
    Readmission,
    ReadmissionObjection,
    ReadmissionProposal,
    Revocation,
)
from yanxiu.training.notices import notes
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries


def against_proposing(
    certificate: Certificate, *, held: list[Officer], by: Person
) -> Refused | None:
    """Return why this officer may not propose it, or None; asks nothing."""
    if not scopes.certificates.may("readmit", held, certificate):
        return refusals.NotTop()
    if standing.state(certificate) != "revoked" or _readmitted(certificate.revocation):
        return refusals.NotReadmittable()
    return _against(certificate.revocation, by)


def against_answering(
    proposal: ReadmissionProposal, *, held: list[Officer], by: Person
) -> Refused | None:
    """Return why this officer may not countersign or decline, or None where she may."""
    if not scopes.readmission_proposals.may("countersign", held, proposal):
        return refusals.NotTop()
    barred = _against(proposal.revocation, by)
    return refusals.SamePerson() if not barred and proposal.by_id == by.id else barred


def propose(
    certificate: Certificate, *, held: list[Officer], sentence: str, by: Person, at: datetime
) -> ReadmissionProposal:
    """Propose to let the holder of a revoked certificate have one again.

    Raises what stands against it, or `ReadmissionAlreadyProposed`.
    """
    with transaction.atomic():
        fresh = countersigning.alone(certificate)
        countersigning.check(against_proposing(fresh, held=held, by=by))
        _check_newest(fresh)
        try:
            with transaction.atomic():
                proposal = ReadmissionProposal.objects.create(
                    revocation=fresh.revocation, sentence=sentence, by_id=by.id, at=at
                )
        except IntegrityError as error:
            raise refusals.ReadmissionAlreadyProposed from error
        _note("readmission_proposed", proposal, by=by, at=at)
    return proposal


def withdraw(proposal: ReadmissionProposal, *, by: Person, at: datetime) -> None:
    """Take one's own proposal back; raises `NotProposer` or `AlreadySettled`."""
    with transaction.atomic():
        fresh = _open(proposal)
        countersigning.check(refusals.NotProposer() if fresh.by_id != by.id else None)
        _close(fresh, at=at)
        _note("readmission_withdrawn", fresh, by=by, at=at)


def countersign(
    proposal: ReadmissionProposal, *, held: list[Officer], by: Person, at: datetime
) -> Readmission:
    """Readmit the holder and tell her, in one transaction.

    Raises what stands against it, or `AlreadySettled`.
    """
    with transaction.atomic():
        fresh = _open(proposal)
        countersigning.check(against_answering(fresh, held=held, by=by))
        _check_newest(fresh.revocation.certificate)
        readmission = Readmission.objects.create(
            revocation=fresh.revocation, proposal=fresh, countersigned_by_id=by.id, at=at
        )
        _note("certificate_readmitted", fresh, by=by, at=at)
        _tell(fresh.revocation.certificate, at=at)
    return readmission


def decline(
    proposal: ReadmissionProposal, *, held: list[Officer], sentence: str, by: Person, at: datetime
) -> None:
    """Leave it at the revocation, with a reason; raises what stands against it."""
    with transaction.atomic():
        fresh = _open(proposal)
        countersigning.check(against_answering(fresh, held=held, by=by))
        ReadmissionObjection.objects.create(proposal=fresh, sentence=sentence, by_id=by.id, at=at)
        _close(fresh, at=at)
        _note("readmission_declined", fresh, by=by, at=at)


def _against(revocation: Revocation, by: Person) -> Refused | None:
    """Return why this officer may have no part in it, whatever the part."""
    if revocation.certificate.person_id == by.id:
        return refusals.OwnCertificate()
    had_part = by.id in (revocation.proposal.by_id, revocation.countersigned_by_id)
    return refusals.HadPart() if had_part else None


def _readmitted(revocation: Revocation) -> Readmission | None:
    return getattr(revocation, "readmission", None)


def _check_newest(certificate: Certificate) -> None:
    if standing.editions(certificate)[0] != certificate:
        raise refusals.NotReadmittable


def _open(proposal: ReadmissionProposal) -> ReadmissionProposal:
    """Return a proposal that nobody has answered, while nobody else can; raise `AlreadySettled`."""
    certificate = countersigning.alone(proposal.revocation.certificate)
    fresh = ReadmissionProposal.objects.get(pk=proposal.pk)
    fresh.revocation = certificate.revocation
    readmission = _readmitted(certificate.revocation)
    settled_at = readmission.at if readmission else fresh.withdrawn_at
    countersigning.check(countersigning.settled(settled_at) if settled_at else None)
    return fresh


def _close(proposal: ReadmissionProposal, *, at: datetime) -> None:
    open_ones = ReadmissionProposal.objects.filter(pk=proposal.pk, withdrawn_at=None)
    open_ones.update(withdrawn_at=at)


def _note(verb: str, proposal: ReadmissionProposal, *, by: Person, at: datetime) -> None:
    certificate = proposal.revocation.certificate
    detail = {
        "number": certificate.number,
        "edition": certificate.edition,
        "proposal": str(proposal.id),
    }
    subject = ("certificate", certificate.id)
    entries.record(verb, subject=subject, by=by.id, at=at, detail=detail, path=certificate.path)


def _tell(certificate: Certificate, *, at: datetime) -> None:
    """Tell her, so that nobody else has to, and lead her to where she confirms."""
    person_id, training_id = certificate.person_id, certificate.training_id
    announcements.note(training_id, [person_id], at=at)
    found = trainings.several([training_id])
    link = reverse("certificate", args=[found[0].training.slug]) if found else ""
    facts = {"training": snapshots.of(certificate).training_title}
    notes.tell(
        person_id,
        "certificate_readmitted",
        facts=facts,
        link=link or reverse("my_certificates"),
        at=at,
    )
