"""Commit in groups: while batches are being written the next one gathers.

Two batches may be under way at once, so that one is decided while the other is written; nobody is
in both, for then one of the two would come to nothing at the gate.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from yanxiu.training.learning import deciding, gauges, settlement
from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.web.beats.pace import Pace

log = logging.getLogger(__name__)

type Settle = Callable[[Sequence[deciding.Beat]], Awaitable[list[Outcome]]]
type Tell = Callable[[Outcome], None]

BATCH = 512
# How many beats must wait for a batch to begin: none is under way, or one is. A second one for
# less would only halve both.
WORTHWHILE = (1, 64)
# How often a beat may find its person's rows changed by others before its player is asked to wait.
TRIES = 8


class Full(Exception):
    """Tell that no more beats can wait."""


class _Waiting:
    __slots__ = ("beat", "tell", "tries")

    def __init__(self, beat: deciding.Beat, tell: Tell) -> None:
        self.beat = beat
        self.tell = tell
        self.tries = 0


class Group:
    """Gather beats and have them settled together; live in one event loop."""

    def __init__(self, settle: Settle) -> None:
        """Remember who settles."""
        self._settle = settle
        self._waiting: list[_Waiting] = []
        self._batches: set[asyncio.Task[None]] = set()
        self._busy: set[bytes] = set()
        self._is_beginning = self._is_closed = False
        self.pace = Pace(BATCH)

    @property
    def is_full(self) -> bool:
        """Tell whether a beat that comes now would wait too long."""
        return self._is_closed or len(self._waiting) >= self.pace.room

    def take(self, beat: deciding.Beat, tell: Tell) -> None:
        """Have told what becomes of the beat, once on disk; raise `Full` when no more may wait.

        `tell` raises nothing: many are told in one go.
        """
        if self.is_full:
            raise Full
        self._waiting.append(_Waiting(beat, tell))
        if not self._is_beginning and self._is_worthwhile():
            # Not at once: whatever has arrived with it comes along.
            self._is_beginning = True
            asyncio.get_running_loop().call_soon(self._begin)

    async def close(self) -> None:
        """Take no more beats, and settle those that wait."""
        self._is_closed = True
        self._begin()
        while self._batches:
            await asyncio.wait(self._batches)

    def _is_worthwhile(self) -> bool:
        under_way = len(self._batches)
        return under_way < len(WORTHWHILE) and len(self._waiting) >= WORTHWHILE[under_way]

    def _begin(self) -> None:
        self._is_beginning = False
        while self._is_worthwhile() and (batch := self._next_batch()):
            task = asyncio.get_running_loop().create_task(self._run(batch))
            self._batches.add(task)
            task.add_done_callback(self._ended)

    def _next_batch(self) -> list[_Waiting]:
        """Take the first who wait, of persons who are in no batch under way."""
        batch: list[_Waiting] = []
        left: list[_Waiting] = []
        for entry in self._waiting:
            is_free = len(batch) < BATCH and entry.beat.lease.person not in self._busy
            (batch if is_free else left).append(entry)
        self._waiting = left
        self._busy.update(entry.beat.lease.person for entry in batch)
        return batch

    async def _run(self, batch: list[_Waiting]) -> None:
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        outcomes = await self._outcomes(batch)
        ended_s = loop.time()
        self._busy.difference_update(entry.beat.lease.person for entry in batch)
        self._waiting[:0] = _told(batch, outcomes)
        self.pace.note(len(batch), len(self._waiting), began_s, ended_s)
        gauges.note(outcomes)
        gauges.TOOK.observe(ended_s - began_s)
        gauges.WAITING.set(len(self._waiting))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._batches.discard(task)
        self._begin()

    async def _outcomes(self, batch: list[_Waiting]) -> list[Outcome]:
        try:
            return await self._settle([entry.beat for entry in batch])
        except settlement.Unavailable as error:
            log.warning("the database is not available: %s", error.__cause__)
        except Exception:
            # The outermost runner: whatever broke, nobody waits for ever and the next batch runs.
            log.exception("a batch of %d beats broke", len(batch))
        return [Verdict.UNSAVED] * len(batch)


def _told(batch: list[_Waiting], outcomes: list[Outcome]) -> list[_Waiting]:
    """Tell those whose beat has come to an end; return those who were overtaken and try again."""
    again = []
    for entry, outcome in zip(batch, outcomes, strict=True):
        entry.tries += 1
        if outcome is Verdict.OVERTAKEN and entry.tries < TRIES:
            again.append(entry)
        else:
            entry.tell(outcome)
    return again
