"""Let a confirmed teacher ask for another name or number, and answer; nothing lapses meanwhile.

Source: docs/rules/correction.md.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from yanxiu.foundation.periods import CHINA
from yanxiu.training.organisations import (
    competence,
    posts,
    proofs,
    refusals,
    verification,
)
from yanxiu.training.organisations.models import (
    Correction,
    CorrectionAnswer,
    Decision,
    Officer,
    Post,
    Verification,
)
from yanxiu.training.people import held_numbers, identities, identity_change, masking
from yanxiu.training.people.identity_change import Change, Known
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries

WHY_MOST = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what a teacher asks for, in normal form, and why; `proof` is a picture or nothing."""

    name: str
    document_kind: str
    number: str
    why: str
    proof: bytes = b""

    @property
    def known(self) -> Known:
        """Return what would make the person the same."""
        return Known(self.name, identities.fingerprint(self.document_kind, self.number))


def answer(correction: Correction) -> CorrectionAnswer | None:
    """Return the answer to a request, None while it waits; asks nothing of one that was read."""
    return getattr(correction, "answer", None)


def is_rejected(correction: Correction) -> bool:
    """Tell whether the officer has said no."""
    found = answer(correction)
    return found is not None and found.outcome == Decision.Outcome.REJECTED


@transaction.atomic
def request(
    person: Person, wanted: Wanted, *, needs_county: bool, by: Person, at: datetime
) -> Correction:
    """Ask the school of her confirmed post for the difference; what was refused makes room.

    Where the county has to vouch for her as she is, nothing need differ. Raises `NotVerified`,
    `NothingDiffers`, `ProofMissing` or `CorrectionWaits`.
    """
    post, identity = _confirmed(person)
    change = identity_change.between(identities.known(identity), wanted.known)
    if change is Change.NONE and not needs_county:
        raise refusals.NothingDiffers
    if not wanted.proof and (needs_county or change is Change.MAJOR):
        raise refusals.ProofMissing
    refused = Correction.objects.filter(identity=identity, withdrawn_at=None)
    refused.exclude(answer=None).update(withdrawn_at=at)
    try:
        with transaction.atomic():
            asked = _written(post, identity, wanted, needs_county=needs_county, at=at)
    except IntegrityError as error:
        raise refusals.CorrectionWaits from error
    _note("correction_requested", asked, by=by, at=at)
    return asked


@transaction.atomic
def hand_up(correction: Correction, *, by: Person, at: datetime) -> None:
    """Leave a request that waits to the county alone: by now it is no longer the school's."""
    waiting = Correction.objects.filter(pk=correction.pk, withdrawn_at=None, needs_county=False)
    if waiting.update(needs_county=True, rises_at=at):
        _note("correction_handed_up", correction, by=by, at=at)


@transaction.atomic
def withdraw(correction: Correction, *, by: Person, at: datetime) -> None:
    """Take a request back; raises `CorrectionOver` where nothing waits any more."""
    fresh = _held_still(correction)
    if fresh.withdrawn_at or answer(fresh):
        raise refusals.CorrectionOver
    Correction.objects.filter(pk=correction.pk).update(withdrawn_at=at, proof_sealed=None)
    _note("correction_withdrawn", correction, by=by, at=at)


