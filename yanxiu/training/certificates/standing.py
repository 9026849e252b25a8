"""Read how somebody stands with a certificate: her way, what is against it, what she holds."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case as CaseOf
from django.db.models import OuterRef, QuerySet, Subquery, When

from yanxiu.foundation import prepared
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.certificates import eligibility
from yanxiu.training.certificates.eligibility import Owner
from yanxiu.training.certificates.identity_history import History
from yanxiu.training.certificates.models import Certificate, Unset
from yanxiu.training.credits import progress
from yanxiu.training.enrolment import enrolments
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.organisations import correction_queue, corrections, phone_changes, posts
from yanxiu.training.organisations.models import Verification
from yanxiu.training.people import identities


@dataclass(frozen=True, slots=True)
class Way:
    """Hold a person's whole way through a training, as one page shows it.

    Once the certificate is issued it stands by itself: `standings` and `reasons` are empty then.
    `readmitted` is the revoked one after which she may confirm the next edition.
    """

    enrolment: Enrolment | None
    progress: progress.Progress
    standings: list[posts.Standing]
    certificate: Certificate | None
    reasons: tuple[eligibility.Reason, ...]
    readmitted: Certificate | None = None

    @property
    def state(self) -> str:
        """Return issued, superseded, revoked, ready or not_yet."""
        if self.certificate:
            found = state(self.certificate)
            return "issued" if found == "valid" else found
        return "not_yet" if self.reasons else "ready"

    @property
    def unset(self) -> str:
        """Return the characters that her confirmed certificate waits for; usually none."""
        return _unset(self.enrolment)

    @property
    def is_signed(self) -> bool:
        """Tell whether the certificate's paper is there to be taken home."""
        return self.certificate is not None and is_signed(self.certificate)

    @property
    def post(self) -> posts.Standing | None:
        """Return the post that confirming her hangs on, at a school that the training serves."""
        return leading(self.standings, self.progress.outline.training.serves)


def read(person_id: UUID | None, outline: Outline, *, at: datetime) -> Way:
    """Return the way of a person through a training, in three queries; None is a visitor's.

    A fourth reads her identities where some of her hours were earned under another than now's.
    """
    enrolment = _enrolled(person_id, outline.training.id) if person_id else None
    walked = progress.read(person_id, outline)
    certificate = _paper(_key(enrolment))
    if certificate:
        return Way(enrolment, walked, [], certificate, ())
    standings = posts.standings(person_id) if person_id else []
    reasons = _reasons(enrolment, walked, standings, at)
    return Way(enrolment, walked, standings, None, reasons, _paper(_readmitted(enrolment)))


def every(person_id: UUID, *, at: datetime) -> list[Way]:
    """Return her ways through all trainings that she is enrolled in, in four queries."""
    enrolled = list(_with_papers(enrolments.of(person_id)))
    outlines = [trainings.of(enrolment.training) for enrolment in enrolled]
    walked = progress.several(person_id, outlines)
    keys = [key for each in enrolled if (key := _key(each) or _readmitted(each))]
    papers = told().in_bulk(keys) if keys else {}
    is_done = all(_key(enrolment) for enrolment in enrolled)
    standings = [] if is_done else posts.standings(person_id)
    return [
        Way(enrolment, far, [], paper, ())
        if (paper := papers.get(_key(enrolment)))
        else Way(
            enrolment,
            far,
            standings,
            None,
            _reasons(enrolment, far, standings, at),
            papers.get(_readmitted(enrolment)),
        )
        for enrolment, far in zip(enrolled, walked, strict=True)
    ]


