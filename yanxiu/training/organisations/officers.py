"""Read who serves where in an officer's branch, and find whom and what a right is to be for."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db.models import FETCH_RAISE, OuterRef, Prefetch, Q, QuerySet, Subquery

from yanxiu.training.organisations import grants, refusals, scopes, search
from yanxiu.training.organisations.models import Officer, Region, School
from yanxiu.training.people import accounts, identities
from yanxiu.training.people.models import Account, Identity, Person
from yanxiu.training.trail import entries

PAGE = 30
# So many nodes are offered for what was typed; more have to be told apart by typing more.
NODES = 12
# So many numbers may an officer look up in an hour: enough for a county's schools, too few to
# find out who has an account.
LOOKS, HOUR = 60, timedelta(hours=1)
SOUGHT = "officer_sought"

_PLACE = re.compile(r"([0-9/]{1,60})-([0-9a-f]{32})", re.ASCII)

type Node = Region | School


@dataclass(frozen=True, slots=True)
class Place:
    """Mark a row of the list, so that a page begins right behind it."""

    path: str
    id: UUID

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` wrote; raise ValueError for anything else."""
        found = _PLACE.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(found[1], UUID(found[2]))

    def __str__(self) -> str:
        return f"{self.path}-{self.id.hex}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say which officers are looked for: a text, a level, and whether they serve now or did."""

    text: str = ""
    level: str = ""
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of the list, and where the next one begins, None at the end."""

    rows: list[Officer]
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Nodes:
    """Hold the nodes that fit what was typed, and whether there are more."""

    rows: list[Node] = field(default_factory=list)
    more: bool = False


def page(held: list[Officer], wanted: Wanted, *, after: Place | None = None, at: datetime) -> Page:
    """Return the officers of the branch, down the tree, thirty at a time."""
    found = _named(Officer.objects.filter(scopes.officers.visible(held)), at)
    found = found.filter(until__lte=at) if wanted.has_ended else found.filter(grants.current(at))
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.text:
        found = found.filter(_like(wanted.text))
    if after:
        found = found.filter(Q(path__gt=after.path) | Q(path=after.path, id__gt=after.id))
    rows = list(found.order_by("path", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], Place(last.path, last.id) if last else None)


def find(held: list[Officer], grant_id: UUID, *, at: datetime) -> Officer | None:
    """Return a grant of the branch, whatever its state; None outside of it."""
    found = _named(Officer.objects.filter(scopes.officers.visible(held)), at)
    return found.filter(pk=grant_id).first()


def own(held: list[Officer], *, at: datetime) -> list[Officer]:
    """Return an officer's own grants as the list shows them, the widest first."""
    found = _named(Officer.objects.filter(pk__in=[grant.pk for grant in held]), at)
    return list(found.order_by("path", "id"))


def seek(phone: str, *, held: list[Officer], by: Person, at: datetime) -> Account:
    """Return the account of a number of 11 digits; raises `NobodyThere` and `SoughtTooOften`.

    Each look is noted, so that nobody finds out in silence who has an account.
    """
    path = held[0].path
    if entries.count(SOUGHT, by=by.id, since=at - HOUR) >= LOOKS:
        raise refusals.SoughtTooOften
    account = accounts.known(phone)
    subject = ("person", account.person_id if account else "")
    entries.record(SOUGHT, subject=subject, by=by.id, at=at, path=path)
    if account is None:
        raise refusals.NobodyThere
    return account


def name_of(person_id: UUID) -> str:
    """Return what a person is called, or nothing where she has not said it yet."""
    identity = identities.current(person_id)
    return identity.name if identity else ""


def nodes(held: list[Officer], level: str, text: str) -> Nodes:
    """Return the nodes of a level in the branch whose name or code fits what was typed."""
    if level == Officer.Level.SCHOOL:
        return _schools(held, text)
    here = Region.objects.filter(grants.branch(held), level=level, valid_to=None)
    found = list(here.filter(Q(code=text) | Q(name__icontains=text)).order_by("code")[: NODES + 1])
    return Nodes(list(found[:NODES]), more=len(found) > NODES)


def node(held: list[Officer], code: str) -> Node | None:
    """Return the region or school of the branch with this very code, or None."""
    inside = grants.branch(held)
    region = Region.objects.filter(inside, code=code, valid_to=None).first()
    return region or School.objects.filter(inside, code=code, closed_on=None).first()


def _schools(held: list[Officer], text: str) -> Nodes:
    # A school's officer gives nothing, so every branch here is a region's.
    found = [search.find(text, region=grant.region, most=NODES) for grant in held if grant.region]
    once = {hit.school.id: hit.school for each in found for hit in each.hits}
    rows: list[Node] = list(once.values())
    return Nodes(rows[:NODES], more=len(rows) > NODES or any(each.more for each in found))


def _like(text: str) -> Q:
    """Return the condition that a name, a phone or a node fits what was typed."""
    called = Identity.objects.filter(until=None, name__icontains=text).values("person")
    found = Q(person__in=called) | Q(school__name__icontains=text) | Q(region__name__icontains=text)
    if text.isdecimal():
        found |= Q(person__account__phone=text) | Q(school__code=text) | Q(region__code=text)
    return found


def _named(found: QuerySet[Officer], at: datetime) -> QuerySet[Officer]:
    """Add `name` and `giver`, the node with all above it, and who stands in now: `standing_in`."""
    current = Officer.objects.filter(grants.current(at)).annotate(name=_name("person"))
    return (
        found.annotate(name=_name("person"), giver=_name("given_by"))
        .select_related(
            "person__account",
            "stands_in_for",
            "region__parent__parent__parent",
            "school__county__parent__parent__parent",
        )
        .prefetch_related(
            Prefetch("deputies", queryset=current.order_by("id"), to_attr="standing_in")
        )
        .fetch_mode(FETCH_RAISE)
    )


def _name(field: str) -> Subquery:
    return Subquery(Identity.objects.filter(person=OuterRef(field), until=None).values("name")[:1])
