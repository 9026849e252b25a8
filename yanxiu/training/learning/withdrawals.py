"""Take a lesson off: nothing more counts from then on, and what was earned by it stays.

Rule: docs/rules/withdrawal.md.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training, Withdrawal
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.learning import refusals
from yanxiu.training.organisations import regions
from yanxiu.training.people import turns
from yanxiu.training.trail import entries

# People whose rows are closed in one transaction: short enough for beats to wait.
BATCH = 1_000

_CLOSE = """
UPDATE learning_coverage SET gate_ms = 0
WHERE lesson_id = %(lesson)s AND person_id = ANY(%(people)s)
"""
_NEXT = """
SELECT person_id FROM learning_coverage
WHERE lesson_id = %(lesson)s AND person_id > %(after)s AND gate_ms IS DISTINCT FROM 0
ORDER BY person_id LIMIT %(most)s
"""
_NOBODY = UUID(int=0)


def withdraw(lesson_id: UUID, *, sentence: str, at: datetime) -> int:
    """Withdraw a lesson; return how many people's rows were closed.

    May be repeated after a crash: it goes on where it was. Raises `LessonUnknown` or
    `WithdrawalImpossible`.
    """
    outline = trainings.of_lesson(lesson_id)
    item = outline.lesson(lesson_id) if outline else None
    if outline is None or item is None:
        raise refusals.LessonUnknown
    if not item.is_withdrawn:
        _record(outline, item, sentence, at)
    return _close(lesson_id)


def hold_off(lesson_id: UUID) -> None:
    """Let nobody take a lesson off before this transaction is over."""
    turns.share(_key(lesson_id))


def _key(lesson_id: UUID) -> str:
    return f"withdrawal:{lesson_id}"


@transaction.atomic
def _record(outline: Outline, item: Item, sentence: str, at: datetime) -> None:
    _check(outline, item)
    # Leases that are being given are waited for, so that their rows are closed with the others.
    turns.wait(_key(item.id))
    Withdrawal.objects.create(lesson_id=item.id, withdrawn_at=at, sentence=sentence)
    # A new version, so that no process offers the lesson from its memory.
    Training.objects.filter(pk=outline.training.pk).update(version=F("version") + 1)
    entries.record(
        "lesson_withdrawn",
        subject=("training", outline.training.id),
        by=None,
        at=at,
        detail={"training": outline.training.title, "lesson": item.title, "why": sentence},
        path=regions.NATION,
    )


def _check(outline: Outline, gone: Item) -> None:
    for course in outline.courses:
        if gone not in course.lessons:
            continue
        left = [item for item in course.lessons if item != gone and not item.is_withdrawn]
        if sum(item.duration_ms // 1_000 for item in left) < course.required_s:
            raise refusals.WithdrawalImpossible(course=course.title)


def _close(lesson_id: UUID) -> int:
    closed, after = 0, _NOBODY
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_NEXT, {"lesson": lesson_id, "after": after, "most": BATCH})
            people = [row[0] for row in cursor.fetchall()]
            if not people:
                return closed
            cursor.execute(_CLOSE, {"lesson": lesson_id, "people": people})
            closed, after = closed + len(people), people[-1]
