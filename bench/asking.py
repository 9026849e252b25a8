"""Ask a server of pages as fast as answers come, over connections that stay open.

`rate(port, turns, seconds)` lets each connection take its turns one after another: a turn is a
generator that yields requests as bytes, is sent each answer, and ends when it is through.
"""

import asyncio
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, cast

import uvloop

WARM_UP_S = 1.0
PATIENCE_S = 30.0


class Answer(NamedTuple):
    """Be what came back: the head as bytes, and the body as it was sent."""

    status: int
    head: bytes
    body: bytes


type Turn = Generator[bytes, Answer]


@dataclass
class Tally:
    """Count turns and how long they took, in seconds, once measuring has begun."""

    took_s: list[float]
    is_measuring: bool = False
    is_over: bool = False


class Browser(asyncio.Protocol):
    """Be one connection that takes turn after turn."""

    def __init__(self, begin: Callable[[], Turn], tally: Tally) -> None:
        """Remember how a turn begins."""
        self.begin, self.tally = begin, tally
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin the first turn."""
        self.transport = cast("asyncio.Transport", transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        """Hand an answer to the turn once it is whole, and send what it asks next."""
        self.came += data
        answer = _whole(self.came)
        if answer is None:
            return
        self.came = b""
        try:
            self.transport.write(self.turn.send(answer))
        except StopIteration:
            self._end()
        except Exception as error:  # noqa: BLE001 - told to whoever waits
            self._fail(error)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; a connection that the server closed is an error."""
        if not self.done.done():
            self._fail(exc or ConnectionResetError("the server closed a connection"))

    def _begin(self) -> None:
        self.turn, self.began_s = self.begin(), time.perf_counter()
        self.transport.write(next(self.turn))

    def _end(self) -> None:
        if self.tally.is_measuring:
            self.tally.took_s.append(time.perf_counter() - self.began_s)
        if self.tally.is_over:
            self.done.set_result(None)
            self.transport.close()
        else:
            self._begin()

    def _fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)
        self.transport.close()


def rate(port: int, turns: list[Callable[[], Turn]], seconds: float) -> list[float]:
    """Return how long each turn took, in seconds, sorted: a connection for each way to begin one.

    The first that fails ends it with its error.
    """
    return uvloop.run(_asked(port, turns, seconds))


async def _asked(port: int, turns: list[Callable[[], Turn]], seconds: float) -> list[float]:
    tally, loop = Tally([]), asyncio.get_running_loop()
    made = [partial(Browser, turn, tally) for turn in turns]
    browsers = [(await loop.create_connection(each, "127.0.0.1", port))[1] for each in made]
    everybody = asyncio.gather(*(browser.done for browser in browsers))
    for lasts_s in (WARM_UP_S, seconds):
        await asyncio.wait([everybody], timeout=lasts_s)
        if everybody.done():
            await everybody
        tally.is_measuring = not tally.is_measuring
    tally.is_over = True
    await asyncio.wait_for(everybody, PATIENCE_S)
    return sorted(tally.took_s)


def request(method: str, path: str, headers: dict[str, str], body: str = "") -> bytes:
    """Return a request as bytes, as a browser on this machine sends it."""
    given = {"Host": "127.0.0.1", "Accept-Encoding": "gzip"} | headers
    if body:
        given["Content-Type"] = "application/x-www-form-urlencoded"
    given["Content-Length"] = str(len(body.encode()))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", body]).encode()


def cookie(answer: Answer, name: str) -> str:
    """Return the value of a cookie that an answer sets, or ""."""
    mark = f"set-cookie: {name}=".encode()
    place = answer.head.lower().find(mark)
    if place < 0:
        return ""
    return answer.head[place + len(mark) :].partition(b";")[0].decode()


def _whole(came: bytes) -> Answer | None:
    head, found, body = came.partition(b"\r\n\r\n")
    if not found:
        return None
    length = head.lower().partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0]
    if not length:
        raise ValueError(head)
    if len(body) < int(length):
        return None
    return Answer(int(head[9:12]), head, body)
