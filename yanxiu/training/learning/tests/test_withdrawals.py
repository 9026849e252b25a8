"""A lesson that is taken off takes nothing away, and nothing more counts by it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction

from tests.support import season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.credits import progress
from yanxiu.training.learning import leases, refusals, sealing, settlement, withdrawals
from yanxiu.training.learning.batches import Outcome
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.models import Allowance, Completion, Coverage
from yanxiu.training.trail.models import Entry

WHY = "内容有误"


@pytest.fixture
def scene(own_database: Scratch) -> Scene:
    season.publish()
    # The fifth course has more lessons than its hours ask for.
    return season.scene(seasons.SEASON)


def fresh() -> Outline:
    found = trainings.get(seasons.SEASON)
    assert found
    return found


def lesson(scene: Scene) -> Item:
    return scene.outline.courses[4].lessons[0]


def withdraw(item: Item) -> int:
    return withdrawals.withdraw(item.id, sentence=WHY, at=clock.now())


def beat(scratch: Scratch, lease: sealing.Lease, *spans: tuple[int, int]) -> Answer:
    async def settled() -> list[Outcome]:
        async with await settlement.opened(scratch.beats) as pool:
            return await settlement.settle(pool, [Beat(lease, spans, 0)])

    [answer] = asyncio.run(settled())
    assert isinstance(answer, Answer)
    return answer


def test_nothing_more_counts_under_leases_given_before_and_what_counted_stays(
    scene: Scene, own_database: Scratch
) -> None:
    teacher, item = scene.teacher(), lesson(scene)
    issued = leases.issue(teacher.person.id, scene.outline, item, player="tab")
    lease = sealing.unseal(issued.token)
    Allowance.objects.update(balance_ms=3_600_000)
    assert beat(own_database, lease, (0, 60_000)).refused == []
    assert withdraw(item) == 1
    answer = beat(own_database, lease, (30_000, 90_000))
    assert answer.covered == [(0, 60_000)]
    assert [(each.span, each.reason, each.again_after_s) for each in answer.refused] == [
        ((60_000, 90_000), "withdrawn", None)
    ]
    with pytest.raises(refusals.LessonWithdrawn):
        leases.issue(teacher.person.id, fresh(), item_of(fresh(), item), player="tab")
    # Nor does whoever still has the old outline in memory bring it back.
    with pytest.raises(refusals.LessonWithdrawn):
        leases.issue(teacher.person.id, scene.outline, item, player="tab")
    assert Coverage.objects.get(person_id=teacher.person.id).gate_ms == 0


def test_a_lease_that_is_given_meanwhile_is_closed_with_the_others(
    scene: Scene, own_database: Scratch
) -> None:
    teacher, item = scene.teacher(), lesson(scene)
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            issued = leases.issue(teacher.person.id, scene.outline, item, player="tab")
            # It waits for the lease, which nobody else sees yet.
            closing = other.submit(elsewhere, item)
            while not waiting(own_database):
                assert not closing.done()
        assert closing.result() == 1
    assert Coverage.objects.get(person_id=teacher.person.id).gate_ms == 0
    Allowance.objects.update(balance_ms=3_600_000)
    answer = beat(own_database, sealing.unseal(issued.token), (0, 60_000))
    assert [each.reason for each in answer.refused] == ["withdrawn"]


def elsewhere(item: Item) -> int:
    """Withdraw through a connection of this thread's own."""
    try:
        return withdraw(item)
    finally:
        connections.close_all()


def waiting(scratch: Scratch) -> bool:
    """Tell whether somebody waits for a lock that another holds."""
    with psycopg.connect(scratch.owner) as connection:
        found = connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone()
    return found is not None


def item_of(outline: Outline, item: Item) -> Item:
    found = outline.lesson(item.id)
    assert found
    return found


def test_what_was_completed_stays_completed_and_nobody_is_led_there(scene: Scene) -> None:
    teacher, item = scene.teacher(), lesson(scene)
    sittings = [(item, item.duration_ms)]
    watching.watch(teacher.person.id, sittings, scene.outline, begun_at=scene.call.ago(days=5))
    before = progress.read(teacher.person.id, scene.outline)
    withdraw(item)
    after = progress.read(teacher.person.id, fresh())
    assert Completion.objects.filter(person_id=teacher.person.id, lesson_id=item.id).exists()
    assert (after.learned_s, after.recognised_s) == (before.learned_s, before.recognised_s)
    other = progress.read(scene.teacher().person.id, fresh())
    assert other.courses[4].next_lesson.item.id == scene.outline.courses[4].lessons[1].id


def test_the_trail_says_why_and_a_second_call_goes_on_where_it_was(scene: Scene) -> None:
    item = lesson(scene)
    for teacher in (scene.teacher(), scene.teacher()):
        leases.issue(teacher.person.id, scene.outline, item, player="tab")
    assert withdraw(item) == 2
    Coverage.objects.filter(person_id=teacher.person.id).update(gate_ms=None)
    assert withdraw(item) == 1
    [noted] = Entry.objects.filter(verb="lesson_withdrawn")
    assert noted.detail["why"] == WHY


def test_what_a_course_cannot_do_without_is_not_withdrawn(scene: Scene) -> None:
    [first, *_others] = scene.outline.courses[2].lessons
    with pytest.raises(refusals.WithdrawalImpossible):
        withdraw(first)
    with pytest.raises(refusals.LessonUnknown):
        withdrawals.withdraw(uuid4(), sentence=WHY, at=clock.now())
