"""Send beats as players would and check every answer, in one process that shares the machine.

`python -m bench.load PORT SECONDS FIRST LAST [--rate R] [--connections C] [--people N] [--still]
[--keep FILE]` reports the turns from FIRST on. Without a rate each connection sends its next beat
when it is answered. With one, beats are due at fixed instants whatever has been answered, and a
latency counts from when its beat was due. It prints "measuring", "measured" and one JSON object. A
beat whose connection breaks is sent again, as players do; FILE gets how many turns of each person
were answered. The bytes are made beforehand, and answers are only searched for what must stand in
them.
"""

import argparse
import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

import uvloop

from bench import people

WARM_UP_S = 0.5
COOL_DOWN_S = 10
TICK_S = 0.001
RECONNECT_S = 0.1
HEAD = (
    b"POST /learning/beats/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
)
SAVED, BUSY = b"HTTP/1.1 200", b"HTTP/1.1 503"
RHYTHM = re.compile(rb'"beat_every_s":(\d+)')

type Beat = tuple[int, bytes, float]
"""A person's number, her request, and when it was due."""


def request(number: int, *, is_still: bool = False) -> bytes:
    """Return a person's request up to the span; under a still lease passing time earns nothing."""
    lease = people.lease(number, max_rate_milli=0) if is_still else people.lease(number)
    body = b'{"lease":"%s",' % lease.encode()
    return HEAD % (len(body) + len(people.span(0)), body)


@dataclass
class Tally:
    """Count answers and how long they took, once measuring has begun."""

    answered: list[int]
    is_measuring: bool = False
    is_over: bool = False
    saved_s: list[float] = field(default_factory=list)
    busy_s: list[float] = field(default_factory=list)
    saved: int = 0
    wrong: int = 0
    broken: int = 0
    every_s: int = 0
    example: bytes = b""

    def count(self, beat: Beat, answer: bytes) -> None:
        """Take in one answer."""
        took_s = time.perf_counter() - beat[2]
        if answer.startswith(SAVED) and b'"refused":[]' in answer:
            self.saved += 1
            self.answered[beat[0]] += 1
            if self.is_measuring:
                self.saved_s.append(took_s)
                if len(self.saved_s) % 64 == 0 and (told := RHYTHM.search(answer)):
                    self.every_s = max(self.every_s, int(told[1]))
        elif answer.startswith(BUSY) and b"retry-after: " in answer:
            if self.is_measuring:
                self.busy_s.append(took_s)
        else:
            self.wrong += 1
            self.example = answer

    def figures(self, took_s: float) -> dict[str, object]:
        """Return all as JSON can say it."""
        return {
            "count": len(self.saved_s),
            "took_s": took_s,
            "p50_ms": _quantile_ms(self.saved_s, 50),
            "p99_ms": _quantile_ms(self.saved_s, 99),
            "busy": len(self.busy_s),
            "busy_p99_ms": _quantile_ms(self.busy_s, 99),
            "saved": self.saved,
            "wrong": self.wrong,
            "broken": self.broken,
            "every_s": self.every_s,
            "example": self.example.decode(errors="replace"),
        }


