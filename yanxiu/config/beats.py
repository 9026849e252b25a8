"""Be the pool that takes beats: HTTP is read beside the rules, in one thread; no Django."""

import asyncio
import signal
import socket
from contextlib import suppress

import uvloop

from yanxiu.config import metrics
from yanxiu.foundation import collector, postgres
from yanxiu.web.beats import app
from yanxiu.web.beats.lines import Answer, Lines, Reply, Request, Tell

ALIVE = Reply(200, (("content-type", app.JSON),), b'{"status":"ok"}')
NOTHING = Reply(404, (("content-type", "text/plain; charset=utf-8"),), b"")
PATH, METRICS = app.PATH.encode(), metrics.PATH.encode()
# So many may call at once; the system lets the others wait.
BACKLOG = 2_048


class Pool:
    """Answer beats, and whoever watches over them."""

    def __init__(self, beats: app.Beats) -> None:
        """Have beats settled by this part."""
        self.beats = beats

    def __call__(self, request: Request, tell: Tell) -> None:
        """Answer one request."""
        method, path, headers, body, host = request
        if path == PATH:
            self.beats.take(method, headers.get(b"content-type", b""), body, tell)
        elif path == METRICS:
            status, kinds, text = metrics.told(metrics.words(headers.items()), host)
            tell(Reply(status, tuple(kinds), text))
        else:
            tell(ALIVE if path == b"/healthz" else NOTHING)


def answer(listening: socket.socket) -> None:
    """Answer at the socket until told to stop."""
    beats = app.Beats(postgres.beats_url())
    uvloop.run(live(beats, Pool(beats), listening))


async def live(beats: app.Beats, pool: Answer, listening: socket.socket) -> None:
    """Answer at the socket until told to stop; then whoever waits still is answered."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await beats.start()
    collector.rest()
    lines = Lines(pool, too_large=app.too_large)
    lines.tick(loop.time())
    ticking = loop.create_task(lines.keep_time())
    server = await loop.create_server(lines.line, sock=listening, backlog=BACKLOG)
    await stopped.wait()
    server.close()
    lines.close()
    await beats.stop()
    await lines.gone()
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking
