"""Decide which officer may answer a case now: the school first, later its county, nobody herself.

Says the same of a request to confirm a teacher and of one to correct her name or number.
"""

from datetime import datetime

from django.db.models import Q

from yanxiu.foundation.periods import CHINA
from yanxiu.foundation.refusals import Refused
from yanxiu.training.organisations import grants, levels, refusals, scopes
from yanxiu.training.organisations.models import Correction, Officer, Verification
from yanxiu.training.people.models import Person

type Case = Verification | Correction

SCHOOL, COUNTY = Officer.Level.SCHOOL, Officer.Level.COUNTY


def level(case: Case, *, held: list[Officer], at: datetime) -> str:
    """Return the level at which these grants may answer a case now, or nothing."""
    if _reaches(case, held, SCHOOL) and not case.needs_county:
        return SCHOOL
    return COUNTY if _reaches(case, held, COUNTY) and case.rises_at <= at else ""


def against(case: Case, *, held: list[Officer], by: Person, at: datetime) -> Refused | None:
    """Return why this person may not answer a case now, or None where she may; asks nothing."""
    if not level(case, held=held, at=at):
        if _reaches(case, held, SCHOOL):
            return refusals.CountyOnly()
        if _reaches(case, held, COUNTY):
            return refusals.NotRisen(when=f"{case.rises_at.astimezone(CHINA):%m-%d %H:%M}")
        return refusals.NotSchoolOfficer()
    return refusals.OwnVerification() if case.post.person_id == by.id else None


def answerable(held: list[Officer], *, by: Person, at: datetime) -> Q:
    """Return the same as a condition of queries: what this person may answer now."""
    path = scopes.verifications.path
    ours = grants.branch(_of(held, SCHOOL), path) & Q(needs_county=False)
    risen = grants.branch(_of(held, COUNTY), path) & Q(rises_at__lte=at)
    return (ours | risen) & ~Q(post__person=by)


def _reaches(case: Case, held: list[Officer], wanted: str) -> bool:
    path = case.post.school.path
    return any(levels.covers(grant.path, path) for grant in _of(held, wanted))


def _of(held: list[Officer], wanted: str) -> list[Officer]:
    return [grant for grant in held if grant.level == wanted]
