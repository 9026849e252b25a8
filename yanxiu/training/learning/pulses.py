"""Let each process that takes beats say every few seconds what it did, for whoever watches over it.

In the background and never in the way of a beat: what it says is read off the counters that are
kept anyway, and written through a connection of its own. What cannot be written is said later.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Self

import asyncpg
import msgspec
from prometheus_client.metrics import MetricWrapperBase

from yanxiu.foundation import ids
from yanxiu.training.learning import gauges
from yanxiu.training.learning.batches import Connection

type Look = Callable[[Connection], Awaitable[None]]

log = logging.getLogger(__name__)

# Seconds. A chart of an hour has a point for each; a dead database is not waited for longer.
EVERY_S = 10
TIMEOUT_S = 2

_SAY = """
INSERT INTO learning_pulse
  (process_id, at, over_ms, started_at, place, beats, refused, faults, commits, batches, waiting,
   beat_every_s)
VALUES ($1, clock_timestamp(), $2, clock_timestamp() - $3 * interval '1 millisecond', $4,
        $5::jsonb, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11)
"""


class Told(msgspec.Struct, frozen=True):
    """Hold what the counters say, all since the process began.

    `beats`, `refused` and `faults` by what became of them; `commits` by how long each took, in the
    buckets of `quantiles.BOUNDS_S` and one for what took longer.
    """

    beats: dict[str, int]
    refused: dict[str, int]
    faults: dict[str, int]
    commits: list[int]
    batches: int

    def since(self, before: Self) -> Self:
        """Return what was added since an earlier word."""
        return type(self)(
            _less(self.beats, before.beats),
            _less(self.refused, before.refused),
            _less(self.faults, before.faults),
            [now - then for now, then in zip(self.commits, before.commits, strict=True)],
            self.batches - before.batches,
        )


def read() -> Told:
    """Return what the counters of this process say now."""
    upwards = [number for _label, number in _samples(gauges.COMMIT, "_bucket")]
    return Told(
        beats=dict(_samples(gauges.BEATS, "_total")),
        refused=dict(_samples(gauges.REFUSED, "_total")),
        faults=dict(_samples(gauges.FAULTS, "_total")),
        # Each bucket of Prometheus' counts those below it too.
        commits=[now - below for now, below in zip(upwards, [0, *upwards], strict=False)],
        batches=sum(number for _label, number in _samples(gauges.BATCHES, "_count")),
    )


class Pulse:
    """Speak for one process."""

    def __init__(self, dsn: str, every_s: Callable[[], int], look: Look | None = None) -> None:
        """Remember where to write, and who knows how often players are asked to report.

        `look` reads with the same connection what this process is to tell of others.
        """
        self._dsn, self._beat_every_s, self._look = dsn, every_s, look
        self._process = ids.uuid7()
        self._place = f"{socket.gethostname()[:60]}:{os.getpid()}"
        self._began_s = self._said_s = asyncio.get_running_loop().time()
        self._said = read()
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._ending = asyncio.Event()

    async def run(self) -> None:
        """Speak again and again, and a last time once `close` was called."""
        is_last = False
        while not is_last:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), EVERY_S)
            is_last = self._ending.is_set()
            try:
                await self.speak()
            except Exception:
                # The outermost runner: whatever broke, beats go on and the next word is tried.
                log.exception("a pulse broke")
        if self._connection:
            await self._connection.close(timeout=TIMEOUT_S)

    def close(self) -> None:
        """Let `run` come to its end."""
        self._ending.set()

    async def speak(self) -> None:
        """Say what happened since the last word; what cannot be written is said the next time."""
        try:
            await asyncio.wait_for(self._write(), TIMEOUT_S)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("a pulse could not be written, the next one says it too: %s", error)
            if self._connection:
                self._connection.terminate()
            self._connection = None

    async def _write(self) -> None:
        told, now_s = read(), asyncio.get_running_loop().time()
        news = told.since(self._said)
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self._dsn, timeout=TIMEOUT_S)
        await self._connection.execute(
            _SAY,
            self._process,
            round((now_s - self._said_s) * 1_000),
            round((now_s - self._began_s) * 1_000),
            self._place,
            *(msgspec.json.encode(each).decode() for each in _counts(news)),
            news.batches,
            sum(number for _label, number in _samples(gauges.WAITING, "")),
            self._beat_every_s(),
        )
        self._said, self._said_s = told, now_s
        if self._look:
            await self._look(self._connection)


def _counts(news: Told) -> tuple[object, ...]:
    return news.beats, news.refused, news.faults, news.commits


def _less(now: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    added = {name: number - before.get(name, 0) for name, number in now.items()}
    return {name: number for name, number in added.items() if number}


def _samples(metric: MetricWrapperBase, ending: str) -> list[tuple[str, int]]:
    """Return the numbers of a metric with the value of its one label, in their order."""
    return [
        ("".join(sample.labels.values()), int(sample.value))
        for family in metric.collect()
        for sample in family.samples
        if sample.name.endswith(ending) and not sample.name.endswith("_created")
    ]
