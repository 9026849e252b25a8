"""Let a school's officer propose its right type, and the county confirm it.

What follows for teachers who were turned away: `journeys.retyping`.
Rules: docs/rules/regions-and-schools.md.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from yanxiu.training.organisations import changes, register, scopes
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.missing import Tally
from yanxiu.training.organisations.models import Officer, School, TypeAnswer, TypeProposal
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries

Outcome = TypeAnswer.Outcome


@transaction.atomic
def propose(
    school: School, type_code: str, *, note: str, held: list[Officer], by: Person, at: datetime
) -> TypeProposal:
    """Say that a school's type is another one; raises `ProposalWaits` while one waits already."""
    if not scopes.schools.may("propose_type", held, school):
        raise no.NotRegistrar
    kind = register.type_of(type_code)
    fresh = School.objects.select_for_update().get(pk=school.pk)
    if fresh.closed_on:
        raise no.SchoolClosed(school=fresh.name, on=fresh.closed_on)
    if kind.code == fresh.type_id:
        raise no.NothingChanges(school=fresh.name)
    if TypeProposal.objects.filter(open_(), school=fresh).exists():
        raise no.ProposalWaits(school=fresh.name)
    proposal = TypeProposal.objects.create(
        school=school, type=kind, note=note.strip(), by=by, at=at
    )
    _note("type_proposed", proposal, by=by, at=at)
    return proposal


@transaction.atomic
def withdraw(proposal: TypeProposal, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Take back what one's school proposed; raises `ProposalOver` where it has its answer."""
    if not scopes.schools.may("propose_type", held, proposal.school):
        raise no.NotRegistrar
    if not TypeProposal.objects.filter(open_(), pk=proposal.pk).update(withdrawn_at=at):
        raise no.ProposalOver
    _note("type_proposal_withdrawn", proposal, by=by, at=at)


@transaction.atomic
def confirm(proposal: TypeProposal, *, held: list[Officer], by: Person, at: datetime) -> School:
    """Give the school the type that was proposed; the change is dated today."""
    _answer(proposal, Outcome.CONFIRMED, "", held=held, by=by, at=at)
    deed = Deed(held, by, changes.today(at), at)
    return changes.retype(proposal.school, proposal.type_id, deed)


@transaction.atomic
def decline(
    proposal: TypeProposal, sentence: str, *, held: list[Officer], by: Person, at: datetime
) -> None:
    """Say in a sentence why the type stays; the school's officer reads it."""
    if not sentence.strip():
        raise no.SentenceMissing
    _answer(proposal, Outcome.DECLINED, sentence.strip(), held=held, by=by, at=at)


def waiting(held: list[Officer]) -> QuerySet[TypeProposal]:
    """Return what waits in a branch, the oldest first, with `proposed_by`, the officer's name."""
    name = Identity.objects.filter(person=OuterRef("by"), until=None).values("name")[:1]
    near = TypeProposal.objects.filter(open_(), scopes.type_proposals.visible(held))
    whole = near.select_related("type", "school__type", "school__county")
    return whole.annotate(proposed_by=Subquery(name)).order_by("at", "id")


def tally(held: list[Officer]) -> Tally:
    """Return how many proposals wait in a branch, and the longest since when."""
    near = TypeProposal.objects.filter(open_(), scopes.type_proposals.visible(held))
    return Tally(**near.aggregate(waiting=Count("pk"), oldest_at=Min("at")))


def find(held: list[Officer], proposal_id: UUID) -> TypeProposal | None:
    """Return a proposal of the officer's branch, whatever its state; None outside of it."""
    name = Identity.objects.filter(person=OuterRef("by"), until=None).values("name")[:1]
    found = TypeProposal.objects.filter(scopes.type_proposals.visible(held), pk=proposal_id)
    whole = found.select_related("type", "school__type", "school__county", "answer")
    return whole.annotate(proposed_by=Subquery(name)).first()


def of(school: School) -> list[TypeProposal]:
    """Return what was proposed for a school with the answers, the newest first."""
    found = TypeProposal.objects.filter(school=school).select_related("type", "answer")
    return list(found.order_by("-at", "-id")[:5])


def open_() -> Q:
    """Return the condition that a proposal has neither an answer nor been taken back."""
    return Q(withdrawn_at=None, answer=None)


def _answer(
    proposal: TypeProposal,
    outcome: Outcome,
    sentence: str,
    *,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> None:
    if not scopes.type_proposals.may("answer", held, proposal):
        raise no.NotRegistrar
    if not TypeProposal.objects.select_for_update(of=("self",)).filter(open_(), pk=proposal.pk):
        raise no.ProposalOver
    try:
        with transaction.atomic():
            TypeAnswer.objects.create(
                proposal=proposal, outcome=outcome, sentence=sentence, by=by, at=at
            )
    except IntegrityError as error:
        raise no.ProposalOver from error
    _note(f"type_{outcome}", proposal, by=by, at=at)


def _note(verb: str, proposal: TypeProposal, *, by: Person, at: datetime) -> None:
    entries.record(
        verb,
        subject=("school", proposal.school_id),
        by=by.id,
        at=at,
        detail={"type": proposal.type_id, "note": proposal.note},
        path=proposal.school.path,
    )
