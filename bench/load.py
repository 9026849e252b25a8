"""Send beats as fast as answers come: 256 keep-alive connections, distinct persons, in one process.

`python -m bench.load PORT SECONDS FIRST LAST` reports the turns from FIRST on and prints one JSON
object. The bytes are made beforehand, and answers are only searched for what must stand in them.
"""

import asyncio
import json
import sys
import time
from functools import partial
from typing import cast

import uvloop

from bench import people

CONNECTIONS = 256
WARM_UP_S = 0.5
COOL_DOWN_S = 5
HEAD = (
    b"POST /learning/beats/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
)


def request(number: int) -> bytes:
    """Return a person's request up to the span."""
    body = b'{"lease":"%s",' % people.lease(number).encode()
    return HEAD % (len(body) + len(people.span(0)), body)


class Tally:
    """Count answers and how long they took, once measuring has begun."""

    def __init__(self) -> None:
        """Begin with nothing, not measuring."""
        self.is_measuring = self.is_over = False
        self.took_s: list[float] = []
        self.saved = self.wrong = 0
        self.example = b""


class Teacher(asyncio.Protocol):
    """Be one connection that reports for its persons in turn."""

    def __init__(self, tally: Tally, requests: list[bytes], spans: list[bytes]) -> None:
        """Make the round of requests: everybody's first span, then everybody's second."""
        self.tally = tally
        self.turns = ((head, span) for span in spans for head in requests)
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first beat."""
        self.transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Check an answer once it is whole and send the next beat."""
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found or len(body) < int(head.partition(b"content-length: ")[2].split(b"\r")[0]):
            return
        tally = self.tally
        if head.startswith(b"HTTP/1.1 200") and b'"refused":[]' in body:
            tally.saved += 1
        else:
            tally.wrong += 1
            tally.example = self.answer
        if tally.is_measuring:
            tally.took_s.append(time.perf_counter() - self.sent_s)
        self.answer = b""
        self._send()

    def connection_lost(self, _exc: Exception | None) -> None:
        """End."""
        if not self.done.done():
            self.done.set_result(None)

    def _send(self) -> None:
        if self.tally.is_over:
            self.transport.close()
            return
        head, span = next(self.turns)
        self.sent_s = time.perf_counter()
        self.transport.write(head + span)


async def main(port: int, seconds: float, turns: range) -> None:
    """Run for `seconds` after a warm-up and print what was measured."""
    spans = [people.span(turn) for turn in turns]
    requests = [request(number) for number in range(people.COUNT)]
    tally = Tally()
    teachers = []
    for number in range(CONNECTIONS):
        made = partial(Teacher, tally, requests[number::CONNECTIONS], spans)
        _, teacher = await asyncio.get_running_loop().create_connection(made, "127.0.0.1", port)
        teachers.append(teacher)
    await asyncio.sleep(WARM_UP_S)
    print("measuring", flush=True)
    began_s, tally.is_measuring = time.perf_counter(), True
    await asyncio.sleep(seconds)
    took_s, tally.is_measuring = time.perf_counter() - began_s, False
    print("measured", flush=True)
    tally.is_over = True
    await asyncio.wait([teacher.done for teacher in teachers], timeout=COOL_DOWN_S)
    took = sorted(tally.took_s)
    figures = {
        "count": len(took),
        "took_s": took_s,
        "p50_ms": took[len(took) // 2] * 1_000,
        "p99_ms": took[len(took) * 99 // 100] * 1_000,
        "saved": tally.saved,
        "wrong": tally.wrong,
        "example": tally.example.decode(errors="replace"),
    }
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    port, seconds, first, last = sys.argv[1:]
    uvloop.run(main(int(port), float(seconds), range(int(first), int(last))))
