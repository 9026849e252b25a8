"""Show that what the cast has watched could have been watched."""

from datetime import datetime, timedelta

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.credits import progress
from yanxiu.training.learning import coverage
from yanxiu.training.learning.models import Allowance, Completion, Coverage
from yanxiu.training.people.models import Account

pytestmark = pytest.mark.usefixtures("country")


def test_needed_lessons_reach_every_course_and_not_much_more() -> None:
    outline = seasons.outline(seasons.SEASON)
    chosen = {item.id for item, _watched_ms in watching.needed(outline)}
    for course in outline.courses:
        lengths = [item.duration_ms // 1000 for item in course.lessons if item.id in chosen]
        assert sum(lengths) >= course.required_s > sum(lengths[:-1])


def test_a_lesson_watched_whole_is_complete_and_a_part_is_begun() -> None:
    person_id = Account.objects.get(phone="13800000001").person_id
    outline = seasons.outline(seasons.DEMO)
    first, second = outline.courses[0].lessons
    watching.watch(
        person_id,
        [(first, first.duration_ms), (second, 10_000)],
        outline,
        begun_at=clock.now() - timedelta(hours=1),
        pause=watching.BREATH,
    )
    states = [watched.state for watched in progress.read(person_id, outline).courses[0].lessons]
    assert states == ["complete", "begun"]


def test_nobody_in_the_country_has_watched_more_than_time_allowed() -> None:
    for row in Allowance.objects.all():
        begun_at = min(_begun(each) for each in Coverage.objects.filter(person_id=row.person_id))
        passed_ms = (row.at - begun_at) / timedelta(milliseconds=1)
        assert 0 <= row.balance_ms <= seasons.OFFLINE_S * 1000
        assert _covered_ms(row) <= passed_ms * seasons.MAX_RATE_MILLI / 1000 + seasons.GRACE_MS


def test_every_completion_has_its_coverage() -> None:
    covered = {(row.person_id, row.lesson_id): row for row in Coverage.objects.all()}
    for done in Completion.objects.all():
        row = covered[done.person_id, done.lesson_id]
        assert coverage.total_ms(coverage.parse(row.covered)) // 1000 == done.credited_s
        assert row.touched_at == done.completed_at


def _begun(row: Coverage) -> datetime:
    return row.touched_at - timedelta(milliseconds=row.position_ms)


def _covered_ms(row: Allowance) -> int:
    rows = Coverage.objects.filter(person_id=row.person_id)
    return sum(coverage.total_ms(coverage.parse(each.covered)) for each in rows)
