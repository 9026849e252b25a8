"""One batch is written while the next one gathers, and nobody waits for ever."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from yanxiu.training.learning import settlement
from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.tests.seasons import HOUR, lease
from yanxiu.web.beats import group
from yanxiu.web.beats.group import Group

DONE = Answer("active", [(0, HOUR)], 0, done=True, refused=[], beat_every_s=30)
BEAT = Beat(lease(), [(0, HOUR)], 0)


def settled(made: Group, beat: Beat) -> asyncio.Future[Outcome]:
    """Promise what becomes of a beat."""
    outcome = asyncio.get_running_loop().create_future()
    made.take(beat, lambda told: None if outcome.done() else outcome.set_result(told))
    return outcome


def run[T](settle: group.Settle, scenario: Callable[[Group], Awaitable[T]]) -> T:
    async def running() -> T:
        made = Group(settle)
        result = await scenario(made)
        await asyncio.wait_for(made.close(), 5)
        return result

    return asyncio.run(running())


def test_beats_that_arrive_meanwhile_form_the_next_batch() -> None:
    sizes: list[int] = []
    begun = asyncio.Event()

    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        sizes.append(len(beats))
        begun.set()
        await asyncio.sleep(0)
        return [DONE] * len(beats)

    async def scenario(made: Group) -> list[Outcome]:
        first = settled(made, BEAT)
        await begun.wait()
        rest = await asyncio.gather(*(settled(made, BEAT) for _ in range(700)))
        return [await first, *rest]

    assert run(settle, scenario) == [DONE] * 701
    assert sizes == [1, group.BATCH, 700 - group.BATCH]


def test_who_was_overtaken_is_settled_in_the_next_batch() -> None:
    verdicts: list[list[Outcome]] = [[DONE], [Verdict.OVERTAKEN, DONE]]

    async def settle(_beats: Sequence[Beat]) -> list[Outcome]:
        return verdicts.pop()

    async def scenario(made: Group) -> list[Outcome]:
        return list(await asyncio.gather(settled(made, BEAT), settled(made, BEAT)))

    assert run(settle, scenario) == [DONE, DONE]


def test_who_is_overtaken_again_and_again_is_let_go() -> None:
    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        return [Verdict.OVERTAKEN] * len(beats)

    assert run(settle, lambda made: settled(made, BEAT)) is Verdict.OVERTAKEN


@pytest.mark.parametrize("error", [settlement.Unavailable(), ZeroDivisionError()])
def test_a_batch_that_breaks_leaves_nobody_waiting_and_the_next_one_runs(error: Exception) -> None:
    failures = [error]

    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        if failures:
            raise failures.pop()
        return [DONE] * len(beats)

    async def scenario(made: Group) -> list[Outcome]:
        return [await settled(made, BEAT), await settled(made, BEAT)]

    assert run(settle, scenario) == [Verdict.UNSAVED, DONE]


def test_a_player_that_left_while_waiting_disturbs_nobody() -> None:
    begun, left = asyncio.Event(), asyncio.Event()

    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        begun.set()
        await left.wait()
        return [DONE] * len(beats)

    async def scenario(made: Group) -> Outcome:
        leaving = settled(made, BEAT)
        await begun.wait()
        staying = settled(made, BEAT)
        leaving.cancel()
        left.set()
        return await staying

    assert run(settle, scenario) is DONE


def of(number: int) -> Beat:
    return Beat(lease(person=number.to_bytes(16)), [(0, HOUR)], 0)


class Desk:
    """Settle nothing until told to, and say who is being settled."""

    def __init__(self) -> None:
        self.batches: list[list[bytes]] = []
        self.told: list[asyncio.Event] = []

    async def settle(self, beats: Sequence[Beat]) -> list[Outcome]:
        told = asyncio.Event()
        self.batches.append([beat.lease.person for beat in beats])
        self.told.append(told)
        await told.wait()
        return [DONE] * len(beats)


async def turn() -> None:
    """Let whatever can happen now happen."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_second_batch_begins_beside_the_first_once_it_is_worthwhile() -> None:
    desk = Desk()
    least = group.WORTHWHILE[1]

    async def scenario(made: Group) -> None:
        first = settled(made, of(0))
        await turn()
        rest = [settled(made, of(number)) for number in range(1, least)]
        await turn()
        assert [len(batch) for batch in desk.batches] == [1]
        rest.append(settled(made, of(least)))
        await turn()
        assert [len(batch) for batch in desk.batches] == [1, least]
        third = [settled(made, of(1_000 + number)) for number in range(2 * least)]
        await turn()
        assert len(desk.batches) == 2
        desk.told[1].set()
        await asyncio.gather(*rest)
        await turn()
        assert [len(batch) for batch in desk.batches] == [1, least, 2 * least]
        for told in desk.told:
            told.set()
        await asyncio.gather(first, *third)

    run(desk.settle, scenario)


def test_nobody_is_in_two_batches_at_once() -> None:
    desk = Desk()
    many = range(1, group.WORTHWHILE[1] + 1)

    async def scenario(made: Group) -> None:
        beats = [settled(made, of(0))]
        await turn()
        beats += [settled(made, of(0)), *(settled(made, of(number)) for number in many)]
        await turn()
        assert [batch.count(bytes(16)) for batch in desk.batches] == [1, 0]
        for told in desk.told:
            told.set()
        await turn()
        assert [batch.count(bytes(16)) for batch in desk.batches] == [1, 0, 1]
        for told in desk.told:
            told.set()
        await asyncio.gather(*beats)

    run(desk.settle, scenario)


def test_closing_settles_all_who_wait_and_takes_no_more() -> None:
    desk = Desk()

    async def scenario(made: Group) -> list[Outcome]:
        beats = [settled(made, of(number % 7)) for number in range(3 * group.BATCH)]
        closing = asyncio.create_task(made.close())
        await turn()
        with pytest.raises(group.Full):
            settled(made, of(0))
        while not closing.done():
            for told in desk.told:
                told.set()
            await asyncio.sleep(0)
        return list(await asyncio.gather(*beats))

    assert run(desk.settle, scenario) == [DONE] * 3 * group.BATCH


def test_no_more_wait_than_can_be_served_soon() -> None:
    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        return [DONE] * len(beats)

    async def scenario(made: Group) -> list[Outcome]:
        made.pace.room = 2
        waiting = [settled(made, BEAT), settled(made, BEAT)]
        with pytest.raises(group.Full):
            settled(made, BEAT)
        return list(await asyncio.gather(*waiting))

    assert run(settle, scenario) == [DONE, DONE]
