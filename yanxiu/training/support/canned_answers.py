"""Keep the words that agents may begin an answer with; leads write them.

Rule: docs/rules/desk.md.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, Value, When

from yanxiu.training.people.models import Person
from yanxiu.training.support import agents, refusals
from yanxiu.training.support.models import Agent, CannedAnswer
from yanxiu.training.trail import entries

TITLE_MOST, TEXT_MOST, MOST = 30, 1_000, 60


def every(*, topic: str = "") -> list[CannedAnswer]:
    """Return those in use: for this topic first, then for all, then the rest; by title."""
    first = Case(
        When(topic=topic, then=Value(0)),
        When(topic="", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = CannedAnswer.objects.filter(ended_at=None)
    return list(found.order_by(first, "title") if topic else found.order_by("topic", "title"))


def find(answer_id: UUID) -> CannedAnswer | None:
    """Return one that is in use, or None."""
    return CannedAnswer.objects.filter(pk=answer_id, ended_at=None).first()


@transaction.atomic
def write(
    title: str,
    topic: str,
    text: str,
    *,
    instead_of: CannedAnswer | None = None,
    by: Person,
    at: datetime,
) -> CannedAnswer:
    """Write a canned answer, in the place of another one if there is one.

    Raises `NotLead`, `TitleTaken` or `TooManyCanned`.
    """
    _check(by, at)
    if instead_of:
        _end(instead_of, by=by, at=at)
    if CannedAnswer.objects.filter(ended_at=None).count() >= MOST:
        raise refusals.TooManyCanned(most=MOST)
    try:
        with transaction.atomic():
            kept = CannedAnswer.objects.create(title=title, topic=topic, text=text, by=by, at=at)
    except IntegrityError as error:
        raise refusals.TitleTaken from error
    _note("canned_answer_written", kept, by=by, at=at)
    return kept


@transaction.atomic
def end(answer: CannedAnswer, *, by: Person, at: datetime) -> None:
    """Take a canned answer out of use; again changes nothing. Raises `NotLead`."""
    _check(by, at)
    if _end(answer, by=by, at=at):
        _note("canned_answer_ended", answer, by=by, at=at)


def _end(answer: CannedAnswer, *, by: Person, at: datetime) -> bool:
    found = CannedAnswer.objects.filter(pk=answer.pk, ended_at=None)
    return bool(found.update(ended_at=at, ended_by=by))


def _check(by: Person, at: datetime) -> None:
    right = agents.held(by.id, at=at)
    if right is None or right.role != Agent.Role.LEAD:
        raise refusals.NotLead


def _note(verb: str, answer: CannedAnswer, *, by: Person, at: datetime) -> None:
    detail: dict[str, object] = {"title": answer.title}
    subject = ("canned_answer", answer.id)
    entries.record(verb, subject=subject, by=by.id, at=at, detail=detail)
