"""What the counters say is said once, however often it cannot be written."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import psycopg
import pytest

from tests.support.databases import Scratch
from yanxiu.training.learning import gauges, pulses, quantiles

type Scenario = Callable[[pulses.Pulse], Awaitable[None]]


def run(dsn: str, scenario: Scenario) -> None:
    async def running() -> None:
        pulse = pulses.Pulse(dsn, lambda: 45)
        await scenario(pulse)
        pulse.close()
        await pulse.run()

    asyncio.run(running())


def rows(scratch: Scratch) -> list[tuple[Any, ...]]:
    with psycopg.connect(scratch.owner) as connection:
        return connection.execute(
            "SELECT beats, refused, faults, commits, batches, beat_every_s, place, over_ms,"
            " at - started_at FROM learning_pulse ORDER BY at"
        ).fetchall()


def work() -> None:
    """Count what a batch of two beats counts."""
    gauges.BEATS.labels("settled").inc(2)
    gauges.REFUSED.labels("past_end").inc()
    gauges.FAULTS.labels("busy").inc()
    gauges.BATCHES.observe(2)
    gauges.COMMIT.observe(0.03)


def test_a_process_says_what_it_did_since_its_last_word(scratch_dsn: Scratch) -> None:
    # What others have counted before is not this process's word.
    work()

    async def scenario(pulse: pulses.Pulse) -> None:
        work()
        await pulse.speak()
        await pulse.speak()

    run(scratch_dsn.beats, scenario)
    first, second, last = rows(scratch_dsn)
    commits = [0] * (len(quantiles.BOUNDS_S) + 1)
    assert first[:4] == (
        {"settled": 2},
        {"past_end": 1},
        {"busy": 1},
        [*commits[:5], 1, *commits[6:]],
    )
    assert first[4:6] == (1, 45)
    assert second[:5] == last[:5] == ({}, {}, {}, commits, 0)
    assert first[6] == last[6]
    assert first[6].endswith(f":{os.getpid()}")


def test_what_could_not_be_written_is_said_the_next_time(
    scratch_dsn: Scratch, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(pulse: pulses.Pulse) -> None:
        with psycopg.connect(scratch_dsn.owner) as connection:
            connection.execute("LOCK TABLE learning_pulse")
            work()
            await pulse.speak()
        assert "could not be written" in caplog.text

    run(scratch_dsn.beats, scenario)
    [told] = rows(scratch_dsn)
    assert told[:2] == ({"settled": 2}, {"past_end": 1})
    assert told[7] >= 1_000 * pulses.TIMEOUT_S


def test_without_a_database_a_process_lives_on(caplog: pytest.LogCaptureFixture) -> None:
    run("postgresql://nobody@/none?host=/nowhere", pulses.Pulse.speak)
    assert "could not be written" in caplog.text


def test_the_buckets_are_those_of_the_counters() -> None:
    [family] = gauges.COMMIT.collect()
    bounds = [float(each.labels["le"]) for each in family.samples if "le" in each.labels]
    assert bounds == [*quantiles.BOUNDS_S, float("inf")]


def test_what_is_said_adds_up() -> None:
    before = pulses.read()
    work()
    work()
    news = pulses.read().since(before)
    assert msgspec.structs.asdict(news)["beats"] == {"settled": 4}
    assert sum(news.commits) == news.batches == 2
