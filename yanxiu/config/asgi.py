"""Serve everything from one port: beats, media and, through a bridge to WSGI, the pages."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from a2wsgi import WSGIMiddleware
from django.urls import Resolver404, resolve
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from yanxiu.config import metrics
from yanxiu.config.wsgi import application as pages
from yanxiu.foundation import collector, media, postgres
from yanxiu.web.beats import app as beats

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

# Pages wait for the database most of the time; more threads than this only queue there.
PAGE_THREADS = 8
# Bytes. Pages take a quarter of it and refuse the rest in words; nobody needs to read further.
# Those that take files say how much they read.
MOST_BODY = 1024 * 1024
# So many files come in at once, for they wait in memory; nobody may hold a place for longer.
FILES_ABREAST, FILE_WITHIN_S = 8, 300
MOST_HEADERS = 32 * 1024
# A file's key comes from what it shows, so it never changes: a device may keep it for a year.
KEPT = "public, max-age=31536000, immutable"


class Films(StaticFiles):
    """Serve media so that devices keep them and take them for what they are."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - handed through
        """Return the file with its rules for caches and for guessing its type."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = KEPT
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class Dispatcher:
    """Hand each request to the part that answers it."""

    def __init__(self) -> None:
        """Put the parts together; no connection is opened before the server has started."""
        media.root().mkdir(parents=True, exist_ok=True)
        self.beats = beats.Beats(postgres.beats_url())
        self.media = Films(directory=media.root())
        self.files = asyncio.Semaphore(FILES_ABREAST)
        self.pages = WSGIMiddleware(pages, workers=PAGE_THREADS)  # type: ignore[arg-type]  # Django's handler is WSGI

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
            refused = PlainTextResponse(status_code=HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            await refused(scope, receive, send)
        elif scope["path"] == "/healthz":
            # Whether the process lives does not depend on a free thread.
            await JSONResponse({"status": "ok"})(scope, receive, send)
        elif scope["path"] == beats.PATH:
            await self.beats(scope, receive, send)
        elif scope["path"] == metrics.PATH:
            await metrics.answer(scope, receive, send)
        elif scope["path"].startswith(media.PREFIX):
            await self._show(scope, receive, send)
        else:
            await self._page(scope, receive, send)

    async def _show(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file; what is none is told as pages tell it."""
        try:
            media.path(scope["path"].removeprefix(media.PREFIX))
            await self.media({**scope, "root_path": "/media"}, receive, send)
        except (HTTPException, media.Unsafe):
            await self._page(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page once the request is here whole: a slow sender holds up no thread."""
        most = _most(scope)
        if most > MOST_BODY:
            async with self.files:
                body = await _in_time(receive, most)
        else:
            body = await _whole(receive, most)
        if body is None:
            return

        async def received() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        await self.pages(scope, received, send)  # type: ignore[arg-type]  # same protocol, other names

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.beats.start()
                collector.rest()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.beats.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _most(scope: Scope) -> int:
    """Return how many bytes of this request's body anybody will read."""
    length = dict(scope["headers"]).get(b"content-length", b"")
    if not length.isdigit() or int(length) <= MOST_BODY:
        return MOST_BODY
    try:
        view = resolve(scope["path"]).func
    except Resolver404:
        return MOST_BODY
    return int(getattr(view, "body_most", MOST_BODY))


async def _in_time(receive: Receive, most: int) -> bytes | None:
    """Return the body of a request with a file; None also when it takes too long to come."""
    try:
        async with asyncio.timeout(FILE_WITHIN_S):
            return await _whole(receive, most)
    except TimeoutError:
        return None


async def _whole(receive: Receive, most: int) -> bytes | None:
    """Return the body, cut off past `most`; None when the sender left in the middle of it."""
    body = bytearray()
    while len(body) <= most:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return bytes(body)


application = Dispatcher()
