"""HTTP over real sockets: answers in order, plain refusals, and nobody held for ever."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
import uvloop

from yanxiu.web.beats import app, lines
from yanxiu.web.beats.lines import Lines, Reply, Request, Tell

DONE = Reply(200, (("content-type", "text/plain"),), b"done")
GET = b"GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%b"
WITHIN_S = 10


async def comes_true(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not what():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.001)


@dataclass
class Desk:
    """Keep requests until told to answer them, or answer at once."""

    is_quick: bool = True
    asked: list[tuple[Request, Tell]] = field(default_factory=list)

    def __call__(self, request: Request, tell: Tell) -> None:
        self.asked.append((request, tell))
        if self.is_quick:
            tell(Reply(200, (), request.body or request.path))

    async def wait(self, count: int) -> None:
        await comes_true(lambda: len(self.asked) >= count)


@dataclass
class Place:
    """Be a server that listens, and what is behind it."""

    desk: Desk
    held: Lines
    port: int
    calls: list["Call"] = field(default_factory=list)

    async def call(self) -> "Call":
        self.calls.append(Call(*await asyncio.open_connection("127.0.0.1", self.port)))
        return self.calls[-1]

    async def left(self) -> None:
        await comes_true(lambda: not self.held.open)


@dataclass
class Call:
    """Be a caller."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def say(self, data: bytes) -> None:
        self.writer.write(data)

    async def hear(self) -> tuple[int, dict[bytes, bytes], bytes]:
        """Return the next answer."""
        async with asyncio.timeout(WITHIN_S):
            told = await self.reader.readuntil(b"\r\n\r\n")
            status, *rest = told.removesuffix(b"\r\n\r\n").split(b"\r\n")
            headers = dict(each.split(b": ", 1) for each in rest)
            body = await self.reader.readexactly(int(headers[b"content-length"]))
        return int(status.split()[1]), headers, body

    async def ended(self) -> bytes:
        """Return all that is still said before the connection ends."""
        async with asyncio.timeout(WITHIN_S):
            try:
                return await self.reader.read()
            except ConnectionError:
                return b""


@asynccontextmanager
async def listening(desk: Desk) -> AsyncIterator[Place]:
    held = Lines(desk, too_large=app.too_large)
    held.tick(0.0)
    server = await asyncio.get_running_loop().create_server(held.line, "127.0.0.1", 0)
    place = Place(desk, held, server.sockets[0].getsockname()[1])
    try:
        yield place
    finally:
        for call in place.calls:
            call.writer.transport.abort()
        server.close()
        held.close()
        await held.gone()


def run(scenario: Callable[[Place], Awaitable[None]], *, is_quick: bool = True) -> None:
    async def running() -> None:
        async with listening(Desk(is_quick)) as place:
            await scenario(place)

    uvloop.run(running())


def test_a_request_is_read_and_answered_and_the_next_one_too() -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        call.say(GET)
        status, headers, body = await call.hear()
        assert (status, body) == (200, b"/a")
        assert re.fullmatch(rb"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", headers[b"date"])
        assert b"connection" not in headers
        call.say(POST % (5, b"hello"))
        assert (await call.hear())[2] == b"hello"
        request = place.desk.asked[1][0]
        assert (request.method, request.path, request.host) == ("POST", b"/a", "127.0.0.1")
        assert request.headers == {b"host": b"x", b"content-length": b"5"}

    run(scenario)


def test_a_request_may_come_in_pieces_of_any_size() -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        whole = POST % (5, b"hello")
        for place_in in range(len(whole)):
            call.say(whole[place_in : place_in + 1])
            await asyncio.sleep(0)
        assert (await call.hear())[2] == b"hello"
        call.say(
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
        )
        assert (await call.hear())[2] == b"hello"

    run(scenario)


def test_requests_that_do_not_wait_are_answered_in_their_order() -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        call.say(b"".join(POST % (1, b"%d" % number) for number in range(9)) * 100)
        await place.desk.wait(1)
        await asyncio.sleep(0.01)
        # The first is not answered yet: nobody after it is asked about.
        assert len(place.desk.asked) == 1
        for number in range(900):
            await place.desk.wait(number + 1)
            request, tell = place.desk.asked[number]
            tell(Reply(200, (), request.body))
        for number in range(900):
            assert (await call.hear())[2] == b"%d" % (number % 9)

    run(scenario, is_quick=False)


def test_whoever_asks_before_sending_a_body_is_told_to_go_on() -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        call.say(b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n")
        assert await call.reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        call.say(b"ok")
        assert (await call.hear())[2] == b"ok"

    run(scenario)


def test_only_the_head_of_an_answer_is_sent_to_who_asks_for_that() -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        call.say(GET.replace(b"GET", b"HEAD").replace(b"Host", b"Connection: close\r\nHost"))
        told = await call.ended()
        assert b"\r\ncontent-length: 2\r\n" in told
        assert b"\r\nconnection: close\r\n" in told
        assert told.endswith(b"\r\n\r\n")

    run(scenario)


def test_who_speaks_the_older_http_is_answered_and_let_go() -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        call.say(b"GET /old HTTP/1.0\r\n\r\n")
        assert (await call.ended()).endswith(b"\r\n\r\n/old")

    run(scenario)


LENGTHS = b"Content-Length: 5\r\nContent-Length: 6"
BOTH = b"Content-Length: 5\r\nTransfer-Encoding: chunked"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket"


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01",
        b"hello\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\0: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 1e3\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        *(b"POST / HTTP/1.1\r\n" + each + b"\r\n\r\nhello" for each in (LENGTHS, BOTH, UPGRADE)),
    ],
)
def test_what_is_no_request_is_turned_down_and_never_guessed(said: bytes) -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        call.say(said)
        status, headers, _ = await call.hear()
        assert (status, headers[b"connection"]) == (400, b"close")
        assert await call.ended() == b""
        # Whatever else comes on that connection is not read.
        call.say(GET)
        await asyncio.sleep(0.01)
        assert place.desk.asked == []

    run(scenario)


