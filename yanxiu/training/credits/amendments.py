"""Set hours right by counter-entries, by two officers of a province or the nation.

One proposes seconds to add or take, with the reason that the teacher reads; another confirms. What
was written stays. Rules: docs/rules/ledger.md.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yanxiu.foundation.refusals import Refused
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import catalogued, hours, ledger, progress, refusals
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.models import Amendment, AmendmentAnswer, LedgerEntry
from yanxiu.training.credits.offered import Offered
from yanxiu.training.credits.progress import CourseProgress
from yanxiu.training.notices import notes
from yanxiu.training.organisations import posts, scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

CONFIRMED = AmendmentAnswer.Outcome.CONFIRMED
DECLINED = AmendmentAnswer.Outcome.DECLINED
WITHDRAWN = AmendmentAnswer.Outcome.WITHDRAWN


def against_proposing(person_id: UUID, *, held: list[Officer], by: Person) -> Refused | None:
    """Return why this officer may not propose to amend a teacher's hours, or None; one query."""
    if not scopes.amendments.ever("propose", held):
        return refusals.NotTop()
    if person_id == by.id:
        return refusals.OwnHours()
    return None if _path(person_id, held) else refusals.NotTeaching()


def against_answering(amendment: Amendment, *, held: list[Officer], by: Person) -> Refused | None:
    """Return why this officer may not confirm or decline, or None where she may; asks nothing."""
    if not scopes.amendments.may("confirm", held, amendment):
        return refusals.NotTop()
    if amendment.person_id == by.id:
        return refusals.OwnHours()
    return refusals.SamePerson() if amendment.by_id == by.id else None


def against_seconds(course: CourseProgress, seconds: int) -> Refused | None:
    """Return why a course cannot be amended by so many seconds, or None; asks nothing."""
    learned_s, cap_s = course.tally.learned_s, course.tally.cap_s
    if -learned_s <= seconds <= cap_s:
        return None
    return refusals.BeyondLearned(course=course.offer.title, learned=learned_s, cap=cap_s)


