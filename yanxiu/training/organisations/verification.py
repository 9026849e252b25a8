"""Ask a school to confirm its teacher, and answer."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import refusals
from yanxiu.training.organisations.models import Decision, Officer, Post, Verification
from yanxiu.training.people import masking
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries


@transaction.atomic
def request(post: Post, identity: Identity, *, by: Person, at: datetime) -> Verification:
    """Ask the post's school to confirm this identity; replaces a request that still waits."""
    waiting = Verification.objects.filter(post=post, decision=None, withdrawn_at=None)
    same = waiting.filter(identity=identity).first()
    if same:
        return same
    waiting.update(withdrawn_at=at)
    asked = Verification.objects.create(
        post=post, identity=identity, requested_at=at, rises_at=at + patience()
    )
    entries.record("verification_requested", subject=("verification", asked.id), by=by.id, at=at)
    return asked


def patience() -> timedelta:
    """Return how long a case waits for its school before the county may answer it too."""
    return timedelta(days=settings.YANXIU_CASE_DAYS)


def approve(verification: Verification, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Confirm the teacher; raises a named refusal where this officer or this moment may not."""
    _decide(verification, held=held, by=by, at=at, outcome=Decision.Outcome.APPROVED)


def reject(
    verification: Verification,
    *,
    held: list[Officer],
    reason: str,
    sentence: str,
    by: Person,
    at: datetime,
) -> None:
    """Say no with a coded reason and, where that does not say it all, a sentence."""
    if reason not in Decision.Reason.values or (
        reason == Decision.Reason.OTHER and not sentence.strip()
    ):
        raise refusals.ReasonMissing
    outcome = Decision.Outcome.REJECTED
    _decide(
        verification, held=held, by=by, at=at, outcome=outcome, reason=reason, sentence=sentence
    )


def against(verification: Verification, *, held: list[Officer], by: Person) -> Refused | None:
    """Return why this person may not answer the request, or None where she may."""
    if not any(grant.school_id == verification.post.school_id for grant in held):
        return refusals.NotSchoolOfficer()
    return refusals.OwnVerification() if verification.post.person_id == by.id else None


def _decide(  # noqa: PLR0913 - one row's worth of facts
    verification: Verification,
    *,
    held: list[Officer],
    by: Person,
    at: datetime,
    outcome: str,
    reason: str = "",
    sentence: str = "",
) -> None:
    refusal = against(verification, held=held, by=by)
    if refusal:
        raise refusal
    try:
        with transaction.atomic():
            _still_asked(verification)
            Decision.objects.create(
                verification=verification,
                outcome=outcome,
                reason=reason,
                sentence=sentence.strip(),
                level=Officer.Level.SCHOOL,
                by=by,
                at=at,
            )
            entries.record(
                f"verification_{outcome}",
                subject=("verification", verification.id),
                by=by.id,
                at=at,
                detail={"reason": reason},
            )
    except IntegrityError as error:
        raise _already(verification) from error


def _still_asked(verification: Verification) -> None:
    # The lock keeps a withdrawal from slipping in between this look and the decision.
    fresh = Verification.objects.select_for_update().get(pk=verification.pk)
    if fresh.withdrawn_at:
        raise refusals.Withdrawn


def _already(verification: Verification) -> refusals.AlreadyDecided:
    decision = Decision.objects.get(pk=verification.pk)
    identity = Identity.objects.filter(person=decision.by_id, until=None).first()
    who = masking.name(identity.name) if identity else str(decision.by_id)[-6:]
    return refusals.AlreadyDecided(
        who=who, when=decision.at.astimezone(CHINA).strftime("%m-%d %H:%M")
    )
