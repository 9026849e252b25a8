"""Count what waits for an officer, of every kind there is, in one query beside the desk's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from django.db.models import Count, Min, Model, Q, QuerySet, Value

from yanxiu.training.certificates.models import ReadmissionProposal, RevocationProposal
from yanxiu.training.credits import proposals
from yanxiu.training.integrity import appeals, doubts
from yanxiu.training.organisations import competence, scopes, vouching
from yanxiu.training.organisations.models import (
    Correction,
    Import,
    Officer,
    PhoneChange,
    SchoolRequest,
    TypeProposal,
)
from yanxiu.training.organisations.waiting import Tally
from yanxiu.training.people.models import Person

type Row = QuerySet[Model, tuple[str, int, datetime]]


class Kind(StrEnum):
    """Name what an officer can be waited for with; the first ones keep teachers waiting."""

    VERIFICATIONS = "verifications"
    CORRECTIONS = "corrections"
    PHONE_CHANGES = "phone_changes"
    MISSING_SCHOOLS = "missing_schools"
    TYPE_PROPOSALS = "type_proposals"
    APPEALS = "appeals"
    DOUBTS = "doubts"
    AMENDMENTS = "amendments"
    REVOCATIONS = "revocations"
    READMISSIONS = "readmissions"
    IMPORTS = "imports"


@dataclass(frozen=True, slots=True)
class Task:
    """Say how many of a kind wait for this officer, and since when."""

    kind: Kind
    number: int
    oldest_at: datetime


def waiting(held: list[Officer], tally: Tally, *, by: Person, at: datetime) -> list[Task]:
    """Return the kinds of which anything waits, in the order of `Kind`; `tally` is of the branch.

    It has counted the verifications already, and those are the many.
    """
    first, *rest = _counted(held, by, at)
    rows = [*first.union(*rest, all=True)]
    if tally.mine_oldest_at:
        rows.append((Kind.VERIFICATIONS, tally.mine, tally.mine_oldest_at))
    found = {kind: Task(Kind(kind), number, since) for kind, number, since in rows if number}
    return [found[kind] for kind in Kind if kind in found]


def _counted(held: list[Officer], by: Person, at: datetime) -> Iterator[Row]:
    """Give for each kind a query of one row at most: its name, how many, the oldest instant."""
    open_cases = {"withdrawn_at": None}
    mine = competence.answerable(held, by=by, at=at)
    corrections = Correction.objects.filter(mine, answer=None, **open_cases)
    yield _count(Kind.CORRECTIONS, corrections, "requested_at")
    phones = PhoneChange.objects.filter(vouching.answerable(held, by=by, at=at))
    yield _count(Kind.PHONE_CHANGES, phones, "asked_at")
    missing = scopes.school_requests.doing("answer", held)
    asked = SchoolRequest.objects.filter(missing, answer=None, **open_cases)
    yield _count(Kind.MISSING_SCHOOLS, asked, "asked_at")
    types = scopes.type_proposals.doing("answer", held)
    proposed = TypeProposal.objects.filter(types, answer=None, **open_cases).exclude(by=by)
    yield _count(Kind.TYPE_PROPOSALS, proposed, "at")
    yield _count(Kind.APPEALS, appeals.answerable(held, by=by), "at")
    yield _count(Kind.DOUBTS, doubts.answerable(held, by=by), "found_at")
    yield _count(Kind.AMENDMENTS, proposals.answerable(held, by=by), "at")
    signing = scopes.revocation_proposals.doing("countersign", held)
    revoking = RevocationProposal.objects.filter(
        signing, certificate__revocation=None, **open_cases
    )
    yield _count(Kind.REVOCATIONS, revoking.exclude(by_id=by.id), "at")
    readmitting = ReadmissionProposal.objects.filter(
        scopes.readmission_proposals.doing("countersign", held),
        revocation__readmission=None,
        **open_cases,
    )
    # Who took the certificate back has no part in this.
    others = readmitting.exclude(
        Q(by_id=by.id)
        | Q(revocation__proposal__by_id=by.id)
        | Q(revocation__countersigned_by_id=by.id)
    )
    yield _count(Kind.READMISSIONS, others, "at")
    running = Import.objects.filter(by=by, finished_at=None, stopped_at=None)
    yield _count(Kind.IMPORTS, running, "at")


def _count(kind: Kind, found: QuerySet[Any], since: str) -> Row:
    named = found.order_by().annotate(task=Value(kind.value)).values("task")
    counted = named.annotate(task_count=Count("pk"), task_since=Min(since))
    return cast("Row", counted.values_list("task", "task_count", "task_since"))
