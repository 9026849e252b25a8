"""Show who is told that her certificate can be claimed: whoever is due, once, and nobody else."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import season
from tests.support.claims import Claimant
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import people, seasons, watching
from yanxiu.training.cast.people import Teacher
from yanxiu.training.certificates import catching_up, unset
from yanxiu.training.journeys import announcing, jobs
from yanxiu.training.notices.models import Notice
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.reports import rolling
from yanxiu.training.reports.models import Roll

A_MOMENT = timedelta(seconds=1)


def announce(at: datetime) -> int:
    """Roll and tell; what the cast did lies in the past, so that everybody is rolled anew."""
    Roll.objects.all().delete()
    rolling.roll(at=at)
    return announcing.announce(at=at)


@pytest.fixture
def scene(country: None) -> Scene:
    """Give the taste of a season; whoever is due in the demo country has been told before."""
    found = season.scene()
    announce(found.call.now)
    return found


def notices(person: Person) -> list[Notice]:
    return list(Notice.objects.filter(person=person, kind="certificate_ready"))


def studied(scene: Scene, *, at: datetime) -> Teacher:
    """Return a teacher who has all hours and whom nobody has confirmed."""
    teacher = scene.call.teacher(scene.desk.school, at=at)
    people.enrol(teacher, scene.outline.training.slug, at=at)
    sittings = watching.needed(scene.outline)
    watching.watch(teacher.person.id, sittings, scene.outline, begun_at=at)
    return teacher


def test_twice_is_once(scene: Scene) -> None:
    teacher, now = scene.finished(), scene.call.now
    assert announce(now) == 1
    [notice] = notices(teacher.person)
    assert notice.link == "/trainings/demo/certificate/"
    assert notice.facts == {"training": "体验专题"}
    assert announce(now + A_MOMENT) == 0
    assert len(notices(teacher.person)) == 1


def test_on_the_day_of_release_and_not_an_instant_before(country: None) -> None:
    scene = season.scene(seasons.SUMMER)
    released = scene.outline.training.certificates_from
    teacher = scene.finished(at=scene.outline.training.opens_at)
    announce(released - A_MOMENT)
    assert not notices(teacher.person)
    announce(released)
    assert len(notices(teacher.person)) == 1


def test_hours_or_a_confirmation_that_come_later_are_told_then(scene: Scene) -> None:
    now, since = scene.call.now, scene.call.ago(days=9)
    slow, waits = scene.teacher(at=since), studied(scene, at=since)
    assert announce(now) == 0
    sittings = watching.needed(scene.outline)
    watching.watch(slow.person.id, sittings, scene.outline, begun_at=since)
    assert announce(now) == 1
    assert notices(slow.person)
    people.approve(waits, by=scene.desk.officer, at=now)
    assert announce(now) == 1
    assert notices(waits.person)


def test_nobody_is_told_who_has_claimed_or_who_waits_for_a_font(scene: Scene) -> None:
    holder = Claimant(scene)
    holder.claim()
    rare, now = scene.finished(), scene.call.now
    unset.queue(rare.person.id, scene.outline.training.id, "𠀀", seen="0" * 64, at=now)
    assert announce(now) == 0
    # What she has confirmed is no longer so: she is told to look again, and only once.
    unset.queue(rare.person.id, scene.outline.training.id, "张", seen="0" * 64, at=now)
    assert catching_up.settle(at=now) == 1
    assert announce(now) == 0
    assert len(notices(rare.person)) == 1


def test_nobody_is_told_whose_confirmation_is_of_another_identity(scene: Scene) -> None:
    teacher = scene.finished()
    Identity.objects.filter(person=teacher.person).update(until=scene.call.now)
    announce(scene.call.now)
    assert not notices(teacher.person)


def test_many_cost_no_more_than_few(scene: Scene) -> None:
    def queries(many: int) -> int:
        for _ in range(many):
            scene.finished()
        Roll.objects.all().delete()
        rolling.roll(at=scene.call.now)
        with CaptureQueriesContext(connection) as asked:
            assert announcing.announce(at=scene.call.now) == many
        return len(asked)

    assert queries(2) == queries(8)


def test_it_is_a_job(scene: Scene) -> None:
    teacher = scene.finished()
    Roll.objects.all().delete()
    rolling.roll(at=clock.now())
    jobs.announce_certificates()
    assert len(notices(teacher.person)) == 1
