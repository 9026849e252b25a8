"""Read how a person stands with her certificate: issued, ready, or what is missing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import eligibility
from yanxiu.training.certificates.eligibility import Owner
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.credits import progress
from yanxiu.training.enrolment import enrolments
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.organisations import posts


@dataclass(frozen=True, slots=True)
class Way:
    """Hold a person's whole way through a training, as one page shows it."""

    enrolment: Enrolment | None
    progress: progress.Progress
    standings: list[posts.Standing]
    certificate: Certificate | None
    reasons: tuple[eligibility.Reason, ...]

    @property
    def state(self) -> str:
        """Return issued, ready or not_yet."""
        if self.certificate:
            return "issued"
        return "not_yet" if self.reasons else "ready"

    @property
    def verified(self) -> posts.Standing | None:
        """Return the post whose school has confirmed her, at a school the training serves."""
        serves = self.progress.outline.training.serves
        return _verified(self.standings, serves)


def read(person_id: UUID, outline: Outline, *, at: datetime) -> Way:
    """Return the way of a person through a training, in six queries."""
    training = outline.training
    enrolment = enrolments.find(person_id, training.id)
    certificate = find(person_id, training.id)
    walked = progress.read(person_id, outline)
    standings = posts.standings(person_id)
    reasons = eligibility.reasons(
        enrolled_at=enrolment.enrolled_at if enrolment else None,
        hours_complete=walked.is_complete,
        verification=_verification(standings, training.serves),
        certificates_from=training.certificates_from,
        at=at,
    )
    return Way(enrolment, walked, standings, certificate, () if certificate else reasons)


def find(person_id: UUID, training_id: UUID) -> Certificate | None:
    """Return the newest edition of a person's certificate, or None."""
    found = Certificate.objects.filter(person_id=person_id, training_id=training_id)
    return found.order_by("-edition").first()


def held(person_id: UUID) -> list[Certificate]:
    """Return the newest edition of each of a person's certificates, the latest first."""
    found = Certificate.objects.filter(person_id=person_id).order_by("training_id", "-edition")
    newest = found.distinct("training_id")
    return sorted(newest, key=lambda certificate: certificate.issued_at, reverse=True)


def _verified(standings: list[posts.Standing], serves: str) -> posts.Standing | None:
    fitting = (s for s in standings if s.verified and s.post.school.type.serves == serves)
    return next(fitting, None)


def _verification(standings: list[posts.Standing], serves: str) -> eligibility.Standing:
    """Say who has the verification now: the school while it is asked, else the teacher."""
    if _verified(standings, serves):
        return eligibility.Standing(done=True, owner=Owner.SCHOOL, since=None)
    asked = next((s.verification for s in standings if s.pending), None)
    if asked:
        return eligibility.Standing(done=False, owner=Owner.SCHOOL, since=asked.requested_at)
    answered = next((s.decision for s in standings if s.rejected), None)
    since = answered.at if answered else None
    return eligibility.Standing(done=False, owner=Owner.TEACHER, since=since)
