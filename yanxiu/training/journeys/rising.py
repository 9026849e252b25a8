"""Tell counties and teachers of the cases that a school has let lie, each case once.

Source: docs/rules/verification.md.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, risen
from yanxiu.training.organisations.competence import Case
from yanxiu.training.organisations.models import Officer, School
from yanxiu.training.organisations.risen import Kind
from yanxiu.training.trail import entries

# So many cases rise at a time: a page's worth of work for the job that tells of them.
MOST = 500
# Of each kind: what the teacher is told, and where her county and she herself find it.
TOLD = (
    (risen.VERIFICATIONS, "case_raised", "office_verifications", "information"),
    (risen.CORRECTIONS, "correction_raised", "office_corrections", "correction"),
)


def rise(*, at: datetime) -> int:
    """Tell of all that has risen; returns how many cases.

    A school that nobody serves any more answers nothing: its cases rise at once.
    """
    told = 0
    for kind, raised, desk, hers in TOLD:
        kind.orphaned(at).update(rises_at=at)
        while rising := kind.untold(at, most=MOST):
            with transaction.atomic():
                _tell_counties(kind, rising, desk, at=at)
                _tell_teachers(rising, raised, hers, at=at)
                subjects = [(kind.subject, row.id, row.post.school.path) for row in rising]
                entries.record_all(kind.told, subjects=subjects, by=None, at=at)
            told += len(rising)
    return told


def _tell_counties(kind: Kind, rising: list[Case], desk: str, *, at: datetime) -> None:
    """Tell each school's county once for all its cases."""
    for school in _schools(rising):
        officers = Officer.objects.filter(
            grants.current(at), level=Officer.Level.COUNTY, region=school.county_id
        )
        people = officers.order_by("id").values_list("person_id", flat=True)
        facts = {"school": school.name}
        notes.tell_all(people, kind.told, facts=facts, link=reverse(desk), at=at)


def _tell_teachers(rising: list[Case], kind: str, page: str, *, at: datetime) -> None:
    for school in _schools(rising):
        people = [row.post.person_id for row in rising if row.post.school_id == school.pk]
        facts = {"school": school.name}
        notes.tell_all(people, kind, facts=facts, link=reverse(page), at=at)


def _schools(rising: list[Case]) -> list[School]:
    return list({row.post.school_id: row.post.school for row in rising}.values())
