"""Decide which officer may answer a case now: the school first, later its county, nobody herself.

Nor may a deputy answer for whoever lent her the right: that would be the same by another hand.
Says the same of a request to confirm a teacher and of one to correct her name or number.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

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
        if any(_is_for(grant, case) for grant in held):
            return refusals.OwnDeputy()
        if _reaches(case, held, SCHOOL):
            return refusals.CountyOnly()
        if _reaches(case, held, COUNTY):
            return refusals.NotRisen(when=f"{case.rises_at.astimezone(CHINA):%m-%d %H:%M}")
        return refusals.NotSchoolOfficer()
    return refusals.OwnVerification() if case.post.person_id == by.id else None


def answerable(held: list[Officer], *, by: Person, at: datetime) -> Q:
    """Return the same as a condition of queries: what this person may answer now."""
    ours = _branch(held, SCHOOL) & Q(needs_county=False)
    risen = _branch(held, COUNTY) & Q(rises_at__lte=at)
    return (ours | risen) & ~Q(post__person=by)


def others(officers: QuerySet[Officer], person: UUID | OuterRef) -> QuerySet[Officer]:
    """Return the grants that can answer for a person: not her own, nor those lent by herself."""
    hers = Q(person=person) | Q(stands_in_for__person=person)
    return officers.exclude(hers)


def _branch(held: list[Officer], wanted: str) -> Q:
    path = scopes.verifications.path
    scope = Q(pk__in=[])
    for grant in _of(held, wanted):
        below = grants.branch([grant], path)
        lender = grant.stands_in_for
        scope |= below & ~Q(post__person=lender.person_id) if lender else below
    return scope


def _reaches(case: Case, held: list[Officer], wanted: str) -> bool:
    path = case.post.school.path
    able = (grant for grant in _of(held, wanted) if not _is_for(grant, case))
    return any(levels.covers(grant.path, path) for grant in able)


def _is_for(grant: Officer, case: Case) -> bool:
    """Tell whether a deputy's right was lent by the very person whose case it is."""
    lender = grant.stands_in_for
    return lender is not None and lender.person_id == case.post.person_id


def _of(held: list[Officer], wanted: str) -> list[Officer]:
    return [grant for grant in held if grant.level == wanted]
