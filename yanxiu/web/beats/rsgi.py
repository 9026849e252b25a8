"""Speak RSGI for beats: granian reads and writes HTTP outside Python's lock."""

from collections.abc import AsyncIterator, Awaitable
from typing import Protocol

from granian.rsgi import ProtocolClosed, ProtocolError  # type: ignore[attr-defined]  # they are

from yanxiu.web.beats import app, wire

type Headers = list[tuple[str, str]]

HEADERS: Headers = list(app.HEADERS)


class HeaderMap(Protocol):
    """Be a request's headers, their names in small letters."""

    def get(self, name: str, /) -> str | None:
        """Return a header's value."""

    def __contains__(self, name: str, /) -> bool: ...


class Scope(Protocol):
    """Be what a request says before its body."""

    method: str
    path: str
    client: str

    @property
    def headers(self) -> HeaderMap:
        """Return the headers."""


class Exchange(Protocol):
    """Be one request's body, and the way back."""

    def __call__(self) -> Awaitable[bytes]:
        """Return the whole body."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Go through the body in pieces."""

    def response_bytes(self, status: int, headers: Headers, body: bytes, /) -> None:
        """Answer."""


class Server:
    """Be the pool that takes beats, one process of it."""

    def __init__(self, beats: app.Beats) -> None:
        """Take beats with this part, which whoever serves starts and stops."""
        self.beats = beats

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        if self.beats.is_full:
            exchange.response_bytes(*self.beats.busy())
            return
        try:
            headers = scope.headers
            app.check(scope.method, headers.get("content-type") or "")
            answer = await self.beats.answer(await _body(headers, exchange))
        except (ProtocolClosed, ProtocolError):
            return
        except Exception as error:  # noqa: BLE001 - the outermost runner
            exchange.response_bytes(*app.refusal(error))
        else:
            exchange.response_bytes(200, HEADERS, answer)


async def _body(headers: HeaderMap, exchange: Exchange) -> bytes:
    length = headers.get("content-length")
    if length is not None:
        if int(length) > wire.MAX_BYTES:
            raise wire.TooLarge
        return await exchange()
    body = b""
    async for piece in exchange:
        body += piece
        if len(body) > wire.MAX_BYTES:
            raise wire.TooLarge
    return body
