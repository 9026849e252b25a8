"""Read the register: one school, those of a region, and the regions to choose from."""

from uuid import UUID

from django.db.models import QuerySet

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


def choices(*parents: str) -> QuerySet[Region]:
    """Return the regions right below any of these, by code."""
    return Region.objects.filter(parent__in=parents, valid_to=None).order_by("code")
