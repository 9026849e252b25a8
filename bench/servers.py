"""Be the two servers of the bench of beats: the real one, and one that answers a constant."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from yanxiu.web.beats import app

type Message = MutableMapping[str, Any]

CONSTANT = (
    b'{"lease":"active","covered":[[0,30000]],"missing_ms":14370000,"done":false,'
    b'"refused":[],"beat_every_s":30}'
)
HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"private, no-store"),
    (b"content-length", b"%d" % len(CONSTANT)),
]

beats = app.Beats(os.environ.get("BENCH_DSN", ""))


async def constant(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Read the whole body and answer the same bytes to everybody."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": CONSTANT})
