"""New rules never take what is recognised: whoever would have less keeps it, and reads why."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.support import season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Course, Rulebook
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import keeping, progress, refusals, ruling
from yanxiu.training.credits.models import LedgerEntry
from yanxiu.training.credits.ruling import Wanted
from yanxiu.training.trail.models import Entry

WHY = "经研究，第一门课程的上限调整为 1 学时"


@pytest.fixture
def scene(own_database: Scratch) -> Scene:
    season.publish()
    return season.scene(seasons.SUMMER)


def fresh() -> Outline:
    found = trainings.get(seasons.SUMMER)
    assert found
    return found


def first(scene: Scene) -> UUID:
    return scene.outline.courses[0].id


def wanted(scene: Scene, cap_s: int) -> Wanted:
    return Wanted({"required_s": 20_000}, {first(scene): cap_s}, {first(scene): cap_s})


def learn(scene: Scene, lessons: int) -> UUID:
    """Return who has watched so many lessons of the first course: 1500, 1200, 1320, 1680 s."""
    teacher = scene.teacher(at=scene.outline.training.opens_at)
    items = scene.outline.courses[0].lessons[:lessons]
    opened = scene.outline.training.opens_at
    sittings = [(item, item.duration_ms) for item in items]
    watching.watch(teacher.person.id, sittings, scene.outline, begun_at=opened)
    return teacher.person.id


def recognised_s(person_id: UUID) -> int:
    return progress.read(person_id, fresh()).recognised_s


def test_who_would_lose_is_counted_before_and_keeps_it_by_a_line_that_says_why(
    scene: Scene,
) -> None:
    some, more, most = (learn(scene, lessons) for lessons in (1, 2, 4))
    before = {each: recognised_s(each) for each in (some, more, most)}
    assert before == {some: 1_500, more: 2_700, most: 5_400}
    seen = ruling.preview(fresh(), wanted(scene, 2_000), at=clock.now())
    title = scene.outline.courses[0].title
    assert (seen.version, seen.enrolled, seen.keeping) == (2, 3, ((title, 2),))
    assert not LedgerEntry.objects.exists()
    assert ruling.publish(fresh(), wanted(scene, 2_000), why=WHY, at=clock.now()) == 2
    assert {each: recognised_s(each) for each in before} == before
    assert fresh().rulebook.version == 2
    [change] = progress.read(most, fresh()).courses[0].changes
    assert (change.kept_s, change.learned_s, change.sentence) == (5_400, 0, WHY)
    assert progress.read(some, fresh()).courses[0].changes == ()
    assert Entry.objects.get(verb="rules_changed").detail["why"] == WHY
    # Whoever begins now is asked by the new numbers.
    assert recognised_s(learn(scene, 3)) == 2_000
    # A second lowering takes nothing either, and writes no line for what is kept already.
    assert ruling.publish(fresh(), wanted(scene, 900), why=WHY, at=clock.now()) == 2
    assert {each: recognised_s(each) for each in before} == before
    assert ruling.settle(at=clock.now()) == 0


def test_whoever_finishes_while_rules_change_loses_nothing(scene: Scene) -> None:
    ruling.publish(fresh(), wanted(scene, 2_000), why=WHY, at=clock.now())
    book = Rulebook.objects.get(version=2)
    # As if her beat had been on its way to the disk in that very instant.
    late = scene.teacher(at=scene.outline.training.opens_at)
    items = scene.outline.courses[0].lessons[:2]
    length = timedelta(milliseconds=sum(item.duration_ms for item in items))
    watching.watch(
        late.person.id,
        [(item, item.duration_ms) for item in items],
        scene.outline,
        begun_at=book.valid_from - length - timedelta(seconds=1),
        pause=timedelta(0),
    )
    assert ruling.settle(at=clock.now()) == 1
    assert recognised_s(late.person.id) == 2_700
    assert ruling.settle(at=clock.now()) == 0


def test_a_publication_that_was_killed_is_taken_up_again(scene: Scene) -> None:
    person_id = learn(scene, 2)
    [lowered] = ruling._lowered(fresh(), wanted(scene, 2_000), 2, WHY)
    at = clock.now()
    assert sum(keeping.keep(lowered, due, at=at) for due in keeping.everybody(lowered, until=at))
    assert recognised_s(person_id) == 2_700
    assert ruling.publish(fresh(), wanted(scene, 2_000), why=WHY, at=at) == 0
    assert recognised_s(person_id) == 2_700
    assert LedgerEntry.objects.count() == 1


def test_what_would_take_from_people_who_have_begun_is_refused(scene: Scene) -> None:
    learn(scene, 1)
    course = first(scene)
    for asked, no in (
        (Wanted({"seconds_per_credit_hour": 3_000}), refusals.HourFixed),
        (Wanted(caps={course: 9_000}, required={course: 9_000}), refusals.RequirementRaised),
        (Wanted({"required_s": 27_001}, caps={course: 9_000}), refusals.RequirementRaised),
        (Wanted(caps={course: 900}), refusals.NoSuchRule),
        (Wanted({"required_s": 99_999_999}), refusals.NoSuchRule),
        (Wanted({"version": 7}), refusals.NoSuchRule),
        (Wanted(caps={UUID(int=1): 900}), refusals.NoSuchRule),
        (Wanted({"tolerance_ms": -1}), refusals.NoSuchRule),
    ):
        with pytest.raises(no):
            ruling.publish(fresh(), asked, why=WHY, at=clock.now())
    with pytest.raises(refusals.NoSuchRule):
        ruling.publish(fresh(), wanted(scene, 2_000), why=" ", at=clock.now())
    stale = fresh()
    ruling.publish(stale, Wanted({"tolerance_ms": 3_000}), why=WHY, at=clock.now())
    with pytest.raises(refusals.NoSuchRule):
        ruling.publish(stale, Wanted({"tolerance_ms": 1_000}), why=WHY, at=clock.now())
    assert fresh().rulebook.tolerance_ms == 3_000
    assert Course.objects.get(pk=course).cap_s == 5_400


def test_questions_are_switched_on_kept_by_later_versions_and_off_again(scene: Scene) -> None:
    at = clock.now()
    on = Wanted({"question_every_s": 600, "question_answer_s": 300})
    ruling.publish(scene.outline, on, why="试行课堂提问", at=at)
    assert (fresh().rulebook.question_every_s, fresh().rulebook.question_answer_s) == (600, 300)
    ruling.publish(fresh(), Wanted({"beat_every_s": 60}), why="减轻负担", at=at)
    assert fresh().rulebook.question_every_s == 600
    off = Wanted({"question_every_s": 0, "question_answer_s": 0})
    ruling.publish(fresh(), off, why="试行结束", at=at)
    assert fresh().rulebook.question_every_s is None


@pytest.mark.parametrize(("every_s", "answer_s"), [(29, 300), (600, 119), (600, 0), (0, 300)])
def test_questions_that_would_be_a_nuisance_are_refused(
    scene: Scene, every_s: int, answer_s: int
) -> None:
    wrong = Wanted({"question_every_s": every_s, "question_answer_s": answer_s})
    with pytest.raises(refusals.NoSuchRule):
        ruling.publish(scene.outline, wrong, why="试行", at=clock.now())
