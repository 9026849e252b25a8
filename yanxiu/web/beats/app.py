"""Answer `POST /learning/beats/` as an ASGI application without a framework or a session."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any

from yanxiu.foundation import ids
from yanxiu.training.learning import batches, deciding, gauges, settlement
from yanxiu.web.beats import group, wire

log = logging.getLogger(__name__)

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

JSON = b"application/json"
TRACE_CHARACTERS = 10
DRAIN_S = 5

_HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"private, no-store")]


class Left(Exception):
    """Tell that the player went away before its beat was read."""


class Beats:
    """Take beats, settle them in groups, and answer once they are on disk."""

    def __init__(self, dsn: str) -> None:
        """Remember the database's address; nothing is opened before `start`."""
        self.dsn = dsn

    async def start(self) -> None:
        """Open the pool and begin to settle; the database itself may come up later."""
        self._pool = await settlement.opened(self.dsn)
        self._group = group.Group(partial(settlement.settle, self._pool))
        self._running = asyncio.create_task(self._group.run())

    async def stop(self) -> None:
        """Settle what waits, then close; after a while whatever still waits is given up."""
        self._group.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._running, DRAIN_S)
        await self._pool.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through one lifespan where this is the whole server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        try:
            beat = wire.read(await _body(scope, receive))
            answer = await self._answer(beat)
        except wire.Fault as fault:
            await _refuse(send, fault)
        except Left:
            return
        except Exception:  # noqa: BLE001 - the outermost runner
            await _refuse(send, wire.Unforeseen(), exc_info=True)
        else:
            await _send(send, 200, _HEADERS, wire.answer(answer))

    async def _answer(self, beat: deciding.Beat) -> deciding.Answer:
        try:
            outcome = await self._group.settled(beat)
        except group.Full as error:
            raise wire.Busy from error
        if isinstance(outcome, deciding.Answer):
            outcome.beat_every_s = self._group.every_s(outcome.beat_every_s)
            return outcome
        raise wire.LeaseExpired if outcome is batches.Verdict.EXPIRED else wire.Busy

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                rest_the_collector()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def rest_the_collector() -> None:
    """Let the garbage collector pass over what is loaded by now, and look for cycles less often.

    Beats leave none behind; looking after every few of them costs a twentieth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def _body(scope: Scope, receive: Receive) -> bytes:
    if scope["method"] != "POST":
        raise wire.NotPosted
    if not _is_json(scope["headers"]):
        raise wire.WrongType
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


def _is_json(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    for name, value in headers:
        if name == b"content-type":
            return value == JSON or value.partition(b";")[0].strip().lower() == JSON
    return False


async def _refuse(send: Send, fault: wire.Fault, *, exc_info: bool = False) -> None:
    gauges.FAULTS.labels(fault.code).inc()
    trace = ids.token()[:TRACE_CHARACTERS]
    level = logging.ERROR if exc_info else logging.INFO
    log.log(level, "beat refused: %s, trace %s", fault.code, trace, exc_info=exc_info)
    headers = [*_HEADERS, *fault.headers, (b"x-trace", trace.encode())]
    await _send(send, fault.status, headers, wire.fault(fault, trace))


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
