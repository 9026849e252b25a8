"""Answer `POST /learning/beats/` without a framework or a session, whichever server asks.

`Beats` speaks ASGI itself, for the one port of everything; `lines` speaks for the pool of its own.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from functools import partial
from itertools import cycle
from typing import Any

from yanxiu.foundation import collector, ids
from yanxiu.training.credits import findings
from yanxiu.training.learning import batches, deciding, gauges, pulses, settlement
from yanxiu.web.beats import group, wire
from yanxiu.web.beats.lines import Reply, Tell

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
_JSON = JSON.encode()


class Left(Exception):
    """Tell that the player went away before its beat was read."""


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
        self._refusals: Iterator[Reply] = iter(())

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

    def busy(self) -> Reply:
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

    def take(self, method: str, kind: bytes, body: bytes, tell: Tell) -> None:
        """Have the answer to a request told: at once, or when its beat is on disk.

        Whoever would wait too long is refused before her request is looked at.
        """
        if self.is_full:
            tell(self.busy())
            return
        try:
            check(method, kind)
            beat = wire.read(body)
            self._running().take(beat, partial(self._settled, tell))
        except Exception as error:  # noqa: BLE001 - the outermost runner
            tell(refusal(error))

    def _settled(self, tell: Tell, outcome: batches.Outcome) -> None:
        try:
            reply = Reply(200, HEADERS, self._answer(outcome))
        except Exception as error:  # noqa: BLE001 - the outermost runner
            reply = refusal(error)
        tell(reply)

    def _answer(self, outcome: batches.Outcome) -> bytes:
        if isinstance(outcome, deciding.Answer):
            outcome.beat_every_s = self._running().pace.every_s(outcome.beat_every_s)
            return wire.answer(outcome)
        raise wire.LeaseExpired if outcome is batches.Verdict.EXPIRED else wire.Busy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of ASGI, or live through one lifespan."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        told: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        try:
            # Neither is the body read of whoever is refused in any case.
            body = b"" if self.is_full or scope["method"] != "POST" else await _body(receive)
            self.take(scope["method"], _kind(scope["headers"]), body, partial(_put, told))
            await _send(send, await told)
        except Left:
            return
        except wire.Fault as error:
            await _send(send, refusal(error))

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


def check(method: str, kind: bytes) -> None:
    """Raise a `Fault` for what cannot be a beat, whatever its body."""
    if method != "POST":
        raise wire.NotPosted
    if kind != _JSON and kind.partition(b";")[0].strip().lower() != _JSON:
        raise wire.WrongType


def too_large() -> Reply:
    """Return what is answered to a body that is."""
    return refusal(wire.TooLarge())


def refusal(error: Exception) -> Reply:
    """Return what is answered to a fault, and log it; what nobody foresaw is an alarm."""
    fault = error if isinstance(error, wire.Fault) else wire.Unforeseen()
    gauges.FAULTS.labels(fault.code).inc()
    trace = ids.token()[:TRACE_CHARACTERS]
    if fault is error:
        log.info("beat refused: %s, trace %s", fault.code, trace)
    else:
        log.error("beat refused: %s, trace %s", fault.code, trace, exc_info=error)
    return _refusal(fault, trace)


def _refusal(fault: wire.Fault, trace: str) -> Reply:
    headers = (*HEADERS, *fault.headers(), ("x-trace", trace))
    return Reply(fault.status, headers, wire.fault(fault, trace))


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


def _kind(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return next((value for name, value in headers if name == b"content-type"), b"")


def _put(told: asyncio.Future[Reply], reply: Reply) -> None:
    if not told.done():
        told.set_result(reply)


async def _send(send: Send, reply: Reply) -> None:
    headers = [(name.encode(), value.encode()) for name, value in reply.headers]
    headers.append((b"content-length", b"%d" % len(reply.body)))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
