"""Be the line between a browser and the platform, which a story can cut."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

from tests.journeys.platform import Platform

PIECE = 64 * 1024


class Line:
    """Hand bytes on to the platform and back until it is cut.

    A browser's own switch for being offline does not reach the worker that acts for closed pages.
    """

    def __init__(self, platform: Platform) -> None:
        """Lead to a platform; nothing is listening yet."""
        self._port = urlsplit(platform.address).port or 0
        self._loop = asyncio.new_event_loop()
        self._is_cut = False
        self._open: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def begin(self) -> int:
        """Listen, and return at which port."""
        self._thread.start()
        starting = asyncio.start_server(self._carry, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        return int(self._server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """Let nothing through any more."""
        self._is_cut = True
        self._loop.call_soon_threadsafe(self._hang_up)

    def mend(self) -> None:
        """Let everything through again."""
        self._is_cut = False

    def end(self) -> None:
        """Stop listening."""
        self.cut()
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _hang_up(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        onward, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {writer, back}
        await asyncio.gather(_pump(reader, back), _pump(onward, writer))
        self._open -= {writer, back}


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()


@contextmanager
def leading(platform: Platform) -> Iterator[tuple[Line, Platform]]:
    """Give a line, and the platform as it is found at its near end."""
    line = Line(platform)
    port = line.begin()
    try:
        yield line, replace(platform, address=f"http://127.0.0.1:{port}")
    finally:
        line.end()
