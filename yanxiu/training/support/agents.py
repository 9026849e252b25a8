"""Decide who answers at the help desk: a lead gives and takes the right, never her own.

Rule: docs/rules/desk.md.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants
from yanxiu.training.people import accounts, identities, names
from yanxiu.training.people.models import Account, Identity, Person
from yanxiu.training.support import refusals
from yanxiu.training.support.models import Agent, Handling
from yanxiu.training.trail import entries

# So many times an hour a lead may say who is to answer; enough for a whole desk, too few to find
# out who has an account.
LOOKS, HOUR = 20, timedelta(hours=1)
SOUGHT = "agent_sought"


def current(at: datetime) -> Q:
    """Return the condition that a right holds at this instant."""
    return Q(from_at__lte=at) & (Q(until=None) | Q(until__gt=at))


def answers(at: datetime) -> Exists:
    """Return whether an account's person answers at the desk, for a query of accounts."""
    return Exists(Agent.objects.filter(current(at), person=OuterRef("person")))


def held(person_id: UUID, *, at: datetime) -> Agent | None:
    """Return the right that a person holds now, or None."""
    return Agent.objects.filter(current(at), person_id=person_id).first()


def everybody(*, at: datetime) -> list[Agent]:
    """Return who answers now, leads first, each with `name`, `giver` and `in_hand`: how many."""
    return list(_named(Agent.objects.filter(current(at))).order_by("-role", "from_at", "id"))


def gone(*, at: datetime, most: int = 20) -> list[Agent]:
    """Return who answered before, the last to go first, as `everybody` does."""
    return list(_named(Agent.objects.filter(until__lte=at)).order_by("-until", "id")[:most])


def others(person_id: UUID, *, at: datetime) -> list[Agent]:
    """Return to whom a person may hand a ticket over: all who answer now but herself."""
    return [each for each in everybody(at=at) if each.person_id != person_id]


def name_of(person_id: UUID) -> str:
    """Return what an agent is called, to her colleagues."""
    identity = identities.current(person_id)
    return identity.name if identity else ""


@transaction.atomic
def appoint(person: Person, role: str, *, by: Person | None, at: datetime) -> Agent:
    """Let a person answer at the desk; `by` is nobody for whoever holds the database.

    Raises `NotLead` or `OwnRight` where `by` may not, `ServesToo` or `AnswersAlready`.
    """
    if by:
        _check(person.id, role, by=by, at=at)
    if grants.held(person.id, at=at):
        raise refusals.ServesToo
    try:
        with transaction.atomic():
            right = Agent.objects.create(person=person, role=role, given_by=by, from_at=at)
    except IntegrityError as error:
        raise refusals.AnswersAlready from error
    facts = {"role": str(right.get_role_display())}
    notes.tell(person.id, "agent_appointed", facts=facts, link="/desk/", at=at)
    _note("agent_appointed", right, by=by, at=at)
    return right


@transaction.atomic
def dismiss(right: Agent, *, by: Person | None, at: datetime) -> None:
    """End a right from this instant, and put back what she has in hand; again changes nothing.

    Raises `NotLead` or `OwnRight` where `by` may not.
    """
    if by:
        _check(right.person_id, right.role, by=by, at=at)
    if not Agent.objects.filter(pk=right.pk, until=None).update(until=at, ended_by=by):
        return
    Handling.objects.filter(agent_id=right.person_id, until=None).update(until=at)
    facts = {"role": str(right.get_role_display())}
    notes.tell(right.person_id, "agent_dismissed", facts=facts, at=at)
    _note("agent_dismissed", right, by=by, at=at)


def seek(phone: str, name: str, *, by: Person, at: datetime) -> Account:
    """Return the account of whoever has this phone and this name; the try is noted.

    Raises `NobodyCalledSo`, the same whichever of both is wrong, or `SoughtTooOften`.
    """
    if entries.count(SOUGHT, by=by.id, since=at - HOUR) >= LOOKS:
        raise refusals.SoughtTooOften
    account = accounts.known(phone)
    if account and name_of(account.person_id) != names.normalise(name):
        account = None
    subject = ("person", account.person_id if account else "")
    entries.record(SOUGHT, subject=subject, by=by.id, at=at)
    if account is None:
        raise refusals.NobodyCalledSo
    return account


def _check(person_id: UUID, role: str, *, by: Person, at: datetime) -> None:
    right = held(by.id, at=at)
    if right is None or right.role != Agent.Role.LEAD or role != Agent.Role.AGENT:
        raise refusals.NotLead
    if person_id == by.id:
        raise refusals.OwnRight


def _named(found: QuerySet[Agent]) -> QuerySet[Agent]:
    hers = Handling.objects.filter(agent=OuterRef("person"), until=None).values("agent")
    return found.annotate(
        name=_name("person"),
        giver=_name("given_by"),
        in_hand=Coalesce(Subquery(hers.annotate(number=Count("pk")).values("number")), 0),
    ).select_related("person__account")


def _name(field: str) -> Subquery:
    return Subquery(Identity.objects.filter(person=OuterRef(field), until=None).values("name")[:1])


def _note(verb: str, right: Agent, *, by: Person | None, at: datetime) -> None:
    subject, who = ("person", right.person_id), by.id if by else None
    entries.record(
        verb, subject=subject, by=who, at=at, detail={"role": str(right.get_role_display())}
    )
