"""Show what a lease changes: the growing allowance, the player that may play, new media."""

import asyncio
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import people, seasons, watching
from yanxiu.training.cast.people import Teacher
from yanxiu.training.catalogue.models import Lesson, MediaVersion, Recording, Training
from yanxiu.training.catalogue.trainings import Item
from yanxiu.training.enrolment.refusals import NotEnrolled
from yanxiu.training.learning import coverage, leases, records, sealing, settlement
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.models import Allowance, Completion, Coverage

GRACE_MS = 10_000
FULL_MS = 14_400_000


@pytest.fixture
def scene(country: None) -> Scene:
    return season.scene()


def first(scene: Scene) -> Item:
    return scene.outline.courses[0].lessons[0]


def issue(scene: Scene, teacher: Teacher, *, player: str = "tab") -> leases.Issued:
    return leases.issue(teacher.person.id, scene.outline, first(scene), player=player)


def held(teacher: Teacher) -> Allowance:
    return Allowance.objects.get(pk=teacher.person.id)


def rest(teacher: Teacher, **past: float) -> None:
    """Let time have passed since the last beat."""
    Allowance.objects.filter(pk=teacher.person.id).update(at=clock.now() - timedelta(**past))


def new_media(item: Item, duration_ms: int) -> None:
    """Publish another film under the lesson's recording."""
    recording = Recording.objects.get(lessons=Lesson.objects.get(pk=item.id))
    MediaVersion.objects.create(
        recording=recording,
        version=2,
        duration_ms=duration_ms,
        renditions=[],
        published_at=clock.now(),
    )
    Recording.objects.filter(pk=recording.pk).update(version=2)
    Training.objects.filter(slug=seasons.DEMO).update(version=2)


def test_whoever_is_not_enrolled_gets_no_lease(scene: Scene) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.now)
    with pytest.raises(NotEnrolled):
        issue(scene, teacher)
    assert not Allowance.objects.filter(pk=teacher.person.id).exists()


def test_the_first_lease_opens_the_allowance_with_its_grace(scene: Scene) -> None:
    teacher = scene.teacher()
    issued = issue(scene, teacher)
    assert (issued.covered, issued.position_ms) == ([], 0)
    row = held(teacher)
    assert (row.balance_ms, row.version, row.player) == (GRACE_MS, 0, "tab")
    assert Coverage.objects.get(person_id=teacher.person.id).covered == "{}"


def test_a_lease_says_whose_it_is_and_what_was_agreed(scene: Scene) -> None:
    teacher = scene.teacher()
    lease = sealing.unseal(issue(scene, teacher).token)
    assert lease.person == teacher.person.id.bytes
    assert lease.lesson == first(scene).id.bytes
    assert (lease.player, lease.media_version, lease.duration_ms) == ("tab", 1, 20_000)
    assert (lease.max_rate_milli, lease.beat_every_s, lease.grace_ms) == (2_000, 15, GRACE_MS)
    assert lease.late_ms == 72 * 3_600_000
    assert lease.closes_at_ms == scene.outline.training.closes_at.timestamp() * 1_000
    assert abs(lease.issued_at_ms - clock.now().timestamp() * 1_000) < 60_000


def version_of(issued: leases.Issued) -> int | None:
    return sealing.unseal(issued.token).identity_version


def test_a_lease_says_as_whom_she_watches(scene: Scene) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.ago(days=9))
    people.enrol(teacher, scene.outline.training.slug, at=scene.call.ago(days=8))
    assert version_of(issue(scene, teacher)) == 1
    people.introduce(teacher.person, scene.call.person(), at=scene.call.ago(days=2))
    assert version_of(issue(scene, teacher)) == 2


def test_who_has_watched_half_of_a_lesson_earns_it(scene: Scene) -> None:
    teacher = scene.call.teacher(scene.desk.school, at=scene.call.ago(days=9))
    people.enrol(teacher, scene.outline.training.slug, at=scene.call.ago(days=8))
    issue(scene, teacher)
    mine = Coverage.objects.filter(person_id=teacher.person.id)
    mine.update(covered="{[0,10000)}")
    people.introduce(teacher.person, scene.call.person(), at=scene.call.ago(days=2))
    assert version_of(issue(scene, teacher)) == 1
    mine.update(covered="{[0,9999)}")
    assert version_of(issue(scene, teacher)) == 2


def test_issuing_a_lease_asks_no_more_for_it(scene: Scene) -> None:
    teacher = scene.teacher()
    issue(scene, teacher)
    with CaptureQueriesContext(connection) as asked:
        issue(scene, teacher)
    # Two savepoints, enrolment, the lesson's lock, clock, allowance, gate, records, coverage.
    assert len(asked) == 9


def test_grace_is_given_once_in_a_life(scene: Scene) -> None:
    teacher = scene.teacher()
    issue(scene, teacher)
    Allowance.objects.filter(pk=teacher.person.id).update(balance_ms=0)
    issue(scene, teacher, player="another")
    row = held(teacher)
    # At twice the speed, a lease that follows at once finds next to nothing.
    assert row.balance_ms < 10_000
    assert (row.version, row.player) == (1, "another")


