"""Answer many requests at once, and keep what became of each for the officer to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yanxiu.foundation.refusals import Refused
from yanxiu.training.journeys import verifying
from yanxiu.training.organisations import cases, refusals
from yanxiu.training.organisations.answering import Answers
from yanxiu.training.organisations.models import Batch, Decision, Officer, Verification
from yanxiu.training.people.models import Person
from yanxiu.training.people.refusals import NumberInUse

# So many requests are answered at once; source: docs/rules/verification.md.
MOST = 10_000
# So many outcomes stand on one page.
PAGE = 100

_SAID: dict[str, type[Refused]] = {
    kind.code: kind
    for kind in (
        *(refusals.CaseUnknown, refusals.OwnVerification, refusals.OwnDeputy, refusals.CountyOnly),
        *(refusals.NotRisen, refusals.NotSchoolOfficer, refusals.AlreadyDecided),
        *(refusals.Withdrawn, refusals.HandedUp, refusals.NoLongerMatches, NumberInUse),
    )
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what is said to all of them; `only_matching` passes over whom no roster knows."""

    outcome: str
    reason: str = ""
    sentence: str = ""
    only_matching: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Say what became of one request; `asked` is None where it is none of the officer's."""

    asked: Verification | None
    refused: Refused | None


@transaction.atomic
def give(
    batch_id: UUID,
    ids: Sequence[UUID],
    answer: Answer,
    *,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> Batch:
    """Give the answer once, however often it is sent; each request obeys what a single one obeys.

    Raises `TooManyAtOnce`, `ReasonMissing`, or `CaseUnknown` where the batch is somebody else's.
    """
    if len(ids) > MOST:
        raise refusals.TooManyAtOnce(most=f"{MOST:,}")
    # What is sent twice at one moment is answered one after the other.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    given = Batch.objects.filter(pk=batch_id).first()
    if given and given.by_id != by.id:
        raise refusals.CaseUnknown
    return given or _give(batch_id, ids, answer, held=held, by=by, at=at)


def find(batch_id: UUID, *, by: Person) -> Batch | None:
    """Return a batch that this officer answered, or None."""
    return Batch.objects.filter(pk=batch_id, by=by).first()


def latest(*, by: Person) -> Batch | None:
    """Return the batch that this officer answered last, without its outcomes."""
    return Batch.objects.filter(by=by).defer("answers").order_by("-at").first()


def outcomes(batch: Batch, *, held: list[Officer], start: int = 0) -> list[Outcome]:
    """Return a page of outcomes from the one at `start` on, those not done first, in one query."""
    kept = batch.answers[start : start + PAGE]
    asked = cases.named(held, [UUID(each) for each, _code, _facts in kept])
    return [
        Outcome(asked.get(UUID(each)), _SAID[code](**facts) if code else None)
        for each, code, facts in kept
    ]


def done(batch: Batch) -> int:
    """Return how many of them were answered as the officer wanted."""
    return sum(1 for _each, code, _facts in batch.answers if not code)


def _give(
    batch_id: UUID,
    ids: Sequence[UUID],
    answer: Answer,
    *,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> Batch:
    answers = _answered(list(dict.fromkeys(ids)), answer, held=held, by=by, at=at)
    # What needs the officer's eye comes first.
    kept = sorted(answers.items(), key=lambda each: each[1] is None)
    return Batch.objects.create(
        id=batch_id,
        by=by,
        at=at,
        outcome=answer.outcome,
        reason=answer.reason,
        sentence=answer.sentence.strip(),
        answers=[[str(each), *_kept(refused)] for each, refused in kept],
    )


def _answered(
    ids: list[UUID], answer: Answer, *, held: list[Officer], by: Person, at: datetime
) -> Answers:
    if answer.outcome == Decision.Outcome.APPROVED:
        only = answer.only_matching
        return verifying.approve_all(ids, only_matching=only, held=held, by=by, at=at)
    no = answer.reason, answer.sentence
    return verifying.reject_all(ids, held=held, no=no, by=by, at=at)


def _kept(refused: Refused | None) -> tuple[str, dict[str, str]]:
    if refused is None:
        return "", {}
    return refused.code, {name: str(value) for name, value in refused.facts.items()}
