"""Call the beats' application as a server would, without one."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from yanxiu.web.beats.app import Beats

JSON = ((b"content-type", b"application/json"),)


@dataclass(frozen=True)
class Reply:
    """Hold what came back; status 0: nothing did."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return msgspec.json.decode(self.body)


class Caller:
    """Call one application, in an event loop that lives as long as it."""

    def __init__(self, runner: asyncio.Runner, beats: Beats) -> None:
        """Keep both."""
        self.runner = runner
        self.beats = beats

    def post(self, body: object, **how: Any) -> Reply:
        """Post a body, given as bytes or as what JSON can say."""
        return self.runner.run(call(self.beats, body, **how))


@contextmanager
def calling(dsn: str, *, started: bool = True) -> Iterator[Caller]:
    """Have an application that settles in this database."""
    with asyncio.Runner() as runner:
        beats = Beats(dsn)
        if started:
            runner.run(beats.start())
        yield Caller(runner, beats)
        if started:
            runner.run(beats.stop())


async def call(
    beats: Beats,
    body: object,
    *,
    method: str = "POST",
    headers: tuple[tuple[bytes, bytes], ...] = JSON,
    chunk: int = 1 << 16,
    is_cut: bool = False,
) -> Reply:
    """Send one request in chunks; a cut one ends before its body does."""
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    parts = [content[place : place + chunk] for place in range(0, len(content), chunk)] or [b""]
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": is_cut or number < len(parts)}
        for number, part in enumerate(parts, 1)
    ]
    incoming = iter([*messages, {"type": "http.disconnect"}])
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return next(incoming)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "headers": headers, "path": "/learning/beats/"}
    await beats(scope, receive, send)
    if not sent:
        return Reply(0, {}, b"")
    start, end = sent
    return Reply(start["status"], dict(start["headers"]), end["body"])