def test_a_lease_settles_what_has_grown_since(scene: Scene) -> None:
    teacher = scene.teacher()
    issue(scene, teacher)
    rest(teacher, seconds=60)
    issue(scene, teacher)
    assert GRACE_MS + 120_000 <= held(teacher).balance_ms < GRACE_MS + 180_000


def test_two_hours_after_the_last_beat_nothing_grows_any_more(scene: Scene) -> None:
    teacher = scene.teacher()
    issue(scene, teacher)
    Allowance.objects.filter(pk=teacher.person.id).update(balance_ms=0)
    rest(teacher, days=3)
    issue(scene, teacher)
    assert held(teacher).balance_ms == FULL_MS


def test_after_the_window_a_lease_is_for_looking_and_nothing_grows(country: None) -> None:
    scene = season.scene(seasons.SUMMER)
    opened = scene.outline.training.opens_at
    teacher = scene.teacher(at=opened)
    issue(scene, teacher)
    rest(teacher, hours=1)
    issue(scene, teacher)
    assert held(teacher).balance_ms == GRACE_MS


def test_a_lease_tells_how_far_the_lesson_is(scene: Scene) -> None:
    teacher = scene.teacher()
    watching.watch(
        teacher.person.id,
        [(first(scene), 12_000)],
        scene.outline,
        begun_at=scene.call.ago(days=1),
    )
    issued = issue(scene, teacher)
    assert (issued.covered, issued.position_ms) == ([(0, 12_000)], 12_000)


def test_new_media_begin_anew(scene: Scene) -> None:
    teacher = scene.teacher()
    sitting = [(first(scene), 12_000)]
    watching.watch(teacher.person.id, sitting, scene.outline, begun_at=scene.call.ago(days=1))
    new_media(first(scene), 25_000)
    fresh = Scene(scene.call, scene.desk, seasons.outline(seasons.DEMO))
    issued = issue(fresh, teacher)
    assert (issued.covered, issued.position_ms) == ([], 0)
    row = Coverage.objects.get(person_id=teacher.person.id)
    assert (row.media_version, row.covered) == (2, "{}")


def test_what_was_awarded_stays_whole_under_new_media(scene: Scene) -> None:
    teacher = scene.finished()
    new_media(first(scene), 25_000)
    fresh = Scene(scene.call, scene.desk, seasons.outline(seasons.DEMO))
    assert issue(fresh, teacher).covered == [(0, 25_000)]
    award = Completion.objects.get(person_id=teacher.person.id, lesson_id=first(scene).id)
    assert (award.media_version, award.credited_s) == (1, 20)


def test_records_are_read_in_one_query(scene: Scene) -> None:
    teacher = scene.finished()
    lessons = [item.id for course in scene.outline.courses for item in course.lessons]
    with CaptureQueriesContext(connection) as asked:
        found = records.read(teacher.person.id, lessons)
    assert len(asked) == 1
    assert {record.credited_s for record in found.values()} == {20, 30, 40, 60}
    assert records.read(teacher.person.id, []) == {}


def test_another_player_supersedes_and_the_older_one_still_settles(own_database: Scratch) -> None:
    season.publish()
    scene = season.scene()
    teacher = scene.teacher()
    older = sealing.unseal(issue(scene, teacher, player="phone").token)
    issue(scene, teacher, player="tablet")
    answer = settled(own_database, Beat(older, [(0, 5_000)], 5_000))
    assert answer.lease == "superseded"
    assert answer.covered == [(0, 5_000)]
    assert held(teacher).player == "tablet"


def test_leases_and_beats_at_once_lose_nothing_and_earn_nothing_twice(
    own_database: Scratch,
) -> None:
    season.publish()
    scene = season.scene()
    teacher = scene.teacher()
    begun = clock.now()
    lease = sealing.unseal(issue(scene, teacher).token)
    stop = threading.Event()
    won: list[int] = []

    def beat() -> None:
        while not stop.is_set():
            won.append(settled(own_database, Beat(lease, [(0, 20_000)], 0)).missing_ms)

    beating = threading.Thread(target=beat)
    beating.start()
    asked = crowds.together(8, lambda n: str(bool(issue(scene, teacher, player=f"tab{n}").token)))
    stop.set()
    beating.join()
    assert asked == {"True": 8}
    # Each lease and each settled batch passed the gate once, and none was overwritten.
    assert held(teacher).version == 8 + len(won)
    assert won == sorted(won, reverse=True)
    [row] = Coverage.objects.filter(person_id=teacher.person.id)
    covered_ms = coverage.total_ms(coverage.parse(row.covered))
    passed_ms = (clock.now() - begun) / timedelta(milliseconds=1)
    assert GRACE_MS <= covered_ms <= GRACE_MS + 2 * passed_ms + 1


def settled(scratch: Scratch, beat: Beat) -> Answer:
    """Settle one beat as the hot path does, offering it again where a lease came first."""

    async def offered() -> Answer:
        async with await settlement.opened(scratch.beats, size=1) as pool:
            while True:
                [outcome] = await settlement.settle(pool, [beat])
                if isinstance(outcome, Answer):
                    return outcome

    return asyncio.run(offered())