def test_what_is_too_large_is_refused_before_it_is_read_to_its_end() -> None:
    async def scenario(place: Place) -> None:
        for said in (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 16385\r\n\r\n" + b" " * 16_385,
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"2000\r\n%b\r\n" % (b" " * 0x2000) * 3,
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: "
            + b"a" * (lines.WHOLE_MOST + 1),
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;x="
            + b"a" * (lines.WHOLE_MOST + 1),
        ):
            call = await place.call()
            call.say(said)
            status, _, body = await call.hear()
            assert (status, b"beat_too_large" in body) in {(413, True), (400, False)}
        for endless in (b"GET /" + b"a" * 40_000, b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000):
            call = await place.call()
            call.say(endless)
            assert (await call.hear())[0] == 431
        assert place.desk.asked == []

    run(scenario)


def test_who_says_nothing_or_never_ends_is_let_go_and_who_waits_for_us_is_not() -> None:
    async def scenario(place: Place) -> None:
        silent, slow, waiting = [await place.call() for _ in range(3)]
        slow.say(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhe")
        waiting.say(GET)
        await place.desk.wait(1)
        await asyncio.sleep(0.01)
        place.held.tick(lines.REQUEST_S + 1)
        assert await slow.ended() == b""
        place.held.tick(lines.REST_S + 1)
        assert await silent.ended() == b""
        [(_, tell)] = place.desk.asked
        tell(DONE)
        assert (await waiting.hear())[2] == b"done"
        place.held.tick(2 * lines.REST_S)
        assert len(place.held.open) == 1
        place.held.tick(2 * lines.REST_S + 2)
        assert await waiting.ended() == b""
        await place.left()

    run(scenario, is_quick=False)


def test_who_takes_no_answers_is_let_go() -> None:
    async def scenario(place: Place) -> None:
        much = Reply(200, (), bytes(lines.UNREAD_MOST // 4))
        call = await place.call()
        call.say(GET * 100)
        for number in range(100):
            if not place.held.open:
                break
            await place.desk.wait(number + 1)
            place.desk.asked[number][1](much)
            await asyncio.sleep(0)
        await place.left()

    run(scenario, is_quick=False)


def test_what_breaks_here_is_an_error_in_the_log_and_the_end_of_that_connection_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaks(_request: Request, _tell: Tell) -> None:
        raise ZeroDivisionError

    async def scenario(place: Place) -> None:
        broken, whole = await place.call(), await place.call()
        place.held.answer = breaks
        broken.say(GET)
        assert await broken.ended() == b""
        assert "a request broke" in caplog.text
        place.held.answer = place.desk
        whole.say(GET)
        assert (await whole.hear())[0] == 200

    run(scenario)


def test_who_left_before_her_answer_disturbs_nobody() -> None:
    async def scenario(place: Place) -> None:
        call = await place.call()
        call.say(GET)
        await place.desk.wait(1)
        call.writer.transport.abort()
        await place.left()
        place.desk.asked[0][1](DONE)

    run(scenario, is_quick=False)


def test_at_the_end_who_waits_is_answered_and_who_rests_is_let_go() -> None:
    async def scenario(place: Place) -> None:
        resting, waiting = await place.call(), await place.call()
        waiting.say(GET)
        await place.desk.wait(1)
        place.held.close()
        assert await resting.ended() == b""
        place.desk.asked[0][1](DONE)
        status, headers, _ = await waiting.hear()
        assert (status, headers[b"connection"]) == (200, b"close")
        await place.held.gone()
        assert not place.held.open

    run(scenario, is_quick=False)


async def crowd(place: Place, many: int) -> list[int]:
    """Have so many speak at once; return how many of them each turn heard."""
    before = len(place.desk.asked)
    calls = [await place.call() for _ in range(many)]
    for call in calls:
        call.say(GET)
    heard = [before]
    while heard[-1] < before + many:
        await asyncio.sleep(0)
        heard.append(len(place.desk.asked))
    for call in calls:
        assert (await call.hear())[2] == b"/a"
    # Whoever had to wait is heard again.
    calls[-1].say(GET)
    assert (await calls[-1].hear())[0] == 200
    return [later - earlier for earlier, later in pairwise(heard)]


def test_however_many_speak_at_once_whatever_else_there_is_to_do_gets_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "TURN", 8)

    async def scenario(place: Place) -> None:
        assert max(await crowd(place, 40)) <= 8

    run(scenario)


def test_turns_are_short_while_a_line_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "TURN", 8)
    monkeypatch.setattr(lines, "SHORT_TURN", 2)

    async def scenario(place: Place) -> None:
        assert (await crowd(place, 40)).count(2) < 2, "no line stands for a second"
        monkeypatch.setattr(lines, "CROWDED_S", 0.0)
        turns = await crowd(place, 40)
        assert max(turns) > 2, "the first of a line are many"
        assert turns.count(2) >= 8, "and then few"
        assert max(await crowd(place, 8)) > 2, "once it has ended, many again"

    run(scenario)
