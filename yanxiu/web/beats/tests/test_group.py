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


def run[T](settle: group.Settle, scenario: Callable[[Group], Awaitable[T]]) -> T:
    async def running() -> T:
        made = Group(settle)
        task = asyncio.create_task(made.run())
        result = await scenario(made)
        made.close()
        await asyncio.wait_for(task, 5)
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
        first = made.settled(BEAT)
        await begun.wait()
        rest = await asyncio.gather(*(made.settled(BEAT) for _ in range(700)))
        return [await first, *rest]

    assert run(settle, scenario) == [DONE] * 701
    assert sizes == [1, group.BATCH, 700 - group.BATCH]


def test_who_was_overtaken_is_settled_in_the_next_batch() -> None:
    verdicts: list[list[Outcome]] = [[DONE], [Verdict.OVERTAKEN, DONE]]

    async def settle(_beats: Sequence[Beat]) -> list[Outcome]:
        return verdicts.pop()

    async def scenario(made: Group) -> list[Outcome]:
        return list(await asyncio.gather(made.settled(BEAT), made.settled(BEAT)))

    assert run(settle, scenario) == [DONE, DONE]


def test_who_is_overtaken_again_and_again_is_let_go() -> None:
    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        return [Verdict.OVERTAKEN] * len(beats)

    assert run(settle, lambda made: made.settled(BEAT)) is Verdict.OVERTAKEN


@pytest.mark.parametrize("error", [settlement.Unavailable(), ZeroDivisionError()])
def test_a_batch_that_breaks_leaves_nobody_waiting_and_the_next_one_runs(error: Exception) -> None:
    failures = [error]

    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        if failures:
            raise failures.pop()
        return [DONE] * len(beats)

    async def scenario(made: Group) -> list[Outcome]:
        return [await made.settled(BEAT), await made.settled(BEAT)]

    assert run(settle, scenario) == [Verdict.UNSAVED, DONE]


def test_a_player_that_left_while_waiting_disturbs_nobody() -> None:
    begun, left = asyncio.Event(), asyncio.Event()

    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        begun.set()
        await left.wait()
        return [DONE] * len(beats)

    async def scenario(made: Group) -> Outcome:
        leaving = made.settled(BEAT)
        await begun.wait()
        staying = made.settled(BEAT)
        leaving.cancel()
        left.set()
        return await staying

    assert run(settle, scenario) is DONE


def test_no_more_wait_than_can_be_served_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "WAITING", 2)

    async def settle(beats: Sequence[Beat]) -> list[Outcome]:
        return [DONE] * len(beats)

    async def scenario(made: Group) -> list[Outcome]:
        waiting = [made.settled(BEAT), made.settled(BEAT)]
        with pytest.raises(group.Full):
            made.settled(BEAT)
        return list(await asyncio.gather(*waiting))

    assert run(settle, scenario) == [DONE, DONE]


@pytest.mark.parametrize(
    ("delay_s", "usual_s", "every_s"),
    [(0, 30, 30), (0, 5, 15), (0, 900, 300), (0.2, 30, 30), (0.4, 30, 60), (60, 30, 300)],
)
def test_beats_become_rarer_under_load(delay_s: float, usual_s: int, every_s: int) -> None:
    made = Group(settlement.settle)  # type: ignore[arg-type]  # nothing is settled here
    made._delay_s = delay_s
    assert made.every_s(usual_s) == every_s


def test_slow_batches_and_long_queues_count_as_load() -> None:
    made = Group(settlement.settle)  # type: ignore[arg-type]  # nothing is settled here
    for _ in range(50):
        made._measure(1.0)
    assert made.every_s(30) == pytest.approx(150, abs=1)
