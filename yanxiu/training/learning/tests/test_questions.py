"""Show how gates are asked at and opened: the same on every device, and nothing is ever lost."""

import asyncio
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.support import season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast.people import Teacher
from yanxiu.training.learning import (
    coverage,
    gates,
    leases,
    questions,
    refusals,
    sealing,
    settlement,
)
from yanxiu.training.learning.batches import Outcome
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.models import Allowance, Completion, Coverage, Question, Reply
from yanxiu.training.learning.questions import Place

EVERY_S, ANSWER_S = 30, 300


@pytest.fixture
def scene(country: None) -> Scene:
    return asking(season.scene())


def asking(scene: Scene) -> Scene:
    """Return the scene under a rulebook that asks; other tests keep theirs."""
    rulebook = copy(scene.outline.rulebook)
    rulebook.question_every_s, rulebook.question_answer_s = EVERY_S, ANSWER_S
    return replace(scene, outline=replace(scene.outline, rulebook=rulebook))


@pytest.fixture
def now() -> datetime:
    return clock.now()


def of(scene: Scene, teacher: Teacher) -> Place:
    """Return a place in the lesson of a minute, which has two gates."""
    [item] = [each for each in scene.outline.courses[1].lessons if each.duration_ms == 60_000]
    return Place(teacher.person.id, scene.outline, item)


def issue(where: Place, player: str = "tab") -> leases.Issued:
    return leases.issue(where.person_id, where.outline, where.item, player=player)


def row(where: Place) -> Coverage:
    return Coverage.objects.get(person_id=where.person_id, lesson_id=where.item.id)


def watch(where: Place, *spans: tuple[int, int]) -> None:
    text = coverage.text(coverage.of(spans))
    mine = Coverage.objects.filter(person_id=where.person_id, lesson_id=where.item.id)
    mine.update(covered=text)


@pytest.fixture
def place(scene: Scene) -> Place:
    """Return where a teacher has watched up to the first gate."""
    where = of(scene, scene.teacher())
    issue(where)
    watch(where, (0, questions.placed(where)[0]))
    return where


def asked(where: Place, now: datetime) -> Question:
    waits = questions.ask(where, at=now)
    assert waits.question
    return waits.question


def wrong(question: Question) -> int:
    return (question.right + 1) % len(question.choices)


def test_the_first_lease_places_the_gates_and_no_later_one_moves_them(scene: Scene) -> None:
    where = of(scene, scene.teacher())
    first = issue(where)
    gate_ms = row(where).gate_ms
    assert gate_ms == questions.placed(where)[0]
    assert sealing.unseal(first.token).asks
    assert not first.is_asked
    issue(where, player="another")
    assert row(where).gate_ms == gate_ms


def test_gates_stand_elsewhere_for_another_person_and_under_another_rulebook(scene: Scene) -> None:
    one, other = (questions.placed(of(scene, scene.teacher())) for _ in range(2))
    assert one != other
    where = of(scene, scene.teacher())
    before = questions.placed(where)
    scene.outline.rulebook.version += 1
    assert questions.placed(where) != before


def test_a_rulebook_that_asks_nothing_leaves_no_gate(scene: Scene, place: Place) -> None:
    scene.outline.rulebook.question_every_s = None
    assert not sealing.unseal(issue(place).token).asks
    assert row(place).gate_ms is None
    assert questions.placed(place) == ()
    assert questions.ask(place, at=clock.now()) == questions.Waiting()


def test_nothing_is_asked_before_all_up_to_the_gate_is_watched(scene: Scene, now: datetime) -> None:
    where = of(scene, scene.teacher())
    issue(where)
    watch(where, (20_000, 50_000))
    assert questions.ask(where, at=now) == questions.Waiting(is_ahead=True)
    assert not issue(where).is_asked


def test_a_question_stays_the_same_on_every_device_until_it_is_over(
    place: Place, now: datetime
) -> None:
    assert issue(place, player="phone").is_asked
    first = asked(place, now)
    assert asked(place, now + timedelta(seconds=ANSWER_S - 1)) == first
    second = asked(place, now + timedelta(seconds=ANSWER_S))
    assert (second.place, second.turn) == (0, 2)
    with pytest.raises(refusals.QuestionOver):
        questions.answer(place, 0, 1, first.right, at=now + timedelta(seconds=ANSWER_S))


