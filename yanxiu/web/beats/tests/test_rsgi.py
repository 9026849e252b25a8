"""What granian asks is answered; what it cannot hand over any more is let go."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # it is exported

from yanxiu.web.beats import app, rsgi

NOWHERE = "postgresql://nobody@/none?host=/nowhere"


class Exchange:
    """Be a request of granian's, whose body breaks off."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, rsgi.Headers, bytes]] = []

    async def __call__(self) -> bytes:
        raise ProtocolClosed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        raise ProtocolClosed

    def response_bytes(self, status: int, headers: rsgi.Headers, body: bytes) -> None:
        self.answers.append((status, headers, body))


class Scope:
    method, path, client = "POST", app.PATH, "127.0.0.1:1"

    def __init__(self, **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def ask(*scopes: Scope, room: int | None = None) -> list[tuple[int, rsgi.Headers, bytes]]:
    """Return what these requests are answered, at a server that has so much room."""
    exchange = Exchange()

    async def asking() -> None:
        server = rsgi.Server(app.Beats(NOWHERE))
        await server.beats.start()
        if room is not None:
            server.beats._running().pace.room = room
        for scope in scopes:
            await server.__rsgi__(scope, exchange)
        await server.beats.stop()

    asyncio.run(asking())
    return exchange.answers


def test_under_load_a_request_is_refused_before_it_is_read() -> None:
    answers = ask(*[Scope() for _ in range(100)], room=0)
    assert {status for status, _, _ in answers} == {503}
    waits_s = {int(dict(headers)["retry-after"]) for _, headers, _ in answers}
    assert len(waits_s) > 5
    for _, headers, body in answers:
        told = msgspec.json.decode(body)
        assert told["code"] == "busy"
        assert told["trace"] == dict(headers)["x-trace"]


def test_a_player_that_goes_away_is_not_answered() -> None:
    kind = {"content_type": app.JSON}
    assert ask(Scope(**kind), Scope(**kind, content_length="9")) == []


def test_what_announces_too_much_is_refused_before_it_is_read() -> None:
    [(status, _, body)] = ask(Scope(content_type=app.JSON, content_length="16385"))
    assert (status, msgspec.json.decode(body)["code"]) == (413, "beat_too_large")
