"""Stand between two programs and be their bad network: slow, silent, cut, or losing answers."""

import asyncio
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CHUNK = 65_536
# A close with nothing lingering is a reset; source: socket(7), SO_LINGER.
_RESET = struct.pack("ii", 1, 0)

type Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
type Connect = Callable[[], Awaitable[Streams]]


@dataclass
class Proxy:
    """Hold what the network does from now on; each may be changed while connections are open."""

    port: int = 0
    # Seconds that every piece takes, each way.
    delay_s: float = 0.0
    # Whether pieces vanish without a word, as where a cable is pulled.
    is_silent: bool = False
    # Whether answers are lost: what was asked arrives, and is cut off before it is answered.
    is_losing: bool = False
    writers: set[asyncio.StreamWriter] = field(default_factory=set)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def heal(self) -> None:
        """Be a good network again; connections that were silent stay so, and end."""
        was_silent, self.is_silent = self.is_silent, False
        self.delay_s, self.is_losing = 0.0, False
        if was_silent:
            self.cut()

    def cut(self) -> None:
        """Reset every connection."""
        asyncio.run_coroutine_threadsafe(self._cut(), self.loop).result()

    async def _cut(self) -> None:
        for writer in [*self.writers]:
            _reset(writer)

    async def lead(self, connect: Connect, ours: Streams) -> None:
        """Lead one connection on, both ways, until either side ends it."""
        try:
            theirs = await connect()
        except OSError:
            _reset(ours[1])
            return
        ends = {ours[1], theirs[1]}
        self.writers |= ends
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(ours[0], theirs[1], ends, is_answer=False))
                both.create_task(self._carry(theirs[0], ours[1], ends, is_answer=True))
        finally:
            self.writers -= ends

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ends: set[asyncio.StreamWriter],
        *,
        is_answer: bool,
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(CHUNK):
                await asyncio.sleep(self.delay_s)
                if self.is_losing and is_answer:
                    break
                if not self.is_silent:
                    writer.write(piece)
                    await writer.drain()
        for each in ends:
            _reset(each)


@contextmanager
def between(connect: Connect) -> Iterator[Proxy]:
    """Have a proxy on this machine, in a thread of its own, before whatever `connect` reaches."""
    proxy = Proxy()
    thread = threading.Thread(target=proxy.loop.run_forever, name="proxy", daemon=True)
    thread.start()

    async def listen() -> asyncio.Server:
        async def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await proxy.lead(connect, (reader, writer))

        return await asyncio.start_server(accepted, "127.0.0.1", 0)

    async def close(server: asyncio.Server) -> None:
        server.close()
        await proxy._cut()
        await server.wait_closed()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for each in rest:
            each.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(listen(), proxy.loop).result()
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(close(server), proxy.loop).result()
        proxy.loop.call_soon_threadsafe(proxy.loop.stop)
        thread.join()
        proxy.loop.close()


def tcp(port: int) -> Connect:
    """Reach a server at a port of this machine."""
    return lambda: asyncio.open_connection("127.0.0.1", port)


def unix(path: str) -> Connect:
    """Reach a server at a socket in the file system."""
    return lambda: asyncio.open_unix_connection(path)


def _reset(writer: asyncio.StreamWriter) -> None:
    held: socket.socket | None = writer.get_extra_info("socket")
    if held is not None and held.family in {socket.AF_INET, socket.AF_INET6}:
        with suppress(OSError):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
