"""Claim speed, length, time and success in fields and headers that nobody reads."""

from http import HTTPStatus

import httpx

from tests.attackers.client import TAKEN, Spans
from tests.attackers.honest import Twin, Watched
from tests.attackers.stage import Seat, rounds

CLAIMS = {
    "rate": 16.0,
    "speed": 16,
    "max_rate": 100.0,
    "max_rate_milli": 10**9,
    "duration_ms": 1,
    "percent": 100,
    "progress": 1,
    "done": True,
    "completed": True,
    "missing_ms": 0,
    "covered": [[0, 1_800_000]],
    "balance_ms": 10**9,
    "grace_ms": 10**9,
    "at": "2099-01-01T00:00:00Z",
    "now": 4_070_908_800_000,
    "issued_at_ms": 0,
    "watched_s": 86_400,
}
HEADERS = {
    "Date": "Thu, 01 Jan 2099 00:00:00 GMT",
    "X-Forwarded-For": "10.1.1.1",
    "X-Playback-Rate": "16",
    "X-Request-Start": "0",
    "X-HTTP-Method-Override": "PUT",
    "Content-Type": "application/json",
}
MOST_MS = 2**31 - 1


def attack(seat: Seat, seconds: float) -> None:
    """Claim all that there is, of every lesson, and beyond its end."""
    lesson = seat.lessons[0]
    reply = seat.client.ask(lesson, max_rate=100, duration_ms=1)
    assert reply.status_code == HTTPStatus.BAD_REQUEST, reply.text
    token = seat.client.lease(lesson)
    for _ in rounds(seconds):
        for end_ms in (lesson.duration_ms, MOST_MS):
            reply = seat.client.beat(token, [(0, end_ms)], headers=HEADERS, **CLAIMS)
            assert reply.status_code in TAKEN, reply.text
            assert not reply.json().get("done")
        place = f"/learning/beats/?rate=16&now={CLAIMS['now']}"
        seat.client.web.post(place, json={"lease": token, "spans": lesson.whole})


def honest(seat: Seat, seconds: float) -> Watched:
    """Have a player of next year, which tells more than the server knows."""

    def send(token: str, spans: Spans) -> httpx.Response:
        return seat.client.beat(token, spans, playback_rate=0.75, buffered=[[0, 9]])

    twin = Twin(seat, send=send)
    twin.open(0)
    twin.watch(seconds, rate=0.75)
    return twin.watched()
