"""Let a confirmed teacher ask for another name or number, and answer; nothing lapses meanwhile.

Source: docs/rules/correction.md.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import FETCH_RAISE, OuterRef, QuerySet, Subquery

from yanxiu.foundation import ciphers
from yanxiu.foundation.periods import CHINA
from yanxiu.training.organisations import (
    competence,
    posts,
    refusals,
    scopes,
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
from yanxiu.training.people import held_numbers, identities, masking
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries

PURPOSE = "correction proof"
WHY_MOST = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what a teacher asks for, in normal form, and why; `proof` is a picture or nothing."""

    name: str
    document_kind: str
    number: str
    why: str
    proof: bytes = b""


def waiting() -> QuerySet[Correction]:
    """Return the requests that wait, the oldest first."""
    found = Correction.objects.filter(withdrawn_at=None, answer=None)
    return found.defer("proof_sealed").order_by("requested_at", "id")


def within(held: list[Officer]) -> QuerySet[Correction]:
    """Return the requests that wait in the officer's branch with all that a list shows."""
    found = waiting().filter(scopes.corrections.visible(held))
    return found.select_related("identity", "post__school")


def find(held: list[Officer], correction_id: UUID) -> Correction | None:
    """Return a request of the officer's branch, whatever its state; None outside of it."""
    officer = Identity.objects.filter(person=OuterRef("answer__by"), until=None)
    found = Correction.objects.filter(scopes.corrections.visible(held), pk=correction_id)
    whole = found.select_related(
        "identity", "answer__becomes", "post__school__type", "post__person__account"
    )
    named = whole.annotate(answered_by=Subquery(officer.values("name")[:1]))
    return named.fetch_mode(FETCH_RAISE).first()


def latest(person_id: UUID) -> Correction | None:
    """Return a person's newest request that she has not taken back, for her post of now."""
    found = Correction.objects.filter(
        post__person=person_id, post__ended_at=None, withdrawn_at=None
    )
    whole = found.select_related("post__school", "identity", "answer").defer("proof_sealed")
    return whole.order_by("-requested_at", "-id").first()


@transaction.atomic
def request(
    person: Person, wanted: Wanted, *, needs_county: bool, by: Person, at: datetime
) -> Correction:
    """Ask the school of her confirmed post for the difference.

    Raises `NotVerified`, `NothingDiffers` or `CorrectionWaits`; what was refused makes room.
    """
    post, identity = _confirmed(person)
    facts = {
        "name": wanted.name,
        "document_kind": wanted.document_kind,
        "number": wanted.number,
    }
    if identities.says(identity, **facts):
        raise refusals.NothingDiffers
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
def withdraw(correction: Correction, *, by: Person, at: datetime) -> None:
    """Take a request back; raises `CorrectionOver` where nothing waits any more."""
    mine = Correction.objects.filter(pk=correction.pk, withdrawn_at=None, answer=None)
    # The lock keeps an answer from slipping in between.
    if not mine.select_for_update(of=("self",)).exists():
        raise refusals.CorrectionOver
    Correction.objects.filter(pk=correction.pk).update(withdrawn_at=at, proof_sealed=None)
    _note("correction_withdrawn", correction, by=by, at=at)


@transaction.atomic
def approve(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> Identity:
    """Make the difference true: the next version of her identity, confirmed at the same post.

    At no instant is she unconfirmed. Raises `people.refusals.NumberInUse` where another holds the
    number by now, and what may stand against any answer.
    """
    _open(correction, held=held, by=by, at=at)
    identity = identities.record(
        correction.post.person,
        name=correction.name,
        document_kind=correction.document_kind,
        number=identities.opened(correction.number_sealed),
        by=by,
        at=at,
    )
    fingerprint = bytes(identity.number_fingerprint)
    held_numbers.take(correction.post.person_id, fingerprint, at=at)
    level = competence.level(correction, held=held, at=at)
    asked = Verification.objects.create(
        post=correction.post, identity=identity, requested_at=at, rises_at=at
    )
    yes = Decision.Outcome.APPROVED
    Decision.objects.create(verification=asked, outcome=yes, level=level, by=by, at=at)
    _answer(correction, CorrectionAnswer(outcome=yes, becomes=identity, level=level, by=by, at=at))
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
    """Say no with (reason, sentence); her information stays as it is, and confirmed."""
    verification.check_reason(*no)
    _open(correction, held=held, by=by, at=at)
    reason, sentence = no
    answer = CorrectionAnswer(
        outcome=Decision.Outcome.REJECTED,
        reason=reason,
        sentence=sentence.strip(),
        level=competence.level(correction, held=held, at=at),
        by=by,
        at=at,
    )
    _answer(correction, answer)


def proof(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> bytes:
    """Return the picture that was handed in, and note who looked; only who may answer may look.

    Raises what stands against an answer, or `CorrectionOver` where there is none any more.
    """
    refused = competence.against(correction, held=held, by=by, at=at)
    if refused:
        raise refused
    if correction.proof_sealed is None:
        raise refusals.CorrectionOver
    _note("correction_proof_seen", correction, by=by, at=at)
    return ciphers.unseal(correction.proof_sealed, purpose=PURPOSE)


def number(correction: Correction) -> str:
    """Return the number that is asked for."""
    return identities.opened(correction.number_sealed)


def _confirmed(person: Person) -> tuple[Post, Identity]:
    """Return her confirmed post and identity, held still; raise `NotVerified` without one."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    for standing in posts.standings(person.id):
        if standing.verified and standing.verification:
            return standing.post, standing.verification.identity
    raise refusals.NotVerified


def _written(
    post: Post, identity: Identity, wanted: Wanted, *, needs_county: bool, at: datetime
) -> Correction:
    return Correction.objects.create(
        post=post,
        identity=identity,
        name=wanted.name,
        document_kind=wanted.document_kind,
        number_sealed=identities.sealed(wanted.number),
        number_fingerprint=identities.fingerprint(wanted.document_kind, wanted.number),
        why=wanted.why,
        proof_sealed=ciphers.seal(wanted.proof, purpose=PURPOSE) if wanted.proof else None,
        requested_at=at,
        rises_at=verification.rises_at(post, needs_county=needs_county, at=at),
        needs_county=needs_county,
    )


def _open(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Hold person and request still; raise whatever stands against an answer."""
    refused = competence.against(correction, held=held, by=by, at=at)
    if refused:
        raise refused
    # Everybody locks the person first, then what she has asked for.
    Person.objects.select_for_update(no_key=True).get(pk=correction.post.person_id)
    fresh = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    answer = CorrectionAnswer.objects.filter(pk=correction.pk).first()
    if answer:
        raise _already(answer)
    if fresh.withdrawn_at:
        raise refusals.Withdrawn


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
