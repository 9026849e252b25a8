"""Ask a school to confirm its teacher, and answer."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yanxiu.foundation.periods import CHINA
from yanxiu.training.organisations import grants, refusals
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
    asked = Verification.objects.create(post=post, identity=identity, requested_at=at)
    entries.record("verification_requested", subject=("verification", asked.id), by=by.id, at=at)
    return asked


def waiting(held: list[Officer]) -> QuerySet[Verification]:
    """Return the requests that wait in the officer's branch, the oldest first."""
    found = Verification.objects.filter(
        grants.branch(held, "post__school__path"), decision=None, withdrawn_at=None
    )
    return found.select_related("identity", "post__school__county").order_by("requested_at", "id")


def seen(held: list[Officer], verification_id: UUID) -> Verification | None:
    """Return a request of the officer's branch, whatever its state; None outside of it."""
    found = Verification.objects.filter(grants.branch(held, "post__school__path"))
    return (
        found.select_related("identity", "post__school__type", "post__school__county", "decision")
        .filter(pk=verification_id)
        .first()
    )


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
    post = verification.post
    if post.person_id == by.id:
        raise refusals.OwnVerification
    if not any(grant.school_id == post.school_id for grant in held):
        raise refusals.NotSchoolOfficer
    try:
        with transaction.atomic():
            _still_asked(verification)
            Decision.objects.create(
                verification=verification,
                outcome=outcome,
                reason=reason,
                sentence=sentence.strip(),
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
