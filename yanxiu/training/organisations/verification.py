"""Ask a school to confirm its teacher, and answer: one request or many, by the same rules.

Source: docs/rules/verification.md.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import answering, competence, grants, refusals
from yanxiu.training.organisations.answering import Answers
from yanxiu.training.organisations.models import Decision, Officer, Post, Verification
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries


@transaction.atomic
def request(
    post: Post, identity: Identity, *, needs_county: bool = False, by: Person, at: datetime
) -> Verification:
    """Ask the post's school to confirm this identity; replaces a request that still waits.

    What needs the county is the county's at once, and so is what nobody at the school may answer.
    """
    waiting = Verification.objects.filter(post=post, answered_at=None, withdrawn_at=None)
    same = waiting.filter(identity=identity).first()
    if same:
        if needs_county:
            hand_up([same], by=by, at=at)
        return same
    waiting.update(withdrawn_at=at)
    asked = Verification.objects.create(
        post=post,
        identity=identity,
        requested_at=at,
        rises_at=rises_at(post, needs_county=needs_county, at=at),
        needs_county=needs_county,
    )
    entries.record(
        "verification_requested",
        subject=("verification", asked.id),
        by=by.id,
        at=at,
        path=post.school.path,
    )
    return asked


@transaction.atomic
def hand_up(asked: Iterable[Verification], *, by: Person, at: datetime) -> None:
    """Leave requests that wait to the county alone: by now they are no longer the school's."""
    rows = {row.pk: row for row in asked if not row.needs_county}
    waiting = Verification.objects.filter(pk__in=rows, answered_at=None, withdrawn_at=None)
    waiting.update(needs_county=True, rises_at=at)
    subjects = [("verification", each, row.post.school.path) for each, row in rows.items()]
    entries.record_all("verification_handed_up", subjects=subjects, by=by.id, at=at)


def rises_at(post: Post, *, needs_county: bool, at: datetime) -> datetime:
    """Return from when the county may answer what is asked about this post now."""
    officers = Officer.objects.filter(grants.current(at), school=post.school_id)
    if needs_county or not competence.others(officers, post.person_id).exists():
        return at
    return at + timedelta(days=settings.YANXIU_CASE_DAYS)


def approve(
    verification: Verification, *, held: list[Officer], by: Person, at: datetime
) -> Refused | None:
    """Confirm the teacher; raises a named refusal where this officer or this moment may not.

    Returns `HandedUp` where the county has to answer instead: that stands, and is no error.
    """
    return _only(verification, approve_all([verification.id], held=held, by=by, at=at))


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
    ids, no = [verification.id], (reason, sentence)
    _only(verification, reject_all(ids, held=held, no=no, by=by, at=at))


@transaction.atomic
def approve_all(
    ids: Iterable[UUID],
    *,
    only_matching: bool = False,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> Answers:
    """Confirm many teachers; return what became of each request, None where it was approved.

    With `only_matching` those are passed over whom the roster does not know exactly so.
    """
    # Approvals of one officer are counted one after the other.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    sheet = answering.opened(list(ids), held=held, by=by, at=at)
    if only_matching:
        sheet.pass_over_strangers()
    sheet.hand_up()
    sheet.take_numbers()
    sheet.write(Decision.Outcome.APPROVED)
    return sheet.answers


@transaction.atomic
def reject_all(
    ids: Iterable[UUID], *, held: list[Officer], no: tuple[str, str], by: Person, at: datetime
) -> Answers:
    """Say no to many for one (reason, sentence); return what became of each as `approve_all`.

    Raises `ReasonMissing`.
    """
    check_reason(*no)
    sheet = answering.opened(list(ids), held=held, by=by, at=at)
    sheet.write(Decision.Outcome.REJECTED, *no)
    return sheet.answers


def check_reason(reason: str, sentence: str) -> None:
    """Raise `ReasonMissing` unless the reason is one of ours, said in words where it has none."""
    is_silent = reason == Decision.Reason.OTHER and not sentence.strip()
    if reason not in Decision.Reason.values or is_silent:
        raise refusals.ReasonMissing


def _only(verification: Verification, answers: Answers) -> Refused | None:
    refused = answers[verification.id]
    if refused and not isinstance(refused, refusals.HandedUp):
        raise refused
    return refused
