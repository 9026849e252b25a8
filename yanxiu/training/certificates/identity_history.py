"""Read as whom a person has studied, and for which of her identities a county has answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from yanxiu.training.learning.models import Completion
from yanxiu.training.organisations.models import CorrectionAnswer, Decision, Officer
from yanxiu.training.people import identities, identity_change
from yanxiu.training.people.identity_change import Known
from yanxiu.training.people.models import Identity

APPROVED = Decision.Outcome.APPROVED

# An award: under which version, where that is known, and when.
type Award = tuple[int | None, datetime]


@dataclass(frozen=True, slots=True)
class History:
    """Hold a person's identities in order, and the versions that a county has vouched for."""

    versions: tuple[Identity, ...]
    vouched: frozenset[int]

    @classmethod
    def read(cls, person_id: UUID) -> Self:
        """Return the history of a person, in one query."""
        return cls.of_each([person_id])[person_id]

    @classmethod
    def of_each(cls, people: Collection[UUID]) -> dict[UUID, Self]:
        """Return the histories of these people, in one query."""
        decided = Decision.objects.filter(verification__identity=OuterRef("pk"), outcome=APPROVED)
        became = CorrectionAnswer.objects.filter(becomes=OuterRef("pk"), outcome=APPROVED)
        found = Identity.objects.filter(person_id__in=people).annotate(
            vouched=_by_a_county(decided) | _by_a_county(became)
        )
        versions: dict[UUID, list[Identity]] = {person_id: [] for person_id in people}
        vouched: dict[UUID, set[int]] = {person_id: set() for person_id in people}
        for each in found.order_by("version"):
            versions[each.person_id].append(each)
            vouched[each.person_id] |= {each.version} if each.vouched else set()
        return {
            person_id: cls(tuple(versions[person_id]), frozenset(vouched[person_id]))
            for person_id in people
        }

    def other(self, awards: Iterable[Award], becomes: Known) -> Identity | None:
        """Return the latest identity under which something was earned as somebody else."""
        earned = {self._earned_under(*award) for award in awards} if self.versions else set()
        others = (each for each in reversed(self.versions) if each.version in earned)
        return next((each for each in others if self._is_other(each.version, becomes)), None)

    def is_another(self, awards: Iterable[Award], becomes: Known) -> bool:
        """Tell whether any award was earned as somebody else than she would be now."""
        return self.other(awards, becomes) is not None

    def _is_other(self, version: int, becomes: Known) -> bool:
        return identity_change.is_another(
            {version},
            becomes,
            known={each.version: identities.known(each) for each in self.versions},
            vouched=self.vouched,
        )

    def _earned_under(self, version: int | None, at: datetime) -> int:
        """Return an award's version; where none was kept, the one of its time, or the first."""
        if version is not None:
            return version
        before = [each.version for each in self.versions if each.recorded_at <= at]
        return before[-1] if before else self.versions[0].version


def awards(person_id: UUID, lesson_ids: Collection[UUID] | None = None) -> list[Award]:
    """Return the awards of a person, all or those for some lessons."""
    found = Completion.objects.filter(person_id=person_id)
    if lesson_ids is not None:
        found = found.filter(lesson_id__in=lesson_ids)
    return list(found.values_list("identity_version", "completed_at"))


def _by_a_county(answers: QuerySet[Decision] | QuerySet[CorrectionAnswer]) -> Exists:
    return Exists(answers.exclude(level=Officer.Level.SCHOOL))
