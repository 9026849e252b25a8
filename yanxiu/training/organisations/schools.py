"""Read the register: one school, those of a region, and the regions to choose from."""

from uuid import UUID

from django.db.models import Q, QuerySet

from yanxiu.training.organisations import refusals
from yanxiu.training.organisations.models import Region, School

NATION = "000000"


def listed(region: Region) -> QuerySet[School]:
    """Return the open schools of a region by name."""
    found = within(School.objects.filter(closed_on=None), region)
    return found.select_related("type", "county").order_by("name", "id")


def within(found: QuerySet[School], region: Region | None) -> QuerySet[School]:
    """Return those of the schools that lie in the region."""
    if region is None:
        return found
    return found.filter(path__gte=f"{region.path}/", path__lt=f"{region.path}/~")


def get(school_id: UUID | str) -> School:
    """Return an open school; raise `SchoolGone` otherwise."""
    school = School.objects.select_related("type", "county").filter(pk=school_id).first()
    if school is None or school.closed_on:
        raise refusals.SchoolGone
    return school


def listed_one(school_id: UUID) -> School | None:
    """Return an open school with its type and all regions above, or None."""
    found = School.objects.filter(pk=school_id, closed_on=None)
    return found.select_related("type", "county__parent__parent").first()


def choices(*parents: str) -> QuerySet[Region]:
    """Return the regions right below any of these, by code."""
    return Region.objects.filter(parent__in=parents, valid_to=None).order_by("code")


def around(code: str) -> QuerySet[Region]:
    """Return the region with this code and those right below it, by code."""
    found = Region.objects.filter(Q(pk=code) | Q(parent=code), valid_to=None)
    return found.select_related("parent").order_by("code")
