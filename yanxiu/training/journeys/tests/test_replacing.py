"""Replacing a video is counted before it is done, and takes no honest second from anybody."""

import asyncio
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import season, signing_in
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.cast.people import Teacher
from yanxiu.training.catalogue.models import MediaVersion, Recording
from yanxiu.training.catalogue.trainings import Item
from yanxiu.training.credits import following, progress
from yanxiu.training.credits.progress import Watched
from yanxiu.training.journeys import recomputing, replacing
from yanxiu.training.journeys.replacing import Film
from yanxiu.training.learning import leases, refusals, sealing, settlement
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.models import Allowance, Completion, Coverage
from yanxiu.training.people.models import Account
from yanxiu.training.trail.models import Entry

WHY = "片头更换"
# The first lesson of the tasting is 20 s long.
LENGTH_MS = 20_000


@dataclass(frozen=True)
class Hall:
    """Hold a training whose first lesson's video is to be replaced."""

    scene: Scene
    scratch: Scratch

    @property
    def item(self) -> Item:
        return seasons.outline(seasons.DEMO).courses[0].lessons[0]

    @property
    def recording(self) -> Recording:
        return Recording.objects.get(lessons=self.item.id)

    def watched(self, ms: int) -> Teacher:
        """Return a teacher who has watched so much of the lesson's beginning."""
        teacher = self.scene.teacher()
        watching.watch(
            teacher.person.id,
            [(self.item, ms)],
            self.scene.outline,
            begun_at=self.scene.call.ago(days=1),
        )
        return teacher

    def replace(self, duration_ms: int, *kept: tuple[int, int, int]) -> MediaVersion:
        film = Film(duration_ms, [{"src": "films/new.mp4"}], kept=kept)
        return replacing.replace(self.recording, film, why=WHY, at=clock.now())

    def issue(self, teacher: Teacher, *, player: str = "tab") -> leases.Issued:
        outline = seasons.outline(seasons.DEMO)
        return leases.issue(teacher.person.id, outline, self.item, player=player)

    def beat(self, issued: leases.Issued, *spans: tuple[int, int]) -> Answer:
        async def settled() -> list[object]:
            pool = await settlement.opened(self.scratch.beats)
            try:
                beat = Beat(sealing.unseal(issued.token), spans, None)
                return list(await settlement.settle(pool, [beat]))
            finally:
                await pool.close()

        [answer] = asyncio.run(settled())
        assert isinstance(answer, Answer)
        return answer

    def seen(self, teacher: Teacher) -> Watched:
        walked = progress.read(teacher.person.id, seasons.outline(seasons.DEMO))
        return walked.courses[0].lessons[0]


@pytest.fixture
def hall(own_database: Scratch) -> Hall:
    season.publish()
    return Hall(season.scene(), own_database)


def row(teacher: Teacher) -> Coverage:
    return Coverage.objects.get(person_id=teacher.person.id)


def test_everybody_is_counted_before_and_it_comes_out_so(hall: Hall) -> None:
    done, nearly, half, little = (hall.watched(ms) for ms in (LENGTH_MS, 17_000, 10_000, 2_500))
    hall.scene.teacher()
    # The first 3 s and the last 3 s are gone, 5 s of new scenes stand in the middle.
    kept = [(3_000, 10_000, 0), (10_000, 17_000, 12_000)]
    film = Film(19_000, [{"src": "films/new.mp4"}], kept=kept)
    seen = replacing.preview(hall.recording, film)
    assert (seen.version, seen.people) == (2, 4)
    assert (seen.completed, seen.finishing) == (1, 0)
    # 3 s were missing and 5 s are; 10 and 12; 17.5 and 19.
    assert (seen.keeping, seen.longer) == (0, 3)
    assert (seen.longer_ms, seen.most_ms) == (2_000 + 2_000 + 1_500, 2_000)
    assert not MediaVersion.objects.filter(version=2).exists()
    hall.replace(19_000, *kept)
    told = Entry.objects.get(verb="media_replaced")
    assert (told.detail["version"], told.detail["why"]) == (2, WHY)
    assert hall.seen(done).state == "complete"
    assert [hall.seen(each).missing_ms for each in (nearly, half, little)] == [
        5_000,
        12_000,
        19_000,
    ]
    assert hall.seen(half).before_ms == 10_000
    issued = hall.issue(nearly)
    assert issued.covered == [(0, 7_000), (12_000, 19_000)]
    assert issued.position_ms == 19_000
    assert hall.seen(nearly).before_ms is None
    assert hall.issue(done).covered == [(0, 19_000)]
    assert Completion.objects.get(person_id=done.person.id).credited_s == 20


