"""Commit in groups: while one batch is being written the next one gathers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from yanxiu.training.learning import deciding, gauges, settlement
from yanxiu.training.learning.batches import Outcome, Verdict

log = logging.getLogger(__name__)

type Settle = Callable[[Sequence[deciding.Beat]], Awaitable[list[Outcome]]]

BATCH = 512
# More beats than this are not kept waiting: at the slowest rate we accept it is two seconds.
WAITING = 4_096
# How often a beat may find its person's rows changed by others before its player is asked to wait.
TRIES = 8
# Below this delay beats keep the rhythm of the rulebook; above, it is stretched in proportion.
EASE_S = 0.2
RHYTHM_S = (15, 300)
SMOOTHING = 0.2


class Full(Exception):
    """Tell that no more beats can wait."""


class _Waiting:
    __slots__ = ("beat", "outcome", "tries")

    def __init__(self, beat: deciding.Beat, outcome: asyncio.Future[Outcome]) -> None:
        self.beat = beat
        self.outcome = outcome
        self.tries = 0


class Group:
    """Gather beats and have them settled together, one batch at a time."""

    def __init__(self, settle: Settle) -> None:
        """Remember who settles; `run` must be running for anything to happen."""
        self._settle = settle
        self._waiting: list[_Waiting] = []
        self._arrived = asyncio.Event()
        self._delay_s = 0.0
        self._is_closed = False

    def settled(self, beat: deciding.Beat) -> asyncio.Future[Outcome]:
        """Promise what becomes of the beat, once on disk; raise `Full` when no more may wait."""
        if self._is_closed or len(self._waiting) >= WAITING:
            raise Full
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(beat, outcome))
        self._arrived.set()
        return outcome

    def every_s(self, usual_s: int) -> int:
        """Return the seconds between beats that a player should keep at the present load."""
        least_s, most_s = RHYTHM_S
        stretched_s = usual_s * max(1.0, self._delay_s / EASE_S)
        return max(least_s, min(most_s, round(stretched_s)))

    async def run(self) -> None:
        """Settle batch after batch; end once `close` was called and nothing waits any more."""
        loop = asyncio.get_running_loop()
        while batch := await self._next_batch():
            began_s = loop.time()
            again = await self._settle_batch(batch)
            self._measure(loop.time() - began_s)
            self._waiting[:0] = again

    def close(self) -> None:
        """Take no more beats."""
        self._is_closed = True
        self._arrived.set()

    async def _next_batch(self) -> list[_Waiting]:
        if not self._waiting and not self._is_closed:
            self._arrived.clear()
            await self._arrived.wait()
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        return batch

    def _measure(self, took_s: float) -> None:
        gauges.TOOK.observe(took_s)
        gauges.WAITING.set(len(self._waiting))
        delay_s = took_s * (1 + len(self._waiting) / BATCH)
        self._delay_s += SMOOTHING * (delay_s - self._delay_s)

    async def _settle_batch(self, batch: list[_Waiting]) -> list[_Waiting]:
        outcomes = await self._outcomes(batch)
        gauges.note(outcomes)
        again = []
        for entry, outcome in zip(batch, outcomes, strict=True):
            entry.tries += 1
            if outcome is Verdict.OVERTAKEN and entry.tries < TRIES:
                again.append(entry)
            elif not entry.outcome.done():
                entry.outcome.set_result(outcome)
        return again

    async def _outcomes(self, batch: list[_Waiting]) -> list[Outcome]:
        try:
            return await self._settle([entry.beat for entry in batch])
        except settlement.Unavailable as error:
            log.warning("the database is not available: %s", error.__cause__)
        except Exception:
            # The outermost runner: whatever broke, nobody waits for ever and the next batch runs.
            log.exception("a batch of %d beats broke", len(batch))
        return [Verdict.UNSAVED] * len(batch)
