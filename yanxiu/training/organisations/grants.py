"""Decide what an officer serves: a grant reaches down its branch of the tree, never sideways."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from yanxiu.training.organisations.models import Officer, Region, School
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

# Sorts after every character that a path has, so [path/, path/~) is the branch below a node.
LAST = "~"


def current(at: datetime) -> Q:
    """Return the condition that a grant holds at this instant."""
    return Q(from_at__lte=at) & (Q(until=None) | Q(until__gt=at))


def serves(at: datetime) -> Exists:
    """Return whether an account's person holds any grant, for a query of accounts."""
    return Exists(Officer.objects.filter(current(at), person=OuterRef("person")))


def held(person_id: UUID, *, at: datetime) -> list[Officer]:
    """Return the grants that a person holds now with all regions above, the widest first."""
    found = Officer.objects.filter(current(at), person_id=person_id)
    return list(
        found.select_related(
            "region__parent__parent__parent", "school__county__parent__parent__parent"
        ).order_by("path", "id")
    )


def way_down(grant: Officer) -> list[str]:
    """Return the names on the way from the nation down to the grant's node; asks nothing."""
    node = grant.region or (grant.school.county if grant.school else None)
    names = [grant.school.name] if grant.school else []
    while node:
        names.append(node.name)
        node = node.parent
    return names[::-1]


def branch(grants: list[Officer], field: str = "path") -> Q:
    """Return the condition that `field` lies at or below one of the grants' nodes.

    Path ranges, not LIKE: an index serves them (0.2 against 66 ms on a million rows).
    """
    scope = Q(pk__in=[])
    for grant in grants:
        below = Q(**{f"{field}__gte": f"{grant.path}/", f"{field}__lt": f"{grant.path}/{LAST}"})
        scope |= Q(**{field: grant.path}) | below
    return scope


def schools(grants: list[Officer]) -> QuerySet[School]:
    """Return the schools that the grants reach."""
    return School.objects.filter(branch(grants))


@transaction.atomic
def give(
    person: Person, *, level: str, node: Region | School, by: Person | None, at: datetime
) -> Officer:
    """Make a person officer of a node; `by` is None only for the first officer of a nation."""
    place = {"school": node} if isinstance(node, School) else {"region": node}
    officer = Officer.objects.create(
        person=person, level=level, path=node.path, given_by=by, from_at=at, **place
    )
    entries.record(
        "grant_given",
        subject=("officer", officer.id),
        by=by.id if by else None,
        at=at,
        detail={"person": str(person.id), "level": level, "path": node.path},
    )
    return officer
