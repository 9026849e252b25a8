"""Read how a person stands with her certificate: issued, ready, or what is missing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Subquery

from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import eligibility
from yanxiu.training.certificates.eligibility import Owner
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.credits import progress
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.organisations import posts


@dataclass(frozen=True, slots=True)
class Way:
    """Hold a person's whole way through a training, as one page shows it.

    Once the certificate is issued it stands by itself: `standings` and `reasons` are empty then.
    """

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
    def post(self) -> posts.Standing | None:
        """Return the post that confirming her hangs on, at a school that the training serves."""
        return _leading(self.standings, self.progress.outline.training.serves)


def read(person_id: UUID | None, outline: Outline, *, at: datetime) -> Way:
    """Return the way of a person through a training, in three queries; None is a visitor's."""
    enrolment = _enrolled(person_id, outline.training.id) if person_id else None
    walked = progress.read(person_id, outline)
    certificate = _paper(enrolment)
    if certificate:
        return Way(enrolment, walked, [], certificate, ())
    standings = posts.standings(person_id) if person_id else []
    return Way(enrolment, walked, standings, None, _reasons(enrolment, walked, standings, at))


def find(person_id: UUID, training_id: UUID) -> Certificate | None:
    """Return the newest edition of a person's certificate, or None."""
    found = Certificate.objects.filter(person_id=person_id, training_id=training_id)
    return found.order_by("-edition").first()


def by_token(person_id: UUID, token: str) -> Certificate | None:
    """Return the certificate of this token if it is the person's own, or None."""
    return Certificate.objects.filter(person_id=person_id, token=token).first()


def held(person_id: UUID) -> list[Certificate]:
    """Return the newest edition of each of a person's certificates, the latest first."""
    found = Certificate.objects.filter(person_id=person_id).order_by("training_id", "-edition")
    newest = found.distinct("training_id")
    return sorted(newest, key=lambda certificate: certificate.issued_at, reverse=True)


def _enrolled(person_id: UUID, training_id: UUID) -> Enrolment | None:
    """Return the enrolment with the key of the newest certificate, in one query."""
    papers = Certificate.objects.filter(person_id=person_id, training_id=training_id)
    newest = papers.order_by("-edition").values("pk")[:1]
    mine = Enrolment.objects.filter(person_id=person_id, training_id=training_id)
    return mine.annotate(certificate_id=Subquery(newest)).first()


def _paper(enrolment: Enrolment | None) -> Certificate | None:
    found: UUID | None = getattr(enrolment, "certificate_id", None)
    return Certificate.objects.get(pk=found) if found else None


def _reasons(
    enrolment: Enrolment | None,
    walked: progress.Progress,
    standings: list[posts.Standing],
    at: datetime,
) -> tuple[eligibility.Reason, ...]:
    training = walked.outline.training
    return eligibility.reasons(
        enrolled_at=enrolment.enrolled_at if enrolment else None,
        hours_complete=walked.is_complete,
        verification=_verification(_leading(standings, training.serves)),
        certificates_from=training.certificates_from,
        at=at,
    )


def _leading(standings: list[posts.Standing], serves: str) -> posts.Standing | None:
    """Return the confirmed post, else one that is asked for, else one refused, else any."""
    fitting = (s for s in standings if s.post.school.type.serves == serves)
    return min(fitting, key=lambda s: (not s.verified, not s.pending, not s.rejected), default=None)


def _verification(leading: posts.Standing | None) -> eligibility.Standing:
    """Say who has the verification now: the school while it is asked, else the teacher."""
    if leading is None or leading.verification is None:
        return eligibility.Standing(done=False, owner=Owner.TEACHER, since=None)
    if leading.decision is None:
        since = leading.verification.requested_at
        return eligibility.Standing(done=False, owner=Owner.SCHOOL, since=since)
    # What the school has confirmed is one version of her identity, and no other.
    is_current = leading.verification.identity.until is None
    done = leading.verified and is_current
    return eligibility.Standing(done=done, owner=Owner.TEACHER, since=leading.decision.at)