def due(people: Collection[UUID], outline: Outline, *, at: datetime) -> list[UUID]:
    """Return who of these can claim her certificate and has not, in six queries.

    Whoever has confirmed and waits for a rare character has done all she can.
    """
    mine = Enrolment.objects.filter(person_id__in=people, training_id=outline.training.id)
    enrolled = {
        each.person_id: each
        for each in _with_papers(mine).order_by("person_id")
        if not _key(each) and not _unset(each)
    }
    walked = progress.awarded(enrolled.keys(), outline)
    standings, histories = posts.standings_of(enrolled.keys()), History.of_each(enrolled.keys())
    return [
        person_id
        for person_id, enrolment in enrolled.items()
        if not _reasons(
            enrolment,
            walked[person_id],
            standings[person_id],
            at,
            history_of=histories.__getitem__,
        )
    ]


def state(certificate: Certificate) -> str:
    """Return valid, superseded or revoked; asks nothing of a certificate that `told` has read."""
    if hasattr(certificate, "revocation"):
        return "revoked"
    return "superseded" if hasattr(certificate, "supersession") else "valid"


def is_signed(certificate: Certificate) -> bool:
    """Tell whether a paper is there; asks nothing of a certificate that `told` has read."""
    return hasattr(certificate, "paper")


def told() -> QuerySet[Certificate]:
    """Return certificates with all that their state hangs on, and whether a paper is there."""
    found = Certificate.objects.select_related(
        "supersession__new", "revocation__proposal", "revocation__readmission", "paper"
    )
    return found.defer("paper__pdf")


def valid() -> QuerySet[Certificate]:
    """Return the certificates that count now: of each person and training at most one."""
    return Certificate.objects.filter(supersession=None, revocation=None)


def by_token(person_id: UUID, token: str) -> Certificate | None:
    """Return the certificate of this token if it is the person's own, or None."""
    return told().filter(person_id=person_id, token=token).first()


def editions(certificate: Certificate) -> list[Certificate]:
    """Return all editions of a person's certificate of a training, the newest first."""
    same = told().filter(person_id=certificate.person_id, training_id=certificate.training_id)
    return list(same.order_by("-edition"))


def held(person_id: UUID) -> list[Certificate]:
    """Return all of a person's certificates, those of a training together, the latest first."""
    found = list(told().filter(person_id=person_id).order_by("-edition"))
    newest = {each.training_id: each.id for each in reversed(found)}
    return sorted(found, key=lambda each: (newest[each.training_id], each.edition), reverse=True)


def _enrolled(person_id: UUID, training_id: UUID) -> Enrolment | None:
    """Return the enrolment with the key of the newest certificate, in one query."""
    return next(iter(_enrolments(person_id=person_id, training_id=training_id)), None)


@prepared.question(person_id=UUID, training_id=UUID)
def _enrolments(person_id: UUID, training_id: UUID) -> QuerySet[Enrolment]:
    return _with_papers(Enrolment.objects.filter(person_id=person_id, training_id=training_id))


