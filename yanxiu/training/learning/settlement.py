"""Settle beats together in one transaction, and only then answer: an answer is on disk.

What a lost connection or a deadlock broke off is tried again, for settling twice changes nothing.
A batch that fails is halved until the bad row stands alone.
"""

import asyncio
import logging
from collections.abc import Sequence

import asyncpg

from yanxiu.training.learning import batches, deciding, gauges
from yanxiu.training.learning.batches import Connection, Outcome, Verdict

log = logging.getLogger(__name__)

type Pool = asyncpg.Pool[asyncpg.Record]

# A beat that finds the database slower than this is better sent again later.
ACQUIRE_S = 0.5
COMMAND_S = 2.0
SETTINGS = {
    # One plan for all batches, and for tables of any size: by the keys.
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "statement_timeout": "2000",
    "lock_timeout": "100",
    "idle_in_transaction_session_timeout": "5000",
}
_IS_SPREAD = "SELECT 1 FROM pg_extension WHERE extname = 'citus'"
# PostgreSQL counts microseconds, from the year 2000.
_THEIR_EPOCH_MS = 946_684_800_000
ATTEMPTS = 3
# How long a failing batch may be halved in search of the row that fails.
HALVING_S = 1.0

# Too slow or no room: trying again at once would only add to it.
HOPELESS = (asyncpg.QueryCanceledError, asyncpg.InsufficientResourcesError, TimeoutError)
PASSING = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
)


class Unavailable(Exception):
    """Tell that the database cannot be reached or has no room; nothing was settled."""


async def opened(dsn: str, *, size: int = 2) -> Pool:
    """Return a pool for settling; it connects when first used, so a database may come later."""
    return await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=size,
        command_timeout=COMMAND_S,
        timeout=COMMAND_S,
        server_settings=SETTINGS,
        init=_prepare,
        reset=_nothing,
    )


async def _prepare(connection: Connection) -> None:
    # A cluster has to know the persons before it can say where they are.
    if await connection.fetchval(_IS_SPREAD):
        await connection.execute("SET plan_cache_mode = force_custom_plan")
    # Ids stay the 16 bytes that the lease holds, and instants whole milliseconds since 1970: no
    # objects are made of them.
    await connection.set_type_codec(
        "uuid", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
    )
    await connection.set_type_codec(
        "timestamptz", schema="pg_catalog", encoder=_instant, decoder=_ms, format="tuple"
    )


def _ms(instant: tuple[int]) -> int:
    return instant[0] // 1_000 + _THEIR_EPOCH_MS


def _instant(ms: int) -> tuple[int]:
    return ((ms - _THEIR_EPOCH_MS) * 1_000,)


async def _nothing(_connection: Connection) -> None:
    # Settling leaves nothing behind on a connection, so resetting it would be a wasted question.
    return


async def settle(pool: Pool, beats: Sequence[deciding.Beat]) -> list[Outcome]:
    """Return what became of each beat, in order; raise `Unavailable` when nothing could be done.

    Beats of one person are settled one after another. A batch that fails is halved until the bad
    row stands alone.
    """
    until = asyncio.get_running_loop().time() + HALVING_S
    return await _settle(pool, beats, until)


async def _settle(pool: Pool, beats: Sequence[deciding.Beat], until: float) -> list[Outcome]:
    try:
        return await _persist(pool, beats)
    except (asyncpg.PostgresError, ValueError) as error:
        if len(beats) > 1 and asyncio.get_running_loop().time() < until:
            half = len(beats) // 2
            first = await _settle(pool, beats[:half], until)
            return first + await _settle(pool, beats[half:], until)
        log.exception("%d beat(s) could not be settled", len(beats), exc_info=error)
        return [Verdict.UNSAVED] * len(beats)


async def _persist(pool: Pool, beats: Sequence[deciding.Beat]) -> list[Outcome]:
    for _ in range(ATTEMPTS):
        try:
            async with pool.acquire(timeout=ACQUIRE_S) as connection:
                return await _attempt(connection, beats)
        except HOPELESS as error:
            raise Unavailable from error
        except PASSING as error:
            failure: Exception = error
    raise Unavailable from failure


async def _attempt(connection: Connection, beats: Sequence[deciding.Beat]) -> list[Outcome]:
    batch = await batches.read(connection, beats)
    outcomes = [batch.decide(beat) for beat in beats]
    if not batch.changed:
        return outcomes
    with gauges.COMMIT.time():
        async with connection.transaction():
            won = await batches.write(connection, batch)
    return [
        outcome if beat.lease.person in won or outcome is Verdict.EXPIRED else Verdict.OVERTAKEN
        for beat, outcome in zip(beats, outcomes, strict=True)
    ]
