"""Say how many people a change of a school touches, before it is made."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import (
    Decision,
    Officer,
    Post,
    RosterEntry,
    School,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Count who has to do with a school: teachers, the confirmed ones of them, who waits for it."""

    teachers: int
    verified: int
    waiting: int
    officers: int
    listed: int


def counted(found: QuerySet[School], *, at: datetime) -> QuerySet[School]:
    """Add to schools what `of` reads, in the same query."""
    posts = Post.objects.filter(school=OuterRef("pk"), ended_at=None)
    asked = Verification.objects.filter(
        post__school=OuterRef("pk"), post__ended_at=None, withdrawn_at=None
    )
    officers = Officer.objects.filter(grants.current(at), school=OuterRef("pk"))
    roster = RosterEntry.objects.filter(school=OuterRef("pk"), ended_at=None)
    confirmed = asked.filter(decision__outcome=Decision.Outcome.APPROVED)
    return found.annotate(
        reach_teachers=_count(posts, "school", "person"),
        reach_verified=_count(confirmed, "post__school", "post"),
        reach_waiting=_count(asked.filter(decision=None), "post__school", "post"),
        reach_officers=_count(officers, "school", "person"),
        reach_listed=_count(roster, "school", "pk"),
    )


def teachers() -> Coalesce:
    """Return how many teachers a school has, for a query of schools."""
    return _count(Post.objects.filter(school=OuterRef("pk"), ended_at=None), "school", "person")


def of(school: School) -> Reach:
    """Return the counts of a school that `counted` has read."""
    return Reach(**{field.name: getattr(school, f"reach_{field.name}") for field in fields(Reach)})


def read(school: School, *, at: datetime) -> Reach:
    """Return the counts of a school as they are now."""
    return of(counted(School.objects.all(), at=at).get(pk=school.pk))


def _count(found: QuerySet[Any], by: str, what: str) -> Coalesce:
    counted = found.order_by().values(by).annotate(number=Count(what, distinct=True))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
