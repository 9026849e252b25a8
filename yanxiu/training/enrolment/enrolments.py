"""Let teachers into trainings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanxiu.foundation import dates, periods, phrases
from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import platforms
from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment import eligibility, refusals
from yanxiu.training.enrolment.eligibility import Reason
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.models import Post, SchoolType
from yanxiu.training.people.models import Identity, Person, Persona
from yanxiu.training.trail import entries

# What more information about herself would not change.
_UNMENDABLE = frozenset({Reason.NOT_A_TEACHER, Reason.CLOSED, Reason.OTHER_PLATFORM})


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold what a teacher checks before she enrols, and what stands against it."""

    kind: str | None
    identity: Identity | None
    standings: list[posts.Standing]
    refusals: tuple[Refused, ...]


def find(person_id: UUID, training_id: UUID) -> Enrolment | None:
    """Return a person's enrolment in a training, or None."""
    return Enrolment.objects.filter(person_id=person_id, training_id=training_id).first()


def of(person_id: UUID) -> QuerySet[Enrolment]:
    """Return a person's enrolments with their trainings, the newest first."""
    mine = Enrolment.objects.filter(person_id=person_id).select_related("training")
    return mine.order_by("-enrolled_at", "id")


def sheet(person_id: UUID, training: Training, *, kind: str | None, at: datetime) -> Sheet:
    """Return the information that hours and certificate will use, and every no with its way out."""
    identity = Identity.objects.filter(person_id=person_id, until=None).first()
    standings = posts.standings(person_id)
    schools = [standing.post.school for standing in standings]
    found = eligibility.reasons(
        is_teacher=kind == Persona.Kind.TEACHER,
        has_identity=identity is not None,
        schools_serve=[school.type.serves for school in schools],
        serves=training.serves,
        window=eligibility.Window(training.opens_at, training.closes_at),
        at=at,
    )
    return Sheet(kind, identity, standings, _said(found, training, standings))


@transaction.atomic
def enrol(person: Person, training: Training, *, kind: str | None, at: datetime) -> Enrolment:
    """Enrol a teacher; twice gives the same enrolment. Raises the first refusal that stands."""
    present = find(person.id, training.id)
    if present:
        return present
    against = sheet(person.id, training, kind=kind, at=at).refusals
    if against:
        raise against[0]
    enrolment, made = Enrolment.objects.get_or_create(
        person=person, training=training, defaults={"enrolled_at": at}
    )
    if made:
        entries.record(
            "enrolled",
            subject=("enrolment", enrolment.id),
            by=person.id,
            at=at,
            detail={"training": training.slug},
        )
    return enrolment


def _said(
    found: tuple[Reason, ...], training: Training, standings: list[posts.Standing]
) -> tuple[Refused, ...]:
    """Put each reason into words; missing information is one sentence, not one a field.

    Whoever cannot enrol anyway is not asked for information that would not help her.
    """
    said: list[Refused] = []
    if Reason.NOT_A_TEACHER in found:
        said.append(refusals.NotATeacher())
    window = period_words(training, with_year=True)
    if Reason.NOT_YET_OPEN in found:
        said.append(refusals.NotYetOpen(window=window))
    if Reason.CLOSED in found:
        said.append(refusals.Closed(window=window))
    if Reason.OTHER_PLATFORM in found:
        said.append(other_platform(standings[0].post, training.serves))
    missing = _missing(found)
    if missing and not _UNMENDABLE.intersection(found):
        said.append(refusals.InformationMissing(missing=phrases.listed(missing)))
    return tuple(said)


def _missing(found: tuple[Reason, ...]) -> list[str]:
    words = {
        Reason.IDENTITY_MISSING: _("姓名和证件号码"),
        Reason.SCHOOL_MISSING: _("任教学校"),
    }
    return [word for reason, word in words.items() if reason in found]


def other_platform(post: Post, serves: str) -> refusals.OtherPlatform:
    """Return the sentence that leads from the platform of a branch to that of her school."""
    school = post.school
    return refusals.OtherPlatform(
        branch=SchoolType.Serves(serves).label,
        school=school.name,
        type=_("%(type)s（%(branch)s）")
        % {"type": school.type.name, "branch": school.type.get_serves_display()},
        platform=platforms.serving(school.type.serves).name,
    )


def period_words(training: Training, *, with_year: bool = False) -> str:
    """Return the window as days in China, both ends included: 7 月 20 日至 9 月 30 日.

    The year is said where it changes in between, or where the words stand among other trainings;
    an end in the middle of a day, after an outage, is said to the minute.
    """
    first = training.opens_at.astimezone(periods.CHINA).date()
    last = periods.last_day(training.closes_at)
    is_one_year = first.year == last.year
    begins = dates.day(first) if is_one_year and not with_year else dates.whole_day(first)
    ends = dates.day(last) if is_one_year else dates.whole_day(last)
    if not periods.is_midnight(training.closes_at):
        ends = f"{ends} {dates.time(training.closes_at)}"
    return _("%(begins)s至 %(ends)s") % {"begins": begins, "ends": ends}
