"""Beats over HTTP: exact answers, plain refusals, and never an error for bad input."""

import asyncio
import gc
import logging
import time
from collections.abc import Iterator
from typing import Any

import msgspec
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.databases import Scratch
from yanxiu.training.learning import sealing
from yanxiu.training.learning.tests.seasons import DAY, HOUR, lease
from yanxiu.web.beats import app
from yanxiu.web.beats.tests.calling import Caller, Reply, call, calling

PERSON = bytes(15) + b"\x07"
NOWHERE = "postgresql://nobody@/none?host=/nowhere"


def token(**changes: Any) -> str:
    now_ms = time.time_ns() // 1_000_000
    fields = {"person": PERSON, "issued_at_ms": now_ms, "closes_at_ms": now_ms + DAY}
    return sealing.seal(lease(**(fields | changes)))


def beat(*spans: tuple[int, int], position_ms: int = 0, **changes: Any) -> dict[str, Any]:
    return {"lease": token(**changes), "spans": spans, "position_ms": position_ms}


@pytest.fixture
def caller(scratch_dsn: Scratch) -> Iterator[Caller]:
    with psycopg.connect(scratch_dsn.owner) as connection:
        connection.execute(
            "INSERT INTO learning_allowance VALUES (%s, 14400000, clock_timestamp(), 0, 'tab')",
            [PERSON.hex()],
        )
    with calling(scratch_dsn.beats) as made:
        yield made


@pytest.fixture
def idle() -> Iterator[Caller]:
    """Give an application without a database: whatever it refuses, it refuses by itself."""
    with calling(NOWHERE) as made:
        yield made


def refused(reply: Reply) -> tuple[int, str]:
    assert set(reply.json) == {"code", "message", "trace"}
    assert reply.headers[b"x-trace"].decode() == reply.json["trace"]
    return reply.status, reply.json["code"]


def test_a_beat_is_answered_with_what_counts_now(caller: Caller) -> None:
    reply = caller.post(beat((0, 61_000), position_ms=61_000))
    assert reply.status == 200
    assert reply.headers[b"content-type"] == b"application/json"
    assert reply.headers[b"cache-control"] == b"private, no-store"
    assert int(reply.headers[b"content-length"]) == len(reply.body)
    assert reply.json == {
        "lease": "active",
        "covered": [[0, 61_000]],
        "missing_ms": HOUR - 61_000,
        "done": False,
        "refused": [],
        "beat_every_s": 30,
    }


def test_what_is_refused_says_why_and_when_to_offer_it_again(caller: Caller) -> None:
    reply = caller.post(beat((0, HOUR + 9_000), (0, 10), person=bytes(16)))
    past, fast = reply.json["refused"]
    assert past == {"span": [HOUR, HOUR + 9_000], "reason": "past_end", "again_after_s": None}
    assert fast == {
        "span": [10_000, HOUR],
        "reason": "faster_than_time",
        "again_after_s": 1_795,
    }


def test_a_finished_lesson_is_done_and_another_player_superseded(caller: Caller) -> None:
    reply = caller.post(beat((0, HOUR), player="phone"))
    assert (reply.json["done"], reply.json["missing_ms"]) == (True, 0)
    assert reply.json["lease"] == "superseded"


def test_the_body_may_come_in_pieces_and_name_its_charset(caller: Caller) -> None:
    headers = ((b"content-type", b"Application/JSON; charset=utf-8"),)
    assert caller.post(beat((0, 5)), chunk=7, headers=headers).status == 200


def test_a_position_may_be_left_out_and_newer_players_may_say_more(caller: Caller) -> None:
    reply = caller.post({"lease": token(), "spans": [], "skew": {"deep": [[[1]]]}})
    assert reply.status == 200


def test_two_hundred_spans_fit_into_one_beat(caller: Caller) -> None:
    spans = [(number * 10_000, number * 10_000 + 5_000) for number in range(200)]
    assert len(caller.post(beat(*spans)).json["covered"]) == 200
    assert refused(caller.post(beat(*spans, (0, 1)))) == (413, "too_many_spans")


MALFORMED = [
    b"",
    b"null",
    b"[]",
    b"{",
    b'{"lease": "x", "spans": [[0, 1]],}',
    b'{"spans": [[0, 1]], "position_ms": 0}',
    b'{"lease": "x", "position_ms": 0}',
    b'{"lease": 1, "spans": []}',
    b'{"lease": null, "spans": []}',
    b'{"lease": "\xff", "spans": []}',
    b'{"lease": "\\ud800", "spans": []}',
    b'{"lease": "x", "spans": []} {}',
    b'{"lease": "x", "spans": [], "position_ms": -1}',
    b'{"lease": "x", "spans": [], "position_ms": "7"}',
    *(
        b'{"lease": "x", "spans": [%s], "position_ms": 0}' % spans
        for spans in (
            b"[2, 1]",
            b"[-1, 1]",
            b"[NaN, 1]",
            b"[0, 1e309]",
            b"[0, Infinity]",
            b"[0.5, 1]",
            b"[0, 1.0]",
            b'["0", "1"]',
            b"[false, true]",
            b"[null, 1]",
            b"[0]",
            b"[0, 1, 2]",
            b"0, 1",
            b"[0, 2147483648]",
            b"[0, 99999999999999999999999999]",
            b"[" * 3_000 + b"]" * 3_000,
        )
    ),
]


@pytest.mark.parametrize("body", MALFORMED)
def test_what_is_not_a_beat_is_refused_and_nothing_is_guessed(idle: Caller, body: bytes) -> None:
    reply = idle.post(body)
    assert refused(reply) == (400, "beat_malformed")
    assert reply.json["message"] == "学习记录格式有误，本次未计入，本机记录已保留。"


