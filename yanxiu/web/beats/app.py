"""Answer `POST /learning/beats/` without a framework or a session, whichever server asks.

`Beats` speaks ASGI itself, for the one port of everything; `rsgi` speaks for the pool of its own.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from functools import partial
from itertools import cycle
from typing import Any, NamedTuple

from yanxiu.foundation import collector, ids
from yanxiu.training.credits import findings
from yanxiu.training.learning import batches, deciding, gauges, pulses, settlement
from yanxiu.web.beats import group, wire

log = logging.getLogger(__name__)

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = "/learning/beats/"
JSON = "application/json"
HEADERS = (("content-type", JSON), ("cache-control", "private, no-store"))
TRACE_CHARACTERS = 10
DRAIN_S = 5
# How often a rulebook lets players report, where nobody is asked to do so less often.
USUAL_S = 30

_BUSY = gauges.FAULTS.labels(wire.Busy.code)
_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS]


class Left(Exception):
    """Tell that the player went away before its beat was read."""


class Refusal(NamedTuple):
    """Be the answer to a request that is refused as a whole."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Beats:
    """Take beats, settle them in groups, and answer once they are on disk."""

    def __init__(self, dsn: str) -> None:
        """Remember the database's address; nothing is opened before `start`."""
        self.dsn = dsn
        self._group: group.Group | None = None

    async def start(self) -> None:
        """Open the pool; the database itself may come up later."""
        self._pool = await settlement.opened(self.dsn)
        self._group = group.Group(partial(settlement.settle, self._pool))
        every_s = partial(self._group.pace.every_s, USUAL_S)
        self._pulse = pulses.Pulse(self.dsn, every_s, findings.look)
        self._speaking = asyncio.create_task(self._pulse.run())
        self._second = -1
        self._refusals: Iterator[Refusal] = iter(())

    async def stop(self) -> None:
        """Settle what waits, then close; after a while whatever still waits is given up."""
        await asyncio.wait([asyncio.ensure_future(self._running().close())], timeout=DRAIN_S)
        self._pulse.close()
        await self._speaking
        await self._pool.close()

    def _running(self) -> group.Group:
        if self._group is None:
            msg = "beats are taken before the start"
            raise RuntimeError(msg)
        return self._group

    @property
    def is_full(self) -> bool:
        """Tell whether a beat that comes now would wait too long; then it is not even read."""
        return self._group is not None and self._group.is_full

    def busy(self) -> Refusal:
        """Return a refusal for one of many: under load even telling them apart would cost too much.

        What is said to one is said to all of this second, save for when to come again: about when
        her next beat is due, or refusing would bring more requests than answering.
        """
        _BUSY.inc()
        second = int(asyncio.get_running_loop().time())
        if second != self._second:
            self._second = second
            trace = ids.token()[:TRACE_CHARACTERS]
            waits_s = self._running().pace.again_after_s(USUAL_S)
            self._refusals = cycle([_refusal(wire.Busy(each), trace) for each in waits_s])
            log.info("beats are refused: busy, trace %s", trace)
        return next(self._refusals)

    async def answer(self, body: bytes) -> bytes:
        """Return the answer to a beat, once it is on disk; raise a `Fault` for a refusal."""
        beat, running = wire.read(body), self._running()
        try:
            outcome = await running.settled(beat)
        except group.Full as error:
            raise wire.Busy from error
        if isinstance(outcome, deciding.Answer):
            outcome.beat_every_s = running.pace.every_s(outcome.beat_every_s)
            return wire.answer(outcome)
        raise wire.LeaseExpired if outcome is batches.Verdict.EXPIRED else wire.Busy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of ASGI, or live through one lifespan."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        try:
            if self.is_full:
                await _refuse(send, self.busy())
                return
            check(scope["method"], _kind(scope["headers"]))
            answer = await self.answer(await _body(receive))
        except Left:
            return
        except Exception as error:  # noqa: BLE001 - the outermost runner
            await _refuse(send, refusal(error))
        else:
            await _send(send, 200, _HEADERS, answer)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                collector.rest()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def check(method: str, kind: str) -> None:
    """Raise a `Fault` for what cannot be a beat, before a body is read."""
    if method != "POST":
        raise wire.NotPosted
    if kind != JSON and kind.partition(";")[0].strip().lower() != JSON:
        raise wire.WrongType


def refusal(error: Exception) -> Refusal:
    """Return what is answered to a fault, and log it; what nobody foresaw is an alarm."""
    fault = error if isinstance(error, wire.Fault) else wire.Unforeseen()
    gauges.FAULTS.labels(fault.code).inc()
    trace = ids.token()[:TRACE_CHARACTERS]
    if fault is error:
        log.info("beat refused: %s, trace %s", fault.code, trace)
    else:
        log.error("beat refused: %s, trace %s", fault.code, trace, exc_info=error)
    return _refusal(fault, trace)


def _refusal(fault: wire.Fault, trace: str) -> Refusal:
    headers = [*HEADERS, *fault.headers(), ("x-trace", trace)]
    return Refusal(fault.status, headers, wire.fault(fault, trace))


async def _refuse(send: Send, refused: Refusal) -> None:
    headers = [(name.encode(), value.encode()) for name, value in refused.headers]
    await _send(send, refused.status, headers, refused.body)


async def _body(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        body += message.get("body", b"")
        if len(body) > wire.MAX_BYTES:
            raise wire.TooLarge
        if not message.get("more_body"):
            return body


def _kind(headers: Iterable[tuple[bytes, bytes]]) -> str:
    for name, value in headers:
        if name == b"content-type":
            return value.decode("latin-1")
    return ""


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
