"""Whoever watches over the machine reads what beats do; to others nothing is there."""

import asyncio
import re
from typing import Any

import pytest

from yanxiu.config import asgi
from yanxiu.training.learning import gauges
from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.training.learning.deciding import Answer, Refusal
from yanxiu.web.beats import group
from yanxiu.web.beats.tests.test_group import BEAT, settled

type Headers = dict[str, str]
HERE, ELSEWHERE = "127.0.0.1", "203.0.113.7"


def asked(client: str | None, headers: Headers) -> tuple[int, str]:
    """Return status and text of what one client is answered."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/metrics",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": (client, 1) if client else None,
    }
    said: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    asyncio.run(asgi.application(scope, None, send))  # type: ignore[arg-type]  # nothing is received
    return said[0]["status"], said[1]["body"].decode()


def test_this_machine_is_answered_without_a_key() -> None:
    status, text = asked(HERE, {})
    assert status == 200
    assert "# TYPE yanxiu_beats_total counter" in text


@pytest.mark.parametrize(
    ("client", "headers"),
    [(ELSEWHERE, {}), (None, {}), ("unix", {}), (HERE, {"x-forwarded-for": ELSEWHERE})],
)
def test_to_strangers_nothing_is_here(client: str | None, headers: Headers) -> None:
    assert asked(client, headers) == (404, "")


def test_with_a_key_whoever_shows_it_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANXIU_METRICS_KEY", "from-the-vault")
    assert asked(ELSEWHERE, {"authorization": "Bearer from-the-vault"})[0] == 200
    assert asked(HERE, {"authorization": "Bearer guessed"})[0] == 404
    assert asked(HERE, {})[0] == 404


def test_what_becomes_of_beats_is_counted() -> None:
    before = counted()
    refused = Refusal((0, 1), "faster_than_time", 1)
    answers: list[Outcome] = [
        Answer("active", [], 0, done=False, refused=[refused, refused], beat_every_s=30),
        Answer("active", [], 0, done=False, refused=[], beat_every_s=30),
        Verdict.EXPIRED,
    ]

    async def settle(_beats: object) -> list[Outcome]:
        return answers

    async def run() -> None:
        gathering = group.Group(settle)
        for _ in range(3):
            settled(gathering, BEAT)
        await gathering.close()

    asyncio.run(run())
    after = counted()
    rose = {name: number - before.get(name, 0) for name, number in after.items()}
    assert rose['yanxiu_beats_total{outcome="settled"}'] == 2
    assert rose['yanxiu_beats_total{outcome="expired"}'] == 1
    assert rose['yanxiu_refused_spans_total{reason="faster_than_time"}'] == 2
    assert rose["yanxiu_batch_beats_sum"] == 3
    assert rose["yanxiu_batch_seconds_count"] == 1


def counted() -> dict[str, float]:
    """Return every series by its name."""
    lines = re.findall(r"^(yanxiu\S+) (\S+)$", gauges.text().decode(), re.MULTILINE)
    return {name: float(number) for name, number in lines}
