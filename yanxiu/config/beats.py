"""Be the pool that takes beats: granian reads and writes HTTP outside Python's lock; no Django."""

import asyncio
import contextvars
import os
import signal
import socket
from collections.abc import Coroutine
from typing import Any

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.net import SocketHolder  # type: ignore[attr-defined]  # it is exported
from granian.server import embed

from yanxiu.config import metrics
from yanxiu.foundation import collector, postgres
from yanxiu.web.beats import app, rsgi

ALIVE = b'{"status":"ok"}'
PLAIN: rsgi.Headers = [("content-type", "text/plain; charset=utf-8")]
# So many connections may report at once; what is too much is refused in words.
ABREAST = 16_384


class Pool(rsgi.Server):
    """Answer beats, and whoever watches over them."""

    async def __rsgi__(self, scope: rsgi.Scope, exchange: rsgi.Exchange) -> None:
        """Answer one request."""
        if scope.path == app.PATH:
            await super().__rsgi__(scope, exchange)
        elif scope.path == metrics.PATH:
            exchange.response_bytes(*metrics.told(scope.headers, scope.client.rpartition(":")[0]))
        elif scope.path == "/healthz":
            exchange.response_bytes(200, [("content-type", app.JSON)], ALIVE)
        else:
            exchange.response_bytes(404, PLAIN, b"")


class Granian(embed.Server):
    """Answer at a socket that somebody else holds, in this process."""

    def __init__(self, target: object, listening: socket.socket) -> None:
        """Take over the socket."""
        super().__init__(
            target,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,
            websockets=False,
            backpressure=ABREAST,
            log_enabled=False,
        )
        listening.settimeout(0)
        self.listening = listening

    def _init_shared_socket(self) -> None:
        # granian closes what it is given, and has no types for it.
        own = os.dup(self.listening.fileno())
        self._shd: Any = SocketHolder(own, uds=False, backlog=ABREAST)  # type: ignore[call-arg]  # untyped


def answer(listening: socket.socket) -> None:
    """Answer at the socket until told to stop."""
    server = Pool(app.Beats(postgres.beats_url()))
    uvloop.run(live(server, listening))


async def live(server: rsgi.Server, listening: socket.socket) -> None:
    """Answer at the socket until told to stop; then whoever waits still is answered."""
    loop = asyncio.get_running_loop()
    loop.set_task_factory(_at_once)
    await server.beats.start()
    collector.rest()
    granian = Granian(server, listening)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, granian.stop)
    await granian.serve()
    await server.beats.stop()


def _at_once(
    loop: asyncio.AbstractEventLoop,
    coro: Coroutine[Any, Any, Any],
    *,
    context: contextvars.Context | None = None,
    **_how: object,
) -> asyncio.Task[Any]:
    """Begin a task without a turn of the loop: most of a refusal's cost would be that turn."""
    return asyncio.Task(coro, loop=loop, context=context, eager_start=True)
