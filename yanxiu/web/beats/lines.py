"""Speak HTTP/1.1 for the pool of beats: a line is a connection, and carries one request at a time.

httptools reads what HTTP allows and turns down the rest. No task and no future is made for a
request: whoever answers it calls back, so that a refusal costs hardly more than reading it.
Measured: docs/decisions/0018-where-a-beat-s-time-goes.md.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple, cast

import httptools

from yanxiu.web.beats import wire

log = logging.getLogger(__name__)

type Headers = tuple[tuple[str, str], ...]

BODY_MOST = wire.MAX_BYTES
HEAD_MOST = 32 * 1024
# With a body in pieces of a few bytes, each with its length before it, and whatever follows it.
WHOLE_MOST = 160 * 1024
# So many callers are heard in one turn of the loop; the others, whose words lie ready, in the next
# ones. Beats that are being settled wait for one turn after the other, so where callers have stood
# in line for so many seconds without a break, a turn is short.
TURN, SHORT_TURN, CROWDED_S = 2_048, 48, 1.0
# Answers that a caller leaves unread, in bytes; then nobody listens at its end.
UNREAD_MOST = 1024 * 1024
# Seconds. A request of 16 KiB comes within the first over any network; a proxy keeps a connection
# that rests for 60 s (nginx), and must be the first to let go of it.
REQUEST_S, REST_S = 30, 75
TICK_S = 1.0
# So long the answer has to be taken by whoever is turned down in the middle of a request.
LINGER_S = 5
# Whoever still waits when told to stop is answered; then so many seconds are left to take it.
PARTING_S = 1.0

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_EXPECTS = b"100-continue"


class Reply(NamedTuple):
    """Be the answer to a request."""

    status: int
    headers: Headers
    body: bytes


class Request(NamedTuple):
    """Be a request that is whole, from a host; names of headers are in small letters."""

    method: str
    path: bytes
    headers: dict[bytes, bytes]
    body: bytes
    host: str


type Tell = Callable[[Reply], None]
type Answer = Callable[[Request, Tell], None]


class Lines:
    """Hold all connections of a process, and the time."""

    def __init__(self, answer: Answer, *, too_large: Callable[[], Reply]) -> None:
        """Remember who answers; `too_large` says no to a body that is."""
        self.answer, self.too_large = answer, too_large
        self.open: set[Line] = set()
        self.is_closing = False
        self.now_s, self.date = 0.0, b""
        self._all_left = asyncio.Event()
        self._heard, self._turn_most = 0, TURN
        self._in_line_since_s: float | None = None
        self._unheard: deque[tuple[Line, bytes]] = deque()

    def line(self) -> "Line":
        """Return what takes the next connection."""
        return Line(self)

    def hear(self, line: "Line", data: bytes) -> None:
        """Have what somebody says read, now or in one of the next turns."""
        if not self._heard:
            asyncio.get_running_loop().call_soon(self._turn)
        if self._heard < self._turn_most and not self._unheard:
            line.read(data)
        else:
            line.wait()
            self._unheard.append((line, data))
        self._heard += 1

    def _turn(self) -> None:
        """Hear the next of those who have spoken."""
        loop = asyncio.get_running_loop()
        self._turn_most = self._next_turn(loop.time())
        self._heard = min(self._turn_most, len(self._unheard))
        if self._heard:
            loop.call_soon(self._turn)
        for _ in range(self._heard):
            line, data = self._unheard.popleft()
            line.read(data)
            line.go_on()

    def _next_turn(self, now_s: float) -> int:
        """Return how many the next turn may hear: few while there is a line that does not end."""
        if not self._unheard:
            self._in_line_since_s = None
        elif self._in_line_since_s is None:
            self._in_line_since_s = now_s
        elif now_s - self._in_line_since_s >= CROWDED_S:
            return SHORT_TURN
        return TURN

    async def keep_time(self) -> None:
        """Tell the time again and again."""
        while True:
            self.tick(asyncio.get_running_loop().time())
            await asyncio.sleep(TICK_S)

    def tick(self, now_s: float) -> None:
        """Tell the time to all, and let go of whoever says nothing for too long."""
        self.now_s = now_s
        self.date = b"date: %s\r\n" % formatdate(usegmt=True).encode()
        for line in [each for each in self.open if each.is_late(now_s)]:
            line.hang_up()

    def close(self) -> None:
        """Take leave of all: who rests is let go at once, who waits once she is answered."""
        self.is_closing = True
        self._all_left.clear()
        for line in [*self.open]:
            line.part()

    async def gone(self) -> None:
        """Wait until everybody has taken her answer, or has had the time to."""
        if self.open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_left.wait(), PARTING_S)
        for line in [*self.open]:
            line.hang_up()

    def end(self, line: "Line") -> None:
        """Forget a connection that has ended."""
        self.open.discard(line)
        if not self.open:
            self._all_left.set()


class Line(asyncio.Protocol):
    """Be one connection."""

    __slots__ = (
        "_body",
        "_headers",
        "_host",
        "_is_in_head",
        "_is_over",
        "_is_reading",
        "_is_waiting",
        "_keeps",
        "_later",
        "_lines",
        "_method",
        "_parser",
        "_read_bytes",
        "_since_s",
        "_target",
        "_transport",
    )

    def __init__(self, lines: Lines) -> None:
        """Belong to all lines of the process."""
        self._lines = lines
        self._parser = httptools.HttpRequestParser(self)
        self._later: deque[tuple[Request, bool]] = deque()
        self._since_s = lines.now_s
        self._is_reading = self._is_waiting = self._is_over = False
        self._keeps, self._method = True, ""
        self._begin()

    # What asyncio says.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=UNREAD_MOST)
        self._host = str(transport.get_extra_info("peername")[0])
        self._lines.open.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        """End."""
        self._is_over = True
        self._lines.end(self)

    def pause_writing(self) -> None:
        """Give up on a caller that takes no answers."""
        self.hang_up()

    def data_received(self, data: bytes) -> None:
        """Read on when it is this connection's turn."""
        if not self._is_over:
            self._lines.hear(self, data)

    # What the others of this process let it do.

    def wait(self) -> None:
        """Hear no more until it is this connection's turn."""
        if not self._is_over:
            self._transport.pause_reading()

    def go_on(self) -> None:
        """Hear again what is said."""
        if not self._is_over and not self._later:
            self._transport.resume_reading()

    def read(self, data: bytes) -> None:
        """Read on."""
        if self._is_over:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError:
            # Nobody foresaw it: whoever answers says no by herself.
            log.exception("a request broke")
            self.hang_up()
            return
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._turn_down(HTTPStatus.BAD_REQUEST)
            return
        if self._is_reading:
            self._read_bytes += len(data)
            if self._is_in_head and self._read_bytes > HEAD_MOST:
                self._turn_down(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            elif self._read_bytes > WHOLE_MOST:
                self._refuse_size()

    # What the parser says.

    def on_message_begin(self) -> None:
        """Begin to read a request."""
        self._begin()
        self._is_reading = True
        if not self._is_waiting:
            self._since_s = self._lines.now_s

    def on_url(self, url: bytes) -> None:
        """Take a part of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        """See what is to come: more than may be is turned down before it is read."""
        self._is_in_head = False
        if int(self._headers.get(b"content-length", b"0")) > BODY_MOST:
            self._refuse_size()
        elif self._parser.should_upgrade():
            self._turn_down(HTTPStatus.BAD_REQUEST)
        elif self._headers.get(b"expect", b"").lower() == _EXPECTS and not self._is_waiting:
            self._transport.write(_CONTINUE)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._body += body
        if len(self._body) > BODY_MOST:
            self._refuse_size()

    def on_message_complete(self) -> None:
        """Have the request answered once all before it are."""
        self._is_reading = False
        if self._is_over:
            return
        request = Request(
            self._parser.get_method().decode("latin-1"),
            self._target.partition(b"?")[0],
            self._headers,
            self._body,
            self._host,
        )
        keeps = self._parser.should_keep_alive()
        if self._is_waiting or self._later:
            self._later.append((request, keeps))
            self._transport.pause_reading()
        else:
            self._ask(request, keeps=keeps)

    def _begin(self) -> None:
        self._target = self._body = b""
        self._headers: dict[bytes, bytes] = {}
        self._read_bytes, self._is_in_head = 0, True

    # What we say.

    def is_late(self, now_s: float) -> bool:
        """Tell whether nothing has come for too long, though nobody here is at work on it."""
        patience_s = LINGER_S if self._is_over else REQUEST_S if self._is_reading else REST_S
        return not self._is_waiting and now_s - self._since_s > patience_s

    def part(self) -> None:
        """End the connection unless somebody waits at its other end."""
        if not self._is_waiting and not self._is_reading:
            self._transport.close()

    def hang_up(self) -> None:
        """End the connection at once."""
        self._is_over = True
        self._transport.abort()

    def _ask(self, request: Request, *, keeps: bool) -> None:
        self._is_waiting, self._keeps, self._method = True, keeps, request.method
        self._lines.answer(request, self._tell)

    def _tell(self, reply: Reply) -> None:
        """Hand the answer over, and go on to whoever is next."""
        if self._is_over:
            return
        keeps = self._keeps and not self._lines.is_closing
        self._transport.write(self._written(reply, keeps=keeps))
        self._is_waiting, self._since_s = False, self._lines.now_s
        if not keeps:
            self._is_over = True
            self._transport.close()
        elif self._later:
            asyncio.get_running_loop().call_soon(self._go_on)

    def _go_on(self) -> None:
        if self._later and not self._is_over:
            request, keeps = self._later.popleft()
            if not self._later:
                self._transport.resume_reading()
            self._ask(request, keeps=keeps)

    def _written(self, reply: Reply, *, keeps: bool) -> bytes:
        body = b"" if self._method == "HEAD" else reply.body
        head = _head(reply.status, reply.headers, keeps)
        return b"%b%bcontent-length: %d\r\n\r\n%b" % (
            head,
            self._lines.date,
            len(reply.body),
            body,
        )

    def _refuse_size(self) -> None:
        self._turn_down(self._lines.too_large())

    def _turn_down(self, why: HTTPStatus | Reply) -> None:
        """Say no to what cannot be read to its end, and end the connection."""
        if self._is_waiting:
            # What was asked before it is not answered yet: the end of the connection must do.
            self.hang_up()
        elif not self._is_over:
            self._is_over = True
            reply = why if isinstance(why, Reply) else Reply(why, (), b"")
            self._transport.write(self._written(reply, keeps=False))
            # Closed with something unread, the system would take the answer back as well.
            self._transport.write_eof()


@lru_cache(maxsize=256)
def _head(status: int, headers: Headers, keeps: bool) -> bytes:  # noqa: FBT001 - a cache's key
    fields = headers if keeps else (*headers, ("connection", "close"))
    told = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{told}".encode("latin-1")