def test_the_time_is_given_anew_as_often_as_she_likes(place: Place, now: datetime) -> None:
    first = asked(place, now)
    for _ in range(12):
        now += timedelta(seconds=ANSWER_S - 1)
        assert questions.extend(place, 0, 1, at=now).due_at == now + timedelta(seconds=ANSWER_S)
    assert asked(place, now) == first
    assert questions.answer(place, 0, 1, first.right, at=now)
    late = asked(place_two(place), now)
    with pytest.raises(refusals.QuestionOver):
        questions.extend(place, late.place, late.turn, at=late.due_at)


def place_two(where: Place) -> Place:
    """Let the second gate be reached."""
    watch(where, (0, questions.placed(where)[1]))
    return where


def test_a_right_answer_opens_the_gate_up_to_the_next_and_tells_the_hot_path(
    place: Place, now: datetime
) -> None:
    version = Allowance.objects.get(pk=place.person_id).version
    question = asked(place, now)
    assert questions.answer(place, 0, 1, question.right, at=now)
    assert row(place).gate_ms == questions.placed(place)[1]
    assert Allowance.objects.get(pk=place.person_id).version == version + 1
    assert questions.ask(place, at=now).is_ahead
    last = asked(place_two(place), now)
    assert (last.place, last.turn) == (1, 1)
    assert questions.answer(place, 1, 1, last.right, at=now)
    assert row(place).gate_ms == gates.OPEN_MS
    issue(place, player="later")
    assert row(place).gate_ms == gates.OPEN_MS


def test_a_wrong_answer_is_followed_by_another_question_after_a_breath(
    place: Place, now: datetime
) -> None:
    question, gate_ms = asked(place, now), row(place).gate_ms
    assert not questions.answer(place, 0, 1, wrong(question), at=now)
    # The first answer counts: trying them all is of no use.
    assert not questions.answer(place, 0, 1, question.right, at=now)
    assert row(place).gate_ms == gate_ms
    assert questions.ask(place, at=now + timedelta(seconds=3)).after_s == 2
    assert asked(place, now + questions.BREATH).turn == 2
    assert Reply.objects.get(person_id=place.person_id).is_right is False


def test_an_answer_that_was_lost_on_the_way_may_be_given_again(place: Place, now: datetime) -> None:
    question = asked(place, now)
    for later_s in (0, ANSWER_S):
        at = now + timedelta(seconds=later_s)
        assert questions.answer(place, 0, 1, question.right, at=at)
    assert row(place).gate_ms == questions.placed(place)[1]


def test_what_was_never_asked_cannot_be_answered(place: Place, now: datetime) -> None:
    with pytest.raises(refusals.QuestionUnknown):
        questions.answer(place, 0, 1, 0, at=now)


def test_a_complete_lesson_asks_nothing_more(place: Place, now: datetime) -> None:
    Completion.objects.create(
        person_id=place.person_id,
        lesson_id=place.item.id,
        media_version=1,
        completed_at=now,
        credited_s=60,
    )
    assert questions.ask(place, at=now) == questions.Waiting()
    assert not issue(place).is_asked
    assert row(place).gate_ms == gates.OPEN_MS


def test_answers_can_only_be_added(place: Place, now: datetime) -> None:
    questions.answer(place, 0, 1, wrong(asked(place, now)), at=now)
    for change in ("UPDATE learning_reply SET is_right = true", "DELETE FROM learning_reply"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_beats_stop_at_the_gate_and_go_on_behind_it(own_database: Scratch, now: datetime) -> None:
    season.publish()
    scene = asking(season.scene())
    where = of(scene, scene.teacher())
    lease = sealing.unseal(issue(where).token)
    Allowance.objects.filter(pk=where.person_id).update(balance_ms=4 * 3_600_000)
    one, two = questions.placed(where)
    assert beat(own_database, lease).covered == [(0, one)]
    question = asked(where, now)
    assert questions.answer(where, question.place, question.turn, question.right, at=now)
    answer = beat(own_database, lease)
    assert answer.covered == [(0, two)]
    assert [each.reason for each in answer.refused] == ["question_waiting"]
    question = asked(where, now)
    assert questions.answer(where, question.place, question.turn, question.right, at=now)
    assert beat(own_database, lease).done
    assert row(where).gate_ms == gates.OPEN_MS


def beat(scratch: Scratch, lease: sealing.Lease) -> Answer:
    """Report the whole lesson."""

    async def settled() -> list[Outcome]:
        async with await settlement.opened(scratch.beats) as pool:
            return await settlement.settle(pool, [Beat(lease, [(0, 60_000)], 0)])

    [answer] = asyncio.run(settled())
    assert isinstance(answer, Answer)
    return answer