@transaction.atomic
def propose(
    person_id: UUID,
    course_id: UUID,
    change: tuple[int, str],
    *,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> Amendment:
    """Propose to add seconds to what a teacher has learned of a course, or to take some.

    `change` is how many, and the reason that she reads. Raises what stands against it,
    `NothingAmended`, `BeyondLearned` or `AlreadyProposed`.
    """
    _check(against_proposing(person_id, held=held, by=by))
    seconds, sentence = change
    outline = trainings.of_course(course_id)
    if not (seconds and sentence.strip() and outline):
        raise refusals.NothingAmended
    _check_bounds(person_id, course_id, seconds, outline)
    try:
        with transaction.atomic():
            amendment = Amendment.objects.create(
                person_id=person_id,
                training_id=outline.training.id,
                course_id=course_id,
                seconds=seconds,
                sentence=sentence.strip(),
                path=_path(person_id, held),
                by_id=by.id,
                at=at,
            )
    except IntegrityError as error:
        raise refusals.AlreadyProposed from error
    _note("hours_amending", amendment, outline, by=by, at=at)
    return amendment


@transaction.atomic
def confirm(amendment: Amendment, *, held: list[Officer], by: Person, at: datetime) -> LedgerEntry:
    """Write the counter-entry and tell the teacher; raises what stands against it.

    What she has learned is looked at again, while nobody else amends it.
    """
    _check(against_answering(amendment, held=held, by=by))
    _answer(amendment, CONFIRMED, "", by=by, at=at)
    outline = _outline(amendment)
    _check_bounds(amendment.person_id, amendment.course_id, amendment.seconds, outline)
    ledger.write([line_of(amendment, catalogued.read(), by_id=by.id, at=at)])
    _note("hours_amended", amendment, outline, by=by, at=at)
    facts = {
        "training": outline.training.title,
        "course": outline.course(amendment.course_id).title,
        "change": _signed(amendment.seconds, outline),
        "reason": amendment.sentence,
    }
    link = f"/courses/{amendment.course_id}/"
    notes.tell(amendment.person_id, "hours_amended", facts=facts, link=link, at=at)
    return LedgerEntry.objects.get(person_id=amendment.person_id, cause=cause_of(amendment))


@transaction.atomic
def decline(
    amendment: Amendment, *, sentence: str, held: list[Officer], by: Person, at: datetime
) -> None:
    """Let the hours stand, with a reason; raises what stands against it."""
    _check(against_answering(amendment, held=held, by=by))
    _answer(amendment, DECLINED, sentence, by=by, at=at)
    _note("hours_not_amended", amendment, _outline(amendment), by=by, at=at)


@transaction.atomic
def withdraw(amendment: Amendment, *, by: Person, at: datetime) -> None:
    """Take one's own proposal back; raises `NotProposer` or `AlreadyAnswered`."""
    _check(None if amendment.by_id == by.id else refusals.NotProposer())
    _answer(amendment, WITHDRAWN, "", by=by, at=at)
    _note("hours_not_amended", amendment, _outline(amendment), by=by, at=at)


def _signed(seconds: int, outline: Outline) -> str:
    """Return hours with their sign, in no language."""
    per_hour = outline.rulebook.seconds_per_credit_hour
    return f"{'+' if seconds > 0 else '−'}{hours.text(abs(seconds), seconds_per_hour=per_hour)}"


def cause_of(amendment: Amendment) -> str:
    """Return what the ledger calls a confirmed amendment."""
    return f"amendment:{amendment.id}"


def line_of(amendment: Amendment, offered: Offered, *, by_id: UUID, at: datetime) -> Line:
    """Return the ledger's line of an amendment that somebody confirmed at an instant."""
    kinds = LedgerEntry.Kind
    return Line(
        person_id=amendment.person_id,
        kind=str(kinds.ADJUST if amendment.seconds > 0 else kinds.REVERSAL),
        training_id=amendment.training_id,
        course_id=amendment.course_id,
        seconds=amendment.seconds,
        cause=cause_of(amendment),
        sentence=amendment.sentence,
        rulebook_version=offered.book(amendment.training_id, at).version,
        actor_id=by_id,
        at=at,
    )


def _answer(amendment: Amendment, outcome: str, sentence: str, *, by: Person, at: datetime) -> None:
    """Answer an amendment that nobody has answered; of several at once one succeeds."""
    open_one = Amendment.objects.filter(pk=amendment.pk, answered_at=None)
    if not open_one.update(answered_at=at):
        raise refusals.AlreadyAnswered
    AmendmentAnswer.objects.create(
        amendment=amendment, outcome=outcome, sentence=sentence.strip(), by_id=by.id, at=at
    )


def _check_bounds(person_id: UUID, course_id: UUID, seconds: int, outline: Outline) -> None:
    ledger.alone()
    _check(against_seconds(progress.read(person_id, outline).course(course_id), seconds))


def _path(person_id: UUID, held: list[Officer]) -> str:
    """Return at which school in the officer's branch she teaches, "" at none."""
    able = [grant for grant in held if grant.level in scopes.TOP]
    found = posts.current(person_id).filter(scopes.posts.visible(able)).order_by("started_at", "id")
    first = found.first()
    return first.school.path if first else ""


def _outline(amendment: Amendment) -> Outline:
    [outline] = trainings.several([amendment.training_id])
    return outline


def _check(refused: Refused | None) -> None:
    if refused:
        raise refused


def _note(verb: str, amendment: Amendment, outline: Outline, *, by: Person, at: datetime) -> None:
    entries.record(
        verb,
        subject=("person", amendment.person_id),
        by=by.id,
        at=at,
        detail={
            "course": outline.course(amendment.course_id).title,
            "seconds": amendment.seconds,
            "why": amendment.sentence,
            "amendment": str(amendment.id),
        },
        path=amendment.path,
    )