@transaction.atomic
def approve(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> Identity:
    """Make the difference true: the next version of her identity, confirmed at the same post.

    At no instant is she unconfirmed; her other schools are asked anew. Raises
    `people.refusals.NumberInUse` where another holds the number by now, and what may stand against
    any answer.
    """
    fresh = _open(correction, held=held, by=by, at=at)
    identity = identities.record(
        fresh.post.person,
        name=fresh.name,
        document_kind=fresh.document_kind,
        number=number(fresh),
        by=by,
        at=at,
    )
    held_numbers.take(fresh.post.person_id, bytes(identity.number_fingerprint), at=at)
    level = competence.level(fresh, held=held, at=at)
    _confirm(fresh.post, identity, level=level, by=by, at=at)
    yes = CorrectionAnswer(
        outcome=Decision.Outcome.APPROVED, becomes=identity, level=level, by=by, at=at
    )
    _answer(fresh, yes)
    return identity


@transaction.atomic
def reject(
    correction: Correction,
    *,
    held: list[Officer],
    no: tuple[str, str],
    by: Person,
    at: datetime,
) -> None:
    """Say no with (reason, sentence); her information stays as it is, and confirmed.

    Raises `ReasonMissing`, and what may stand against any answer.
    """
    _check_reason(*no)
    fresh = _open(correction, held=held, by=by, at=at)
    reason, sentence = no
    answer_ = CorrectionAnswer(
        outcome=Decision.Outcome.REJECTED,
        reason=reason,
        sentence=sentence.strip(),
        level=competence.level(fresh, held=held, at=at),
        by=by,
        at=at,
    )
    _answer(fresh, answer_)


def number(correction: Correction) -> str:
    """Return the number that is asked for."""
    return identities.opened(correction.number_sealed)


def _confirmed(person: Person) -> tuple[Post, Identity]:
    """Return her confirmed post and identity, held still; raise `NotVerified` without one."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    standing = posts.confirmed(posts.standings(person.id))
    if standing is None or standing.verification is None:
        raise refusals.NotVerified
    return standing.post, standing.verification.identity


def _written(
    post: Post, identity: Identity, wanted: Wanted, *, needs_county: bool, at: datetime
) -> Correction:
    return Correction.objects.create(
        post=post,
        identity=identity,
        name=wanted.name,
        document_kind=wanted.document_kind,
        number_sealed=identities.sealed(wanted.number),
        number_fingerprint=wanted.known.number,
        why=wanted.why,
        proof_sealed=proofs.sealed(wanted.proof) if wanted.proof else None,
        requested_at=at,
        rises_at=verification.rises_at(post, needs_county=needs_county, at=at),
        needs_county=needs_county,
    )


def _held_still(correction: Correction) -> Correction:
    """Return the request as it is now; everybody holds the person first, then what she asked."""
    Person.objects.select_for_update(no_key=True).get(pk=correction.post.person_id)
    Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    # Read behind the locks: whoever was quicker has written by now.
    whole = Correction.objects.select_related("answer", "identity", "post__school", "post__person")
    return whole.get(pk=correction.pk)


def _open(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> Correction:
    """Return the request, held still; raise whatever stands against an answer."""
    fresh = _held_still(correction)
    refused = competence.against(fresh, held=held, by=by, at=at)
    if refused:
        raise refused
    before = answer(fresh)
    if before:
        raise _already(before)
    if fresh.withdrawn_at:
        raise refusals.Withdrawn
    return fresh


def _confirm(post: Post, identity: Identity, *, level: str, by: Person, at: datetime) -> None:
    """Let the school of the post have confirmed this identity; her other schools are asked."""
    asked = Verification.objects.create(
        post=post, identity=identity, requested_at=at, rises_at=at, answered_at=at
    )
    yes = Decision.Outcome.APPROVED
    Decision.objects.create(verification=asked, outcome=yes, level=level, by=by, at=at)
    for other in posts.current(post.person_id).exclude(pk=post.pk):
        verification.request(other, identity, by=by, at=at)


def _check_reason(reason: str, sentence: str) -> None:
    is_silent = reason == CorrectionAnswer.Reason.OTHER and not sentence.strip()
    if reason not in CorrectionAnswer.Reason.values or is_silent:
        raise refusals.ReasonMissing


def _answer(correction: Correction, answer: CorrectionAnswer) -> None:
    """Write the answer down; the picture has done its work and goes."""
    answer.correction = correction
    CorrectionAnswer.objects.bulk_create([answer])
    Correction.objects.filter(pk=correction.pk).update(proof_sealed=None)
    verb = f"correction_{answer.outcome}"
    _note(verb, correction, by=answer.by, at=answer.at, reason=answer.reason)


def _already(answer: CorrectionAnswer) -> refusals.AlreadyDecided:
    identity = identities.current(answer.by_id)
    who = masking.name(identity.name) if identity else str(answer.by_id)[-6:]
    return refusals.AlreadyDecided(who=who, when=f"{answer.at.astimezone(CHINA):%m-%d %H:%M}")


def _note(verb: str, correction: Correction, *, by: Person, at: datetime, reason: str = "") -> None:
    subject, path = ("correction", correction.id), correction.post.school.path
    detail: dict[str, object] = {"reason": reason} if reason else {}
    entries.record(verb, subject=subject, by=by.id, at=at, detail=detail, path=path)
