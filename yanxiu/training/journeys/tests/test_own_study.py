"""Show that a copy of one's own data holds what was asked, doubted and held."""

from datetime import timedelta
from uuid import UUID

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import holds
from yanxiu.training.catalogue.models import Lesson
from yanxiu.training.integrity.models import Hold
from yanxiu.training.journeys import own_data, own_study
from yanxiu.training.learning.models import Question, Reply

pytestmark = pytest.mark.usefixtures("country")


@pytest.fixture
def hold(country: None) -> Hold:
    """Give the hold of the demo, against which its teacher has appealed."""
    return Hold.objects.get(lifted_at=None)


def test_a_hold_stands_there_with_its_reason_and_her_appeal(hold: Hold) -> None:
    [row] = own_study.holds(hold.person_id)
    assert hold.sentence in row["原因"]
    assert hold.get_reason_display() in row["原因"]
    assert (row["我的申诉"], row["答复"], row["解除于"]) == (holds.APPEAL, "", "")
    assert row["专题"]


def test_what_was_noted_of_her_watching_stands_there(hold: Hold) -> None:
    rows = own_study.doubts(hold.person_id)
    assert [row["情形"] for row in rows] == [hold.doubt.get_kind_display()]
    assert rows[0]["日期"] == f"{hold.doubt.on:%Y-%m-%d}"


def test_questions_stand_there_with_and_without_a_reply(hold: Hold) -> None:
    lesson = Lesson.objects.first()
    assert lesson
    for turn in (0, 1):
        ask(hold.person_id, lesson.id, turn)
    reply(hold.person_id, lesson.id)
    answered, open_ = own_study.questions(hold.person_id)
    assert (answered["资源"], answered["选项"]) == (lesson.title, "苹果、铁")
    assert (answered["我的回答"], answered["结果"]) == ("铁", "不正确")
    assert (open_["我的回答"], open_["结果"]) == ("", "没有回答")


def test_each_of_them_is_a_part_of_the_copy() -> None:
    gathered = {gather for _title, gather in own_data.SECTIONS}
    assert gathered >= {own_study.questions, own_study.doubts, own_study.holds}


def ask(person_id: UUID, lesson_id: UUID, turn: int) -> None:
    at = clock.now() + timedelta(seconds=turn)
    Question.objects.create(
        person_id=person_id,
        lesson_id=lesson_id,
        place=0,
        turn=turn,
        kind="fruit",
        choices=["苹果", "铁"],
        right=0,
        asked_at=at,
        due_at=at,
    )


def reply(person_id: UUID, lesson_id: UUID) -> None:
    Reply.objects.create(
        person_id=person_id,
        lesson_id=lesson_id,
        place=0,
        turn=0,
        choice=1,
        is_right=False,
        answered_at=clock.now(),
    )
