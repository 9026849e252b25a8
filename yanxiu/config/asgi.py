"""Serve everything from one port: beats, media and, through a bridge to WSGI, the pages."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from starlette.staticfiles import StaticFiles

from yanxiu.config.wsgi import application as pages
from yanxiu.foundation import media, postgres
from yanxiu.web.beats import app as beats

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Pages wait for the database most of the time; more threads than this only queue there.
PAGE_THREADS = 8


class Dispatcher:
    """Hand each request to the part that answers it."""

    def __init__(self) -> None:
        """Put the parts together; nothing is opened before the server has started."""
        self.beats = beats.Beats(postgres.beats_url())
        self.media = StaticFiles(directory=media.root(), check_dir=False)
        self.pages = WSGIMiddleware(pages, workers=PAGE_THREADS)  # type: ignore[arg-type]  # Django's handler is WSGI

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"] == "/learning/beats/":
            await self.beats(scope, receive, send)
        elif scope["path"].startswith("/media/"):
            await self.media({**scope, "root_path": "/media"}, receive, send)
        else:
            await self.pages(scope, receive, send)  # type: ignore[arg-type]  # same protocol, other names

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.beats.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.beats.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


application = Dispatcher()
