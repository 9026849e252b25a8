"""Ask at the gates of a lesson, and open a gate once its question is answered.

A question is asked no sooner than all before its gate is watched; it stays the same on every device
until it is answered or over. Whoever is wrong gets another after a breath, and nothing is lost by
a wrong answer, or by none. Rule: docs/rules/attention.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from yanxiu.foundation import ciphers
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.learning import gates, records, refusals, words
from yanxiu.training.learning.models import Question, Reply
from yanxiu.training.learning.records import Record

# After a wrong answer: to breathe and read again, not to punish.
BREATH = timedelta(seconds=5)

_DICE = SystemRandom()

# Every change of coverage bumps the version that the hot path compares; the row stays ours until
# the transaction ends, so that no beat is settled in between.
_BUMP = "UPDATE learning_allowance SET version = version + 1 WHERE person_id = %s"
# What is withdrawn stays so.
_MOVE = """
UPDATE learning_coverage SET gate_ms = %s WHERE person_id = %s AND lesson_id = %s AND gate_ms > 0
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Say whether a question waits: `question` now, or one `after_s` seconds, or `is_ahead`.

    It is ahead while something before its gate is not watched.
    """

    question: Question | None = None
    after_s: int = 0
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Be where somebody is asked: a person, a lesson, and the training it belongs to."""

    person_id: UUID
    outline: Outline
    item: Item

    @property
    def record(self) -> Record:
        """Return what is known of her watching; one query."""
        found = records.read(self.person_id, [self.item.id])
        return found.get(self.item.id, records.NOTHING)

    @property
    def answered(self) -> int:
        """Return at how many gates she has answered rightly; one query."""
        mine = Reply.objects.filter(person_id=self.person_id, lesson_id=self.item.id, is_right=True)
        return mine.values("place").distinct().count()

    @property
    def answer_time(self) -> timedelta:
        """Return how long a question stands."""
        return timedelta(seconds=self.outline.rulebook.question_answer_s or 0)


def gate_ms(where: Place, record: Record) -> int | None:
    """Return where the gate of a lesson belongs now; None where the rulebook asks nothing."""
    if where.outline.rulebook.question_every_s is None:
        return None
    return gates.OPEN_MS if record.completed_at else gates.standing(placed(where), where.answered)


def placed(where: Place) -> tuple[int, ...]:
    """Return where all gates of a lesson stand for a person, answered or not."""
    rulebook = where.outline.rulebook
    if rulebook.question_every_s is None:
        return ()
    subject = f"{where.person_id}/{where.item.id}/{rulebook.version}"
    secret = ciphers.fingerprint(subject, purpose="gates")
    return gates.places(secret, where.item.duration_ms, rulebook.question_every_s * 1_000)


def is_waiting(record: Record, duration_ms: int, tolerance_ms: int) -> bool:
    """Tell whether nothing more of a lesson counts before a question is answered."""
    # No gate, or that of a lesson withdrawn: nothing to answer.
    if record.completed_at or not record.gate_ms or record.gate_ms >= duration_ms:
        return False
    return gates.is_reached(record.covered, record.gate_ms, tolerance_ms)


@transaction.atomic
def ask(where: Place, *, at: datetime) -> Waiting:
    """Return the question that waits at the lesson's gate; a new one where none stands."""
    record = where.record
    if record.completed_at or not record.gate_ms or record.gate_ms >= where.item.duration_ms:
        return Waiting()
    if not is_waiting(record, where.item.duration_ms, where.outline.rulebook.tolerance_ms):
        return Waiting(is_ahead=True)
    place = where.answered
    last = _at(where).filter(place=place).order_by("-turn").first()
    reply = _reply_to(last) if last else None
    if last and reply is None and at < last.due_at:
        return Waiting(last)
    if reply and at < reply.answered_at + BREATH:
        return Waiting(after_s=-((at - reply.answered_at - BREATH) // timedelta(seconds=1)))
    return Waiting(_pose(where, place, last.turn + 1 if last else 1, at))


@transaction.atomic
def extend(where: Place, place: int, turn: int, *, at: datetime) -> Question:
    """Give the time anew, as often as she likes; raise `QuestionUnknown` or `QuestionOver`."""
    question = _standing(where, place, turn, at)
    due_at = at + where.answer_time
    _at(where).filter(place=place, turn=turn).update(due_at=due_at)
    question.due_at = due_at
    return question


@transaction.atomic
def answer(where: Place, place: int, turn: int, choice: int, *, at: datetime) -> bool:
    """Tell whether the choice is right, and open the gate then; the first answer counts.

    Raises `QuestionUnknown` or `QuestionOver`.
    """
    question = _standing(where, place, turn, at)
    facts = {"choice": choice, "is_right": choice == question.right, "answered_at": at}
    reply, _is_new = Reply.objects.get_or_create(
        person_id=where.person_id, lesson_id=where.item.id, place=place, turn=turn, defaults=facts
    )
    if reply.is_right:
        _open(where)
    return reply.is_right


def _at(where: Place) -> QuerySet[Question]:
    return Question.objects.filter(person_id=where.person_id, lesson_id=where.item.id)


def _reply_to(question: Question) -> Reply | None:
    return Reply.objects.filter(
        person_id=question.person_id,
        lesson_id=question.lesson_id,
        place=question.place,
        turn=question.turn,
    ).first()


def _standing(where: Place, place: int, turn: int, at: datetime) -> Question:
    question = _at(where).filter(place=place, turn=turn).first()
    if question is None:
        raise refusals.QuestionUnknown
    if at >= question.due_at and _reply_to(question) is None:
        raise refusals.QuestionOver
    return question


def _pose(where: Place, place: int, turn: int, at: datetime) -> Question:
    """Ask; where another device asked at the same moment, its question stands."""
    chosen = words.choose(_DICE)
    question, _is_new = Question.objects.get_or_create(
        person_id=where.person_id,
        lesson_id=where.item.id,
        place=place,
        turn=turn,
        defaults={
            "kind": chosen.kind,
            "choices": list(chosen.words),
            "right": chosen.right,
            "asked_at": at,
            "due_at": at + where.answer_time,
        },
    )
    return question


def _open(where: Place) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BUMP, [where.person_id])
        gate = gate_ms(where, where.record)
        cursor.execute(_MOVE, [gate, where.person_id, where.item.id])