def _quantile_ms(took_s: list[float], percent: int) -> float:
    return sorted(took_s)[len(took_s) * percent // 100] * 1_000 if took_s else 0.0


class Line(asyncio.Protocol):
    """Be one connection: it carries one beat at a time."""

    def __init__(self, crowd: "Crowd") -> None:
        """Belong to a crowd."""
        self.crowd = crowd
        self.beat: Beat | None = None
        self.answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be free."""
        self.transport = cast("asyncio.Transport", transport)
        self.crowd.free(self)

    def send(self, beat: Beat) -> None:
        """Send a beat."""
        self.beat = beat
        self.transport.write(beat[1])

    def data_received(self, data: bytes) -> None:
        """Check an answer once it is whole, and be free again."""
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found or len(body) < int(head.partition(b"content-length: ")[2].split(b"\r")[0]):
            return
        if self.beat is not None:
            self.crowd.answered(self.beat, self.answer)
        self.beat, self.answer = None, b""
        self.crowd.free(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        """Give the beat back that was not answered."""
        self.crowd.lost(self)


class Crowd:
    """Send everybody's first beat, then everybody's second, over all lines."""

    def __init__(
        self, port: int, tally: Tally, beats: Iterator[tuple[int, bytes]], rate: float
    ) -> None:
        """Take everybody's beats; at a rate of 0 they go out as answers come."""
        self.port = port
        self.tally = tally
        self.rate = rate
        self.began_s = time.perf_counter()
        self.sent = 0
        self._lines: deque[Line] = deque()
        self._again: list[Beat] = []
        self._beats = beats
        self._reconnecting: set[asyncio.Task[None]] = set()

    async def gather(self, connections: int) -> None:
        """Open the lines."""
        for _ in range(connections):
            await self._connect()
        self.began_s = time.perf_counter()

    def free(self, line: Line) -> None:
        """Give a line its next beat, or let it wait until one is due."""
        if self.tally.is_over:
            line.transport.close()
        elif self.rate:
            self._lines.append(line)
        else:
            line.send(self._next(time.perf_counter()))

    def answered(self, beat: Beat, answer: bytes) -> None:
        """Take in an answer."""
        self.tally.count(beat, answer)

    def lost(self, line: Line) -> None:
        """Replace a line that broke; its beat goes out again on whichever is free first."""
        with suppress(ValueError):
            self._lines.remove(line)
        if self.tally.is_over:
            return
        self.tally.broken += 1
        if line.beat:
            self._again.append(line.beat)
        task = asyncio.get_running_loop().create_task(self._connect())
        self._reconnecting.add(task)
        task.add_done_callback(self._reconnecting.discard)

    async def keep_time(self) -> None:
        """Send beats when they are due, until it is over."""
        while not self.tally.is_over:
            now_s = time.perf_counter()
            due = int((now_s - self.began_s) * self.rate)
            while self._lines and (self._again or self.sent < due):
                self._lines.popleft().send(self._next(self.began_s + self.sent / self.rate))
            await asyncio.sleep(TICK_S)

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        while not self.tally.is_over:
            try:
                await loop.create_connection(partial(Line, self), "127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(RECONNECT_S)
            else:
                return

    def _next(self, due_s: float) -> Beat:
        if self._again:
            return self._again.pop()
        self.sent += 1
        number, whole = next(self._beats)
        return number, whole, due_s


async def run(options: argparse.Namespace) -> tuple[Tally, float]:
    """Run for so many seconds after a warm-up; return what was counted, and for how long."""
    tally = Tally([0] * options.people)
    requests = [request(number, is_still=options.still) for number in range(options.people)]
    spans = [people.span(turn) for turn in range(options.first, options.last)]
    beats = ((number, head + span) for span in spans for number, head in enumerate(requests))
    crowd = Crowd(options.port, tally, beats, options.rate)
    await crowd.gather(options.connections)
    took_s = await measured(tally, crowd, options.seconds)
    # Whoever has not been answered yet is still waited for: nothing may be left uncounted.
    await asyncio.sleep(COOL_DOWN_S if options.keep else 1)
    return tally, took_s


async def measured(
    tally: Tally, crowd: Crowd, seconds: float, *, after_s: float = WARM_UP_S
) -> float:
    """Let a crowd send for so many seconds after a warm-up; return how many it really were."""
    ticking = asyncio.create_task(crowd.keep_time()) if crowd.rate else None
    await asyncio.sleep(after_s)
    print("measuring", flush=True)
    began_s, tally.is_measuring = time.perf_counter(), True
    await asyncio.sleep(seconds)
    took_s, tally.is_measuring = time.perf_counter() - began_s, False
    print("measured", flush=True)
    tally.is_over = True
    if ticking:
        await ticking
    return took_s


def main() -> None:
    """Run, and print what was measured."""
    options = _options()
    tally, took_s = uvloop.run(run(options))
    if options.keep:
        Path(options.keep).write_text(json.dumps(tally.answered))
    print(json.dumps(tally.figures(took_s)), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--connections", type=int, default=256)
    parser.add_argument("--people", type=int, default=people.COUNT)
    parser.add_argument("--still", action="store_true")
    parser.add_argument("--keep", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