def test_only_posts_of_json_are_taken(idle: Caller) -> None:
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        reply = idle.post(b"{}", method=method)
        assert refused(reply) == (405, "method_not_allowed")
        assert reply.headers[b"allow"] == b"POST"
    for kind in (b"text/plain", b"application/jsonp", b""):
        headers = ((b"host", b"x"), (b"content-type", kind))
        assert refused(idle.post(b"{}", headers=headers)) == (415, "unsupported_type")
    assert refused(idle.post(b"{}", headers=())) == (415, "unsupported_type")


def test_a_large_body_is_refused_without_reading_it_to_the_end(idle: Caller) -> None:
    body = b'{"lease": "' + b"x" * 20_000_000
    assert refused(idle.post(body, is_cut=True)) == (413, "beat_too_large")
    assert refused(idle.post(b" " * 16_385)) == (413, "beat_too_large")
    assert refused(idle.post(b" " * 16_384)) == (400, "beat_malformed")


def test_a_player_that_goes_away_is_not_answered(idle: Caller) -> None:
    assert idle.post(b'{"lease"', is_cut=True).status == 0


def test_a_lease_that_we_did_not_seal_is_unknown(idle: Caller) -> None:
    for forged in ("", "x", token()[:-6], "AA" + token(), "租约"):
        reply = idle.post({"lease": forged, "spans": [[0, 1]]})
        assert refused(reply) == (403, "lease_unknown")


def test_a_lease_older_than_a_week_has_expired(caller: Caller) -> None:
    old = time.time_ns() // 1_000_000 - 8 * DAY
    reply = caller.post(beat((0, 1), issued_at_ms=old))
    assert refused(reply) == (401, "lease_expired")
    assert b"www-authenticate" in reply.headers


def test_without_a_database_players_are_asked_to_come_again(idle: Caller) -> None:
    reply = idle.post(beat((0, 1)))
    assert refused(reply) == (503, "busy")
    assert int(reply.headers[b"retry-after"]) > 0


def test_a_full_queue_refuses_at_once_and_reads_no_body(idle: Caller) -> None:
    idle.beats._running().pace.room = 0
    assert refused(idle.post(b"no beat at all")) == (503, "busy")


def test_who_is_refused_comes_back_neither_at_once_nor_with_all_others(idle: Caller) -> None:
    idle.beats._running().pace.room = 0
    waits_s = {int(idle.post(b"").headers[b"retry-after"]) for _ in range(200)}
    assert len(waits_s) > 5
    # The rhythm of a rested server, and a quarter of it either way.
    assert (min(waits_s), max(waits_s)) == (22, 37)


def test_what_nobody_foresaw_is_told_with_a_number_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with calling(NOWHERE, started=False) as early:
        reply = early.post(beat((0, 1)))
    assert refused(reply) == (500, "unforeseen")
    assert reply.json["trace"] in caplog.text
    assert caplog.records[-1].levelno == logging.ERROR


def test_many_players_at_once_are_all_answered(caller: Caller) -> None:
    beats = caller.beats

    async def together() -> list[Reply]:
        spans = [(number * 1_000, number * 1_000 + 1_000) for number in range(100)]
        return await asyncio.gather(*(call(beats, beat(span)) for span in spans))

    assert {reply.status for reply in caller.runner.run(together())} == {200}
    assert caller.post(beat()).json["covered"] == [[0, 100_000]]


def test_stopping_answers_those_who_wait_and_refuses_new_ones(scratch_dsn: Scratch) -> None:
    async def living() -> tuple[Reply, Reply]:
        beats = app.Beats(scratch_dsn.beats)
        await beats.start()
        waiting = asyncio.create_task(call(beats, beat((0, 5))))
        await asyncio.sleep(0)
        await beats.stop()
        return await waiting, await call(beats, beat((0, 5)))

    before, after = asyncio.run(living())
    assert (before.status, after.status) == (200, 503)


@pytest.fixture
def collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("collector")
def test_it_can_be_the_whole_server(scratch_dsn: Scratch) -> None:
    sent: list[Any] = []

    async def living() -> None:
        beats = app.Beats(scratch_dsn.beats)
        events = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

        async def receive() -> Any:
            return next(events)

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await beats({"type": "lifespan"}, receive, send)

    asyncio.run(living())
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["lease", "spans", "position_ms", "x"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)
NUMBERS = st.integers(-5, 2**33) | st.floats() | st.booleans() | st.none()
PAIRS = st.lists(st.lists(NUMBERS, max_size=3), max_size=6)
LATER = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_no_bytes_whatever_cause_an_error(caller: Caller) -> None:
    good = token()

    @LATER
    @given(st.binary() | ANYTHING.map(msgspec.json.encode))
    def bytes_alone(body: bytes) -> None:
        assert caller.post(body).status in {400, 403, 413}

    @LATER
    @given(PAIRS, NUMBERS)
    def spans_and_positions(spans: list[list[object]], position_ms: object) -> None:
        reply = caller.post({"lease": good, "spans": spans, "position_ms": position_ms})
        assert reply.status in {200, 400}

    @LATER
    @given(st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1)).map(sorted)))
    def any_numbers(spans: list[list[int]]) -> None:
        assert caller.post({"lease": good, "spans": spans}).status == 200

    @LATER
    @given(st.integers(0, 400), st.binary(min_size=1, max_size=3))
    def broken_somewhere(place: int, noise: bytes) -> None:
        body = msgspec.json.encode({"lease": good, "spans": [[0, 5]], "position_ms": 5})
        assert caller.post(body[:place] + noise + body[place + 1 :]).status in {200, 400, 403}

    for fuzzing in (bytes_alone, spans_and_positions, any_numbers, broken_somewhere):
        fuzzing()
