"""Take certificates back, by two officers of a province or the nation; nothing is deleted.

One proposes with a reason, another countersigns or declines. Rules: docs/rules/revocation.md.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import countersigning, refusals, snapshots, standing
from yanxiu.training.certificates.models import (
    Certificate,
    Objection,
    Revocation,
    RevocationProposal,
)
from yanxiu.training.notices import notes
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries


def against_proposing(
    certificate: Certificate, *, held: list[Officer], by: Person
) -> Refused | None:
    """Return why this officer may not propose to take it back, or None; asks nothing."""
    if not scopes.certificates.may("revoke", held, certificate):
        return refusals.NotTop()
    if certificate.person_id == by.id:
        return refusals.OwnCertificate()
    return None if standing.state(certificate) == "valid" else refusals.NotRevocable()


def against_answering(
    proposal: RevocationProposal, *, held: list[Officer], by: Person
) -> Refused | None:
    """Return why this officer may not countersign or decline, or None where she may."""
    if not scopes.revocation_proposals.may("countersign", held, proposal):
        return refusals.NotTop()
    if proposal.certificate.person_id == by.id:
        return refusals.OwnCertificate()
    return refusals.SamePerson() if proposal.by_id == by.id else None


def propose(
    certificate: Certificate,
    *,
    held: list[Officer],
    no: tuple[str, str],
    by: Person,
    at: datetime,
) -> RevocationProposal:
    """Propose to take a valid certificate back; `no` is the class of reason and a sentence.

    Raises what stands against it, or `AlreadyProposed`.
    """
    reason, sentence = no
    with transaction.atomic():
        fresh = countersigning.alone(certificate)
        countersigning.check(against_proposing(fresh, held=held, by=by))
        try:
            with transaction.atomic():
                proposal = RevocationProposal.objects.create(
                    certificate=fresh, reason=reason, sentence=sentence, by_id=by.id, at=at
                )
        except IntegrityError as error:
            raise refusals.AlreadyProposed from error
        _note("revocation_proposed", proposal, by=by, at=at)
    return proposal


def withdraw(proposal: RevocationProposal, *, by: Person, at: datetime) -> None:
    """Take one's own proposal back; raises `NotProposer` or `AlreadySettled`."""
    with transaction.atomic():
        fresh = _open(proposal)
        countersigning.check(refusals.NotProposer() if fresh.by_id != by.id else None)
        _close(fresh, at=at)
        _note("revocation_withdrawn", fresh, by=by, at=at)


def countersign(
    proposal: RevocationProposal, *, held: list[Officer], by: Person, at: datetime
) -> Revocation:
    """Take the certificate back and tell its holder, in one transaction.

    Raises what stands against it, `AlreadySettled`, or `NotRevocable` where a later edition has
    taken the certificate's place meanwhile.
    """
    with transaction.atomic():
        fresh = _open(proposal)
        countersigning.check(against_answering(fresh, held=held, by=by))
        if standing.state(fresh.certificate) != "valid":
            raise refusals.NotRevocable
        revocation = Revocation.objects.create(
            certificate=fresh.certificate, proposal=fresh, countersigned_by_id=by.id, at=at
        )
        _note("certificate_revoked", fresh, by=by, at=at)
        _tell(fresh, at=at)
    return revocation


def decline(
    proposal: RevocationProposal, *, held: list[Officer], sentence: str, by: Person, at: datetime
) -> None:
    """Let the certificate stand, with a reason; raises what stands against it."""
    with transaction.atomic():
        fresh = _open(proposal)
        countersigning.check(against_answering(fresh, held=held, by=by))
        Objection.objects.create(proposal=fresh, sentence=sentence, by_id=by.id, at=at)
        _close(fresh, at=at)
        _note("revocation_declined", fresh, by=by, at=at)


def _open(proposal: RevocationProposal) -> RevocationProposal:
    """Return a proposal that nobody has answered, while nobody else can; raise `AlreadySettled`."""
    certificate = countersigning.alone(proposal.certificate)
    fresh = RevocationProposal.objects.get(pk=proposal.pk)
    fresh.certificate = certificate
    settled_at = fresh.withdrawn_at
    if hasattr(certificate, "revocation"):
        settled_at = certificate.revocation.at
    countersigning.check(countersigning.settled(settled_at) if settled_at else None)
    return fresh


def _close(proposal: RevocationProposal, *, at: datetime) -> None:
    RevocationProposal.objects.filter(pk=proposal.pk, withdrawn_at=None).update(withdrawn_at=at)


def _note(verb: str, proposal: RevocationProposal, *, by: Person, at: datetime) -> None:
    certificate = proposal.certificate
    entries.record(
        verb,
        subject=("certificate", certificate.id),
        by=by.id,
        at=at,
        detail={
            "number": certificate.number,
            "edition": certificate.edition,
            "reason": proposal.reason,
            "proposal": str(proposal.id),
        },
        path=certificate.path,
    )


def _tell(proposal: RevocationProposal, *, at: datetime) -> None:
    certificate = proposal.certificate
    facts = {
        "training": snapshots.of(certificate).training_title,
        "reason": RevocationProposal.Reason(proposal.reason).label,
    }
    notes.tell(
        certificate.person_id, "certificate_revoked", facts=facts, link="/me/certificates/", at=at
    )