def _with_papers(enrolled: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Read with each enrolment the newest certificate's key, and what a queued one waits for.

    Whoever was readmitted after the newest was revoked stands like one who has none yet.
    """
    hers = {"person_id": OuterRef("person_id"), "training_id": OuterRef("training_id")}
    newest = Certificate.objects.filter(**hers).order_by("-edition")
    stands = CaseOf(When(revocation__readmission=None, then="pk"))
    readmitted = CaseOf(When(revocation__readmission__isnull=False, then="pk"))
    waiting = Unset.objects.filter(**hers, settled_at=None)
    return enrolled.annotate(
        certificate_id=Subquery(newest.annotate(key=stands).values("key")[:1]),
        readmitted_id=Subquery(newest.annotate(key=readmitted).values("key")[:1]),
        unset_characters=Subquery(waiting.values("characters")[:1]),
        phone_changing_since=phone_changes.frozen_since(),
    )


def _key(enrolment: Enrolment | None) -> UUID | None:
    found: UUID | None = getattr(enrolment, "certificate_id", None)
    return found


def _readmitted(enrolment: Enrolment | None) -> UUID | None:
    found: UUID | None = getattr(enrolment, "readmitted_id", None)
    return found


def _unset(enrolment: Enrolment | None) -> str:
    return str(getattr(enrolment, "unset_characters", "") or "")


def _paper(key: UUID | None) -> Certificate | None:
    return next(iter(_told(key=key)), None) if key else None


@prepared.question(key=UUID)
def _told(key: UUID) -> QuerySet[Certificate]:
    return told().filter(pk=key)


def _reasons(
    enrolment: Enrolment | None,
    walked: progress.Progress,
    standings: list[posts.Standing],
    at: datetime,
    *,
    history_of: Callable[[UUID], History] = History.read,
) -> tuple[eligibility.Reason, ...]:
    training = walked.outline.training
    post = leading(standings, training.serves)
    case = eligibility.Case(
        enrolled_at=enrolment.enrolled_at if enrolment else None,
        hours_complete=walked.is_earned,
        verification=_verification(post, at),
        certificates_from=training.certificates_from,
        identity=_identity(post, walked, history_of),
        hold=_hold(walked),
        phone_changing_since=getattr(enrolment, "phone_changing_since", None),
    )
    return eligibility.reasons(case, at=at)


def leading(standings: list[posts.Standing], serves: str) -> posts.Standing | None:
    """Return the confirmed post, else one that is asked for, else one refused, else any."""
    fitting = (s for s in standings if s.post.school.type.serves == serves)
    return min(fitting, key=lambda s: (not s.verified, not s.pending, not s.rejected), default=None)


def _verification(post: posts.Standing | None, at: datetime) -> eligibility.Standing:
    """Say who has the verification now: who is asked for it, else the teacher."""
    if post is None or post.verification is None:
        return eligibility.Standing(done=False, owner=Owner.TEACHER, since=None)
    if post.decision is None:
        return _asked(post.verification, at)
    # What the school has confirmed is one version of her identity, and no other.
    is_current = post.verification.identity.until is None
    done = post.verified and is_current
    return eligibility.Standing(done=done, owner=Owner.TEACHER, since=post.decision.at)


def _asked(asked: Verification, at: datetime) -> eligibility.Standing:
    """Say who has a request: the school, and from the day on which it rises the county."""
    owner = Owner.COUNTY if asked.needs_county or asked.rises_at <= at else Owner.SCHOOL
    return eligibility.Standing(done=False, owner=owner, since=asked.requested_at)


def _hold(walked: progress.Progress) -> eligibility.Standing:
    """Say who has her hours in hand while they are held: the office, or the one she appealed to."""
    held = walked.hold
    if held is None:
        return eligibility.SETTLED
    return eligibility.Standing(done=False, owner=Owner(held.owner), since=held.since)


def _identity(
    post: posts.Standing | None,
    walked: progress.Progress,
    history_of: Callable[[UUID], History],
) -> eligibility.Standing:
    """Say whether her hours were earned as the person who is confirmed, or asks to be."""
    if post is None or post.verification is None:
        return eligibility.SETTLED
    identity = post.verification.identity
    awards = [
        (lesson.identity_version, lesson.completed_at)
        for course in walked.courses
        for lesson in course.lessons
        if lesson.completed_at
    ]
    same = {identity.version} | ({None} if identity.version == 1 else set())
    if {version for version, _at in awards} <= same:
        return eligibility.SETTLED
    history = history_of(identity.person_id)
    if not history.is_another(awards, identities.known(identity)):
        return eligibility.SETTLED
    return _vouching(post.verification, is_asked=post.pending)


def _vouching(verification: Verification, *, is_asked: bool) -> eligibility.Standing:
    """Say who has the county's word for a changed identity: the county, once it is asked for it."""
    identity = verification.identity
    asked = correction_queue.latest(identity.person_id)
    if asked and corrections.answer(asked) is None:
        return eligibility.Standing(done=False, owner=Owner.COUNTY, since=asked.requested_at)
    if is_asked:
        since = verification.requested_at
        return eligibility.Standing(done=False, owner=Owner.COUNTY, since=since)
    return eligibility.Standing(done=False, owner=Owner.TEACHER, since=identity.recorded_at)
