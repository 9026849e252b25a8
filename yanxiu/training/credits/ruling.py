"""Publish a new version of a training's rules, and say beforehand whom it touches.

What is recognised never falls: who would have less keeps it, by a line that she reads. Rules:
docs/rules/ledger.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Course, Rulebook, Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import keeping, ledger, refusals
from yanxiu.training.credits.keeping import Lowered
from yanxiu.training.enrolment.models import Enrolment
from yanxiu.training.learning.models import Completion
from yanxiu.training.organisations import regions
from yanxiu.training.trail import entries

# What a new version may say differently; what belongs to a course is named by the course.
NUMBERS = (
    *("seconds_per_credit_hour", "required_s", "max_rate_milli", "beat_every_s", "grace_ms"),
    *("open_for_s", "offline_allowance_s", "late_s", "tolerance_ms"),
    *("question_every_s", "question_answer_s"),
)
# The least that each may be; 0 in both asks nothing. Source: docs/rules/attention.md.
QUESTIONS = {"question_every_s": 30, "question_answer_s": 120}
# How long a version that has just been published is looked after.
SETTLED_AFTER = keeping.LATE * 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say what shall be different: numbers of the rulebook, and caps and requirements in s."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    caps: Mapping[UUID, int] = field(default_factory=dict)
    required: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """Say whom a version would touch: who is enrolled, and whose recognised hours it would lower.

    `keeping` pairs each course whose cap falls with how many people keep more than it.
    """

    version: int
    enrolled: int
    keeping: tuple[tuple[str, int], ...]


def preview(outline: Outline, wanted: Wanted, *, at: datetime) -> Preview:
    """Return whom the version would touch; raises what `publish` raises."""
    version = _check(outline, wanted)
    lowered = _lowered(outline, wanted, version, "")
    counted = tuple(
        (outline.course(each.course_id).title, _count(each, until=at)) for each in lowered
    )
    enrolled = Enrolment.objects.filter(training=outline.training).count()
    return Preview(version, enrolled, counted)


def publish(outline: Outline, wanted: Wanted, *, why: str, at: datetime) -> int:
    """Let the rules be these from now on; return how many lines keep what would have been lost.

    May be repeated after a crash: lines that are there are not written again. Raises
    `NoSuchRule`, `HourFixed` or `RequirementRaised`.
    """
    version = _check(outline, wanted)
    if not why.strip():
        raise refusals.NoSuchRule(what=_("没有写明原因"))
    lowered = _lowered(outline, wanted, version, why.strip())
    kept = sum(
        keeping.keep(each, due, at=at)
        for each in lowered
        for due in keeping.everybody(each, until=at)
    )
    return kept + _switch(outline, wanted, lowered, at=at)


def settle(*, at: datetime) -> int:
    """Keep what whoever finished a lesson in the very instant of a change would have lost."""
    fresh = Rulebook.objects.filter(valid_from__gt=at - SETTLED_AFTER).exclude(lowered={})
    return sum(
        _keep_recent(each, since=book.valid_from - keeping.LATE, until=book.valid_from)
        for book in fresh.order_by("id")
        for each in lowered_by(book)
    )


def lowered_by(book: Rulebook) -> list[Lowered]:
    """Return which caps a published version has lowered."""
    [outline] = trainings.several([book.training_id])
    return [
        _one(outline, UUID(course_id), book.version, (was_s, cap_s), book.sentence)
        for course_id, (was_s, cap_s) in book.lowered.items()
    ]


@transaction.atomic
def _switch(outline: Outline, wanted: Wanted, lowered: list[Lowered], *, at: datetime) -> int:
    """Keep what was earned since the walk began, and change the numbers: both or neither."""
    training = Training.objects.select_for_update().get(pk=outline.training.id)
    if training.version != outline.training.version:
        raise refusals.NoSuchRule(what=_("规则刚刚被别人修改"))
    ledger.alone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [now] = cursor.fetchone()
    kept = sum(_keep_recent(each, since=at - keeping.LATE, until=now) for each in lowered)
    _write(outline, wanted, lowered, now)
    return kept


def _write(outline: Outline, wanted: Wanted, lowered: list[Lowered], now: datetime) -> None:
    book = outline.rulebook
    numbers = {name: getattr(book, name) for name in NUMBERS} | dict(wanted.numbers)
    numbers |= {name: numbers[name] or None for name in QUESTIONS}
    sentence = lowered[0].sentence if lowered else ""
    Rulebook.objects.create(
        training_id=book.training_id,
        version=book.version + 1,
        valid_from=now,
        lowered={str(each.course_id): [each.was_s, each.cap_s] for each in lowered},
        sentence=sentence,
        **numbers,
    )
    for course in outline.courses:
        Course.objects.filter(pk=course.id).update(
            cap_s=wanted.caps.get(course.id, course.cap_s),
            required_s=wanted.required.get(course.id, course.required_s),
        )
    # A new version, so that no process shows the old numbers from its memory.
    Training.objects.filter(pk=book.training_id).update(version=F("version") + 1)
    entries.record(
        "rules_changed",
        subject=("training", book.training_id),
        by=None,
        at=now,
        detail={
            "training": outline.training.title,
            "version": book.version + 1,
            "why": sentence,
            "before": {name: getattr(book, name) for name in wanted.numbers},
            "after": dict(wanted.numbers),
            "caps": {str(course): cap_s for course, cap_s in wanted.caps.items()},
            "required": {str(course): required_s for course, required_s in wanted.required.items()},
        },
        path=regions.NATION,
    )


def _keep_recent(lowered: Lowered, *, since: datetime, until: datetime) -> int:
    people = keeping.recent(lowered, since=since)
    return keeping.keep(lowered, keeping.some(lowered, people, until=until), at=until)


def _count(lowered: Lowered, *, until: datetime) -> int:
    return sum(len(due) for due in keeping.everybody(lowered, until=until))


def _lowered(outline: Outline, wanted: Wanted, version: int, sentence: str) -> list[Lowered]:
    return [
        _one(outline, course.id, version, (course.cap_s, wanted.caps[course.id]), sentence)
        for course in outline.courses
        if wanted.caps.get(course.id, course.cap_s) < course.cap_s
    ]


def _one(
    outline: Outline, course_id: UUID, version: int, caps: tuple[int, int], sentence: str
) -> Lowered:
    lessons = tuple(item.id for item in outline.course(course_id).lessons)
    return Lowered(outline.training.id, course_id, lessons, version, *caps, sentence)


def _check(outline: Outline, wanted: Wanted) -> int:
    """Return the number that the version will have; raise what stands against it."""
    known = {course.id for course in outline.courses}
    asked = {**wanted.caps, **wanted.required}
    if asked.keys() - known or wanted.numbers.keys() - set(NUMBERS):
        raise refusals.NoSuchRule(what=_("没有这门课程，或没有这个数值"))
    if any(value < 0 for value in (*asked.values(), *wanted.numbers.values())):
        raise refusals.NoSuchRule(what=_("数值不能小于 0"))
    _check_questions(outline, wanted)
    _check_hour(outline, wanted)
    _check_requirements(outline, wanted)
    return outline.rulebook.version + 1


def _check_questions(outline: Outline, wanted: Wanted) -> None:
    book = outline.rulebook
    asked = {name: wanted.numbers.get(name, getattr(book, name) or 0) for name in QUESTIONS}
    if any(asked.values()) and any(asked[name] < least for name, least in QUESTIONS.items()):
        raise refusals.NoSuchRule(
            what=_("提问间隔至少 30 秒，保留时间至少 120 秒；都为 0 则不提问")
        )


def _check_hour(outline: Outline, wanted: Wanted) -> None:
    book = outline.rulebook
    per_hour = wanted.numbers.get("seconds_per_credit_hour", book.seconds_per_credit_hour)
    if per_hour == book.seconds_per_credit_hour:
        return
    lessons = [item.id for course in outline.courses for item in course.lessons]
    if not per_hour or Completion.objects.filter(lesson_id__in=lessons).exists():
        raise refusals.HourFixed


def _check_requirements(outline: Outline, wanted: Wanted) -> None:
    total_s = wanted.numbers.get("required_s", outline.rulebook.required_s)
    caps = {each.id: wanted.caps.get(each.id, each.cap_s) for each in outline.courses}
    asks = {each.id: wanted.required.get(each.id, each.required_s) for each in outline.courses}
    for course in outline.courses:
        if asks[course.id] > caps[course.id]:
            raise refusals.NoSuchRule(
                what=_("“%(course)s”的认定学时高于上限") % {"course": course.title}
            )
    if total_s > sum(caps.values()):
        raise refusals.NoSuchRule(what=_("认定学时高于各课程上限之和"))
    if not Enrolment.objects.filter(training=outline.training).exists():
        return
    for course in outline.courses:
        if asks[course.id] > course.required_s:
            raise refusals.RequirementRaised(what=course.title, before=course.required_s)
    if total_s > outline.rulebook.required_s:
        raise refusals.RequirementRaised(
            what=outline.training.title, before=outline.rulebook.required_s
        )
