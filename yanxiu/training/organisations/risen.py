"""Read which cases have risen to their county: requests to confirm a teacher, or to correct her."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from yanxiu.training.organisations import competence, grants
from yanxiu.training.organisations.competence import Case
from yanxiu.training.organisations.models import Correction, Officer, Verification
from yanxiu.training.trail.models import Entry


@dataclass(frozen=True, slots=True)
class Kind:
    """Be a kind of case: what the trail calls it and the deed of telling, and what still waits."""

    cases: QuerySet[Model]
    subject: str
    told: str
    waits: Q

    def orphaned(self, at: datetime) -> QuerySet[Model]:
        """Return what still waits for a school that nobody else serves any more."""
        officers = Officer.objects.filter(grants.current(at), school=OuterRef("post__school"))
        able = competence.others(officers, OuterRef("post__person"))
        return self._waiting(at).filter(~Exists(able), rises_at__gt=at)

    def untold(self, at: datetime, *, most: int) -> list[Case]:
        """Return cases that have risen and of which nobody has been told yet."""
        key = Cast(OuterRef("pk"), CharField())
        told = Entry.objects.filter(subject_kind=self.subject, subject_id=key, verb=self.told)
        found = self._waiting(at).filter(~Exists(told), rises_at__lte=at)
        whole = found.select_related("post__school").order_by("rises_at", "id")
        return cast("list[Case]", list(whole[:most]))

    def _waiting(self, at: datetime) -> QuerySet[Model]:
        return self.cases.filter(self.waits, withdrawn_at=None, requested_at__lte=at)


VERIFICATIONS = Kind(Verification.objects.all(), "verification", "case_risen", Q(answered_at=None))
CORRECTIONS = Kind(Correction.objects.all(), "correction", "correction_risen", Q(answer=None))
