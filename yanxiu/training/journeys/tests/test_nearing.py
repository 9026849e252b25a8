"""Show who is told that a training closes soon: whoever lacks hours, once for each mark."""

from datetime import datetime, timedelta

import pytest

from tests.support import season
from tests.support.season import Scene
from yanxiu.training.cast import seasons
from yanxiu.training.journeys import nearing
from yanxiu.training.notices import kinds
from yanxiu.training.notices.models import Notice
from yanxiu.training.people.models import Person
from yanxiu.training.reports import rolling
from yanxiu.training.reports.models import Roll


@pytest.fixture
def scene(country: None) -> Scene:
    """Give the season of the manual, before anybody studies."""
    return season.scene(seasons.SUMMER)


def roll(at: datetime) -> None:
    """Bring the standings up to date; what the cast did lies in the past."""
    Roll.objects.all().delete()
    rolling.roll(at=at)


def told(person: Person, kind: str = "deadline_near") -> list[str]:
    found = Notice.objects.filter(person=person, kind=kind).order_by("at", "id")
    return [kinds.told(each.kind, each.facts) for each in found]


def test_seven_three_and_one_day_before_whoever_lacks_hours_is_told_once_each(
    scene: Scene,
) -> None:
    begun, closes = scene.outline.training.opens_at, scene.outline.training.closes_at
    lazy, done = scene.teacher(at=begun), scene.finished(at=begun)
    roll(closes - timedelta(days=9))
    nearing.warn(at=closes - timedelta(days=7, seconds=1))
    assert told(lazy.person) == []
    marks = (timedelta(days=7), timedelta(days=3), timedelta(days=1))
    for number, left in enumerate(marks, start=1):
        nearing.warn(at=closes - left)
        nearing.warn(at=closes - left + timedelta(hours=5))
        assert len(told(lazy.person)) == number
    title = scene.outline.training.title
    assert told(lazy.person) == [
        f"“{title}”还有 6 天截止（9 月 30 日），您还差 10.00 学时，请尽快完成。",
        f"“{title}”还有 2 天截止（9 月 30 日），您还差 10.00 学时，请尽快完成。",
        f"“{title}”今天截止（9 月 30 日），您还差 10.00 学时，请尽快完成。",
    ]
    nearing.warn(at=closes)
    assert len(told(lazy.person)) == 3
    assert told(done.person) == []


def test_whoever_comes_late_hears_of_the_last_mark_alone(scene: Scene) -> None:
    closes = scene.outline.training.closes_at
    late = scene.teacher(at=closes - timedelta(days=2))
    roll(closes - timedelta(days=2))
    nearing.warn(at=closes - timedelta(days=2))
    nearing.warn(at=closes - timedelta(days=2, hours=-1))
    assert len(told(late.person)) == 1


def test_whoever_has_all_hours_is_told_once(scene: Scene) -> None:
    begun = scene.outline.training.opens_at
    done, lazy = scene.finished(at=begun), scene.teacher(at=begun)
    at = begun + timedelta(days=1, hours=12)
    roll(at)
    assert nearing.congratulate(at=at)
    assert not nearing.congratulate(at=at)
    title = scene.outline.training.title
    assert told(done.person, "hours_complete") == [f"“{title}”的学时已学满。证书发放后会再通知您。"]
    assert told(lazy.person, "hours_complete") == []
