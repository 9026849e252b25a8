"""Whoever asks `/metrics` reads when hours were last checked, and how many differed."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import psycopg
import pytest

from tests.support.databases import Scratch
from yanxiu.training.credits import findings
from yanxiu.training.learning import gauges, pulses

AT = datetime(2026, 12, 1, 2, 7, tzinfo=UTC)
_MARK = "INSERT INTO credits_ledgermark (name, at, found) VALUES (%s, %s, %s)"


def test_a_process_that_takes_beats_tells_what_the_night_found(scratch_dsn: Scratch) -> None:
    with psycopg.connect(scratch_dsn.owner) as connection:
        connection.execute(_MARK, [findings.NAME, AT, 3])

    async def speaking() -> None:
        pulse = pulses.Pulse(scratch_dsn.beats, lambda: 30, findings.look)
        pulse.close()
        await pulse.run()

    asyncio.run(speaking())
    told = dict(line.split(" ") for line in gauges.text().decode().splitlines() if line[0] != "#")
    assert float(told["yanxiu_hours_different"]) == 3
    assert float(told["yanxiu_hours_checked_timestamp_seconds"]) == AT.timestamp()


def test_it_may_read_that_and_write_nothing_there(scratch_dsn: Scratch) -> None:
    async def trying() -> None:
        connection = await asyncpg.connect(scratch_dsn.beats)
        try:
            await findings.look(connection)
            await connection.execute("DELETE FROM credits_ledgermark")
        finally:
            await connection.close()

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        asyncio.run(trying())