def test_whoever_has_watched_all_that_is_still_shown_has_finished(hall: Hall) -> None:
    teacher = hall.watched(17_000)
    film = Film(17_000, [], kept=[(0, 17_000, 0)])
    assert replacing.preview(hall.recording, film).finishing == 1
    hall.replace(17_000, (0, 17_000, 0))
    assert hall.issue(teacher).covered == [(0, 17_000)]
    award = Completion.objects.get(person_id=teacher.person.id)
    assert (award.media_version, award.credited_s, award.identity_version) == (2, 17, 1)
    following.follow(at=clock.now())
    assert list(recomputing.check(at=clock.now())) == []


def test_who_is_watching_is_not_disturbed_and_an_old_lease_loses_nothing(hall: Hall) -> None:
    teacher = hall.watched(5_000)
    old = hall.issue(teacher, player="phone")
    hall.replace(18_000, (2_000, 20_000, 0))
    # The old lease goes on with the old film until somebody asks for the new one.
    assert hall.beat(old, (5_000, 8_000)).covered == [(0, 8_000)]
    new = hall.issue(teacher, player="desk")
    assert new.covered == [(0, 6_000)]
    before = Allowance.objects.get(pk=teacher.person.id)
    late = hall.beat(old, (8_000, 9_000), (3_000, 4_000))
    assert [each.reason for each in late.refused] == ["old_version"] * 2
    assert (late.covered, late.done) == ([], False)
    assert row(teacher).covered == "{[0,6000)}"
    after = Allowance.objects.get(pk=teacher.person.id)
    assert after.balance_ms >= before.balance_ms
    # Offered where its scene is now, it counts.
    assert hall.beat(new, (6_000, 7_000)).covered == [(0, 7_000)]


def test_who_does_not_come_back_is_carried_over_once_no_old_lease_is_left(hall: Hall) -> None:
    away, done = hall.watched(17_000), hall.watched(LENGTH_MS)
    hall.replace(15_000, (2_000, 17_000, 0))
    hall.replace(15_000, (0, 10_000, 5_000), (10_000, 15_000, 0))
    now = clock.now()
    assert replacing.settle(at=now) == 0
    before = Allowance.objects.get(pk=away.person.id)
    assert replacing.settle(at=now + replacing.SETTLED) == 2
    after = Allowance.objects.get(pk=away.person.id)
    assert (after.balance_ms, after.at, after.player) == (
        before.balance_ms,
        before.at,
        before.player,
    )
    assert after.version == before.version + 1
    assert (row(away).media_version, row(away).covered) == (3, "{[0,15000)}")
    award = Completion.objects.get(person_id=away.person.id)
    assert (award.media_version, award.credited_s) == (3, 15)
    assert Completion.objects.get(person_id=done.person.id).credited_s == 20
    assert replacing.settle(at=now + replacing.SETTLED) == 0
    following.follow(at=clock.now())
    assert list(recomputing.check(at=clock.now())) == []


def test_parts_that_cannot_be_are_refused_and_of_two_editors_one_is(hall: Hall) -> None:
    for kept in ([(0, 20_001, 0)], [(0, 10_000, 0), (9_000, 12_000, 15_000)], [(5, 5, 0)]):
        with pytest.raises(refusals.NoSuchMap):
            replacing.preview(hall.recording, Film(20_000, [], kept=kept))
    stale = hall.recording
    hall.replace(20_000, (0, 20_000, 0))
    with pytest.raises(refusals.MediaChanged):
        replacing.replace(stale, Film(9_000, []), why=WHY, at=clock.now())


def course_page(hall: Hall, teacher: Teacher) -> str:
    browser = Client()
    signing_in.sign_in(browser, Account.objects.get(person=teacher.person))
    course = seasons.outline(seasons.DEMO).courses[0]
    address = f"{reverse('course', args=[course.id])}?lesson={hall.item.id}"
    return browser.get(address).content.decode()


def test_her_page_says_that_the_video_was_replaced_and_what_is_carried_over(hall: Hall) -> None:
    half, done, new = hall.watched(10_000), hall.watched(LENGTH_MS), hall.scene.teacher()
    head = hall.watched(1_500)
    assert "视频已更新" not in course_page(hall, half)
    hall.replace(18_000, (2_000, 20_000, 0))
    told = course_page(hall, half)
    assert WHY in told
    assert "您看过的 10 秒里，有 8 秒在新视频里仍然算看过，不用再看" in told
    assert "您已完整看完原来的视频，学时不变，不用再看" in course_page(hall, done)
    assert "您看过的 1 秒在新视频里已经没有，请从头看起" in course_page(hall, head)
    assert "视频已更新" in course_page(hall, new)
    hall.issue(half)
    assert "看过的部分已转到新视频" in course_page(hall, half)
