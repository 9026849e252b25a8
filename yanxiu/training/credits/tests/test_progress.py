"""Show that progress is read from awards and coverage as they stand: nothing lags or is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import season
from tests.support.season import Scene
from yanxiu.training.cast import seasons, watching
from yanxiu.training.catalogue.trainings import Item
from yanxiu.training.credits import progress
from yanxiu.training.credits.progress import Progress
from yanxiu.training.learning.models import Completion, Coverage


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene(seasons.SUMMER)


def watch(scene: Scene, *sittings: tuple[int, int, int]) -> Progress:
    """Watch so many milliseconds of (course, lesson); 0 is all of it."""
    opened = scene.outline.training.opens_at
    teacher = scene.teacher(at=opened)
    watching.watch(
        teacher.person.id,
        [
            (lesson(scene, course, place), ms or lesson(scene, course, place).duration_ms)
            for course, place, ms in sittings
        ],
        scene.outline,
        begun_at=opened,
    )
    return progress.read(teacher.person.id, scene.outline)


def lesson(scene: Scene, course: int, place: int) -> Item:
    return scene.outline.courses[course].lessons[place]


def test_a_lesson_adds_nothing_until_it_is_complete(scene: Scene) -> None:
    walked = watch(scene, (0, 0, 1_490_000))
    assert (walked.learned_s, walked.recognised_s) == (0, 0)
    [begun, *others] = walked.courses[0].lessons
    assert (begun.state, begun.percent, begun.missing) == ("begun", 99, [(1_490_000, 1_500_000)])
    assert {other.state for other in others} == {"new"}


def test_the_golden_summer_learned_keeps_growing_and_recognised_stops_at_the_cap(
    scene: Scene,
) -> None:
    # 1500 + 1200 + 1320 + 1680 seconds are 5700; the cap is two hours, 5400.
    walked = watch(scene, *((0, place, 0) for place in range(4)), (2, 0, 0))
    first, third = walked.courses[0].tally, walked.courses[2].tally
    assert (first.learned_s, first.recognised_s, first.is_enough) == (5_700, 5_400, True)
    assert (third.learned_s, third.recognised_s, third.is_enough) == (1_260, 1_260, False)
    assert (walked.learned_s, walked.recognised_s) == (6_960, 6_660)
    assert walked.missing_s == 27_000 - 6_660
    assert not walked.is_complete


def test_hours_were_reached_when_the_last_asked_lesson_was_complete(scene: Scene) -> None:
    opened = scene.outline.training.opens_at
    teacher = scene.teacher(at=opened)
    needed = watching.needed(scene.outline)
    reached = watching.watch(teacher.person.id, needed, scene.outline, begun_at=opened)
    walked = progress.read(teacher.person.id, scene.outline)
    assert walked.is_complete
    assert walked.completed_at == reached
    more = next(w.item for c in walked.courses for w in c.lessons if w.state == "new")
    sitting = [(more, more.duration_ms)]
    watching.watch(teacher.person.id, sitting, scene.outline, begun_at=reached)
    after = progress.read(teacher.person.id, scene.outline)
    assert after.learned_s == walked.learned_s + more.duration_ms // 1_000
    assert after.completed_at == reached


def test_before_the_hours_are_reached_they_were_never_reached(scene: Scene) -> None:
    assert watch(scene, (0, 0, 0)).completed_at is None


def test_whoever_begins_is_led_to_the_first_course_and_lesson(scene: Scene) -> None:
    walked = progress.read(None, scene.outline)
    assert walked.next_course is walked.courses[0]
    assert walked.next_course.next_lesson.item == lesson(scene, 0, 0)


def test_whoever_goes_on_is_led_to_what_is_begun(scene: Scene) -> None:
    walked = watch(scene, (1, 2, 100_000), (1, 3, 1_700_000), (1, 0, 0))
    assert walked.next_course is walked.courses[1]
    assert walked.courses[1].next_lesson.item == lesson(scene, 1, 3)
    assert walked.courses[1].completed == 1


def test_spans_of_an_older_film_are_not_shown_as_watched(scene: Scene) -> None:
    teacher = scene.teacher(at=scene.outline.training.opens_at)
    Coverage.objects.create(
        person_id=teacher.person.id,
        lesson_id=lesson(scene, 0, 0).id,
        media_version=2,
        covered="{[0,60000)}",
        position_ms=60_000,
        touched_at=scene.call.now,
    )
    assert progress.read(teacher.person.id, scene.outline).courses[0].lessons[0].state == "new"


def test_an_award_counts_even_where_its_coverage_is_gone(scene: Scene) -> None:
    teacher = scene.teacher(at=scene.outline.training.opens_at)
    Completion.objects.create(
        person_id=teacher.person.id,
        lesson_id=lesson(scene, 0, 0).id,
        media_version=1,
        completed_at=scene.call.now,
        credited_s=1_500,
    )
    walked = progress.read(teacher.person.id, scene.outline)
    assert walked.learned_s == 1_500
    assert walked.courses[0].lessons[0].percent == 100


def test_several_trainings_are_read_in_one_query(scene: Scene) -> None:
    outlines = [seasons.outline(slug) for slug in (seasons.SUMMER, seasons.SEASON, seasons.DEMO)]
    teacher = scene.finished(at=scene.outline.training.opens_at)
    with CaptureQueriesContext(connection) as asked:
        walked = progress.several(teacher.person.id, outlines)
    assert len(asked) == 1
    assert [each.is_complete for each in walked] == [True, False, False]
