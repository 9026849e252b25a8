"""Settling together loses nothing, whoever else settles and whatever breaks."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import psycopg
import pytest

from tests.support.databases import Scratch
from yanxiu.training.learning import coverage, deciding, settlement
from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.settlement import Pool
from yanxiu.training.learning.tests.seasons import DAY, HOUR, lease

AGAIN = (Verdict.OVERTAKEN, Verdict.UNSAVED)
# More than anybody needs: what never becomes settled is to fail, not to go on for ever.
TRIES = 200

type Scenario = Callable[[Pool], Awaitable[None]]


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def person(number: int) -> bytes:
    return number.to_bytes(16)


def beat(number: int, *spans: tuple[int, int], **changes: Any) -> Beat:
    fields = {"person": person(number), "issued_at_ms": now_ms(), "closes_at_ms": now_ms() + DAY}
    return Beat(lease(**(fields | changes)), spans, 0)


def run(scratch: Scratch, scenario: Scenario, size: int = 2) -> None:
    async def running() -> None:
        pool = await settlement.opened(scratch.beats, size=size)
        async with pool:
            await scenario(pool)

    asyncio.run(running())


def rows(scratch: Scratch, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(scratch.owner) as connection:
        return connection.execute(query.encode()).fetchall()


def enrich(scratch: Scratch, *numbers: int) -> None:
    """Give persons a full allowance, as hours of waiting would."""
    with psycopg.connect(scratch.owner) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO learning_allowance VALUES (%s, 14400000, clock_timestamp(), 0, 'tab')",
            [(person(number).hex(),) for number in numbers],
        )


async def persist(pool: Pool, beats: Sequence[Beat], tries: int = TRIES) -> list[Outcome]:
    """Offer beats until they are on disk, as players do.

    Somebody else came first, or on a busy machine no connection was free or a row was held too
    long: nothing is settled then, and it may be offered again.
    """
    try:
        outcomes = await settlement.settle(pool, beats)
    except settlement.Unavailable:
        outcomes = [Verdict.UNSAVED for _ in beats]
    return [
        (await persist(pool, [beat], tries - 1))[0] if outcome in AGAIN and tries else outcome
        for beat, outcome in zip(beats, outcomes, strict=True)
    ]


def covered(outcome: Outcome) -> list[tuple[int, int]]:
    assert isinstance(outcome, Answer)
    return outcome.covered


def test_an_answer_means_that_the_rows_are_written(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1)

    async def scenario(pool: Pool) -> None:
        [outcome] = await settlement.settle(pool, [beat(1, (0, 61_000), (70_000, 80_000))])
        assert covered(outcome) == [(0, 61_000), (70_000, 80_000)]

    run(scratch_dsn, scenario)
    assert rows(scratch_dsn, "SELECT covered::text, media_version FROM learning_coverage") == [
        ("{[0,61000),[70000,80000)}", 1)
    ]
    [(balance_ms, version, player)] = rows(
        scratch_dsn, "SELECT balance_ms, version, player FROM learning_allowance"
    )
    assert 14_400_000 - 71_000 <= balance_ms <= 14_400_000
    assert (version, player) == (1, "tab")


def test_a_person_without_an_allowance_gets_the_grace_once(scratch_dsn: Scratch) -> None:
    async def scenario(pool: Pool) -> None:
        for _ in range(3):
            [outcome] = await settlement.settle(pool, [beat(1, (0, HOUR))])
        [(start, end)] = covered(outcome)
        assert start == 0
        assert 10_000 <= end < 20_000

    run(scratch_dsn, scenario)
    assert rows(scratch_dsn, "SELECT version FROM learning_allowance") == [(2,)]


def test_beats_of_one_person_in_one_batch_are_settled_one_after_another(
    scratch_dsn: Scratch,
) -> None:
    enrich(scratch_dsn, 1, 2)
    other = person(9)

    async def scenario(pool: Pool) -> None:
        batch = [
            beat(1, (0, 10)),
            beat(1, (5, 20)),
            beat(2, (7, 9)),
            beat(1, (0, 3_600_000), lesson=other),
            beat(1, (0, 3_600_000), lesson=person(10)),
            beat(1, (0, 3_600_000), lesson=person(11)),
            beat(1, (0, 3_600_000), lesson=person(12)),
        ]
        outcomes = await settlement.settle(pool, batch)
        assert [covered(each) for each in outcomes[:3]] == [[(0, 10)], [(0, 20)], [(7, 9)]]
        assert covered(outcomes[6]) == [(0, 3_600_000 - 20)]

    run(scratch_dsn, scenario)
    assert rows(scratch_dsn, "SELECT count(*) FROM learning_coverage") == [(6,)]
    assert rows(scratch_dsn, "SELECT version FROM learning_allowance") == [(1,), (1,)]


def test_fifty_finishing_beats_at_once_complete_a_lesson_once(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1)

    async def scenario(pool: Pool) -> None:
        finishing = [persist(pool, [beat(1, (0, HOUR))]) for _ in range(50)]
        answers = [outcome for [outcome] in await asyncio.gather(*finishing)]
        assert all(isinstance(each, Answer) and each.done for each in answers)

    run(scratch_dsn, scenario, size=8)
    assert rows(scratch_dsn, "SELECT media_version, credited_s FROM learning_completion") == [
        (1, 3_600)
    ]


def test_an_award_says_as_whom_it_was_earned(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1, 2)

    async def scenario(pool: Pool) -> None:
        beats = [beat(1, (0, HOUR), identity_version=3), beat(2, (0, HOUR))]
        await settlement.settle(pool, beats)

    run(scratch_dsn, scenario)
    query = "SELECT identity_version FROM learning_completion ORDER BY person_id"
    assert rows(scratch_dsn, query) == [(3,), (None,)]


def test_looking_again_at_a_complete_lesson_leaves_the_award_alone(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1)
    query = "SELECT * FROM learning_completion"

    async def scenario(pool: Pool) -> None:
        await settlement.settle(pool, [beat(1, (0, HOUR))])
        before = rows(scratch_dsn, query)
        await settlement.settle(pool, [beat(1, (0, HOUR), media_version=2)])
        assert rows(scratch_dsn, query) == before

    run(scratch_dsn, scenario)


def test_settling_from_two_servers_at_once_loses_nothing(scratch_dsn: Scratch) -> None:
    persons = range(1, 9)
    enrich(scratch_dsn, *persons)

    async def server(turns: range) -> None:
        async with await settlement.opened(scratch_dsn.beats) as pool:
            for turn in turns:
                span = (turn * 1_000, turn * 1_000 + 1_000)
                outcomes = await persist(pool, [beat(number, span) for number in persons])
                assert all(isinstance(outcome, Answer) for outcome in outcomes)

    async def both() -> None:
        await asyncio.gather(server(range(0, 40, 2)), server(range(1, 40, 2)))

    asyncio.run(both())
    assert rows(scratch_dsn, "SELECT DISTINCT covered::text FROM learning_coverage") == [
        ("{[0,40000)}",)
    ]
    assert rows(scratch_dsn, "SELECT DISTINCT version FROM learning_allowance") == [(40,)]


def test_one_clock_for_two_servers_keeps_the_law(scratch_dsn: Scratch) -> None:
    began_ms = now_ms()

    async def server(lesson: int) -> None:
        async with await settlement.opened(scratch_dsn.beats) as pool:
            for _ in range(10):
                await persist(pool, [beat(1, (0, HOUR), lesson=person(lesson))])

    async def both() -> None:
        await asyncio.gather(*(server(number) for number in range(3)))

    asyncio.run(both())
    texts = rows(scratch_dsn, "SELECT covered::text FROM learning_coverage")
    learned_ms = sum(coverage.total_ms(coverage.parse(text)) for (text,) in texts)
    assert 10_000 <= learned_ms <= 10_000 + 2 * (now_ms() - began_ms)


def test_a_bad_row_stands_alone_and_the_others_are_saved(
    scratch_dsn: Scratch, caplog: pytest.LogCaptureFixture
) -> None:
    enrich(scratch_dsn, *range(1, 9))

    async def scenario(pool: Pool) -> None:
        batch = [beat(number, (0, 1_000)) for number in range(1, 9)]
        # No such version can be stored: the column is a small integer.
        batch[5] = beat(6, (0, 1_000), media_version=70_000)
        outcomes = await settlement.settle(pool, batch)
        assert outcomes.pop(5) is Verdict.UNSAVED
        assert all(covered(outcome) == [(0, 1_000)] for outcome in outcomes)

    with caplog.at_level(logging.ERROR):
        run(scratch_dsn, scenario)
    assert "1 beat(s) could not be settled" in caplog.text
    assert rows(scratch_dsn, "SELECT count(*) FROM learning_coverage") == [(7,)]
    assert rows(scratch_dsn, "SELECT count(*) FROM learning_allowance WHERE version = 0") == [(1,)]


def test_a_row_that_somebody_holds_keeps_only_its_own_beat_waiting(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1, 2, 3, 4)

    async def scenario(pool: Pool) -> None:
        outcomes = await settlement.settle(pool, [beat(number, (0, 9)) for number in range(1, 5)])
        assert outcomes[1] is Verdict.UNSAVED
        assert [covered(outcomes[place]) for place in (0, 2, 3)] == [[(0, 9)]] * 3

    with psycopg.connect(scratch_dsn.owner) as holder:
        holder.execute(
            "SELECT 1 FROM learning_allowance WHERE person_id = %s FOR UPDATE", [person(2).hex()]
        )
        run(scratch_dsn, scenario)


def test_a_connection_that_is_cut_is_replaced(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1)

    async def scenario(pool: Pool) -> None:
        await settlement.settle(pool, [beat(1, (0, 1))])
        with psycopg.connect(scratch_dsn.beats) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND usename = current_user"
            )
        [outcome] = await settlement.settle(pool, [beat(1, (1, 2))])
        assert covered(outcome) == [(0, 2)]

    run(scratch_dsn, scenario)


@pytest.mark.parametrize(
    "dsn", ["postgresql://nobody@/none?host=/nowhere", "postgresql://nobody@127.0.0.1:1/none"]
)
def test_without_a_database_nothing_is_settled(dsn: str) -> None:
    async def scenario() -> None:
        async with await settlement.opened(dsn) as pool:
            with pytest.raises(settlement.Unavailable):
                await settlement.settle(pool, [beat(1, (0, 1))])

    asyncio.run(scenario())


def test_a_table_that_is_locked_is_not_waited_for(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, *range(1, 33))

    async def scenario(pool: Pool) -> None:
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        outcomes = await settlement.settle(pool, [beat(number, (0, 9)) for number in range(1, 33)])
        assert outcomes == [Verdict.UNSAVED] * 32
        assert loop.time() - began_s < 3

    with psycopg.connect(scratch_dsn.owner) as holder:
        holder.execute("LOCK TABLE learning_allowance")
        run(scratch_dsn, scenario)


def test_a_database_that_is_too_slow_is_not_asked_again_at_once(
    scratch_dsn: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settlement, "SETTINGS", {"statement_timeout": "50"})

    async def scenario(pool: Pool) -> None:
        with pytest.raises(settlement.Unavailable):
            await settlement.settle(pool, [beat(1, (0, 1)), beat(2, (0, 1))])

    with psycopg.connect(scratch_dsn.owner) as holder:
        holder.execute("LOCK TABLE learning_allowance")
        run(scratch_dsn, scenario)


def test_a_lease_that_is_over_changes_nothing(scratch_dsn: Scratch) -> None:
    async def scenario(pool: Pool) -> None:
        over = beat(1, (0, 1), issued_at_ms=now_ms() - 8 * DAY)
        assert await settlement.settle(pool, [over]) == [Verdict.EXPIRED]
        outcomes = await settlement.settle(pool, [over, beat(1, (0, 1))])
        assert outcomes[0] is Verdict.EXPIRED
        assert covered(outcomes[1]) == [(0, 1)]

    run(scratch_dsn, scenario)


def test_time_that_runs_backwards_takes_nothing_away(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1)
    with psycopg.connect(scratch_dsn.owner) as connection:
        connection.execute("UPDATE learning_allowance SET at = at + interval '1 hour'")
    before = rows(scratch_dsn, "SELECT at FROM learning_allowance")

    async def scenario(pool: Pool) -> None:
        [outcome] = await settlement.settle(pool, [beat(1, (0, 1_000))])
        assert covered(outcome) == [(0, 1_000)]

    run(scratch_dsn, scenario)
    [(balance_ms, at)] = rows(scratch_dsn, "SELECT balance_ms, at FROM learning_allowance")
    assert balance_ms == 14_400_000 - 1_000
    assert at.timestamp() == pytest.approx(before[0][0].timestamp(), abs=0.001)


def test_a_lost_answer_changes_nothing_when_the_beat_is_sent_again(scratch_dsn: Scratch) -> None:
    enrich(scratch_dsn, 1)

    async def scenario(pool: Pool) -> None:
        first = await settlement.settle(pool, [beat(1, (0, 90_000))])
        assert await settlement.settle(pool, [beat(1, (0, 90_000))]) == first

    run(scratch_dsn, scenario)


def test_the_batch_reads_what_it_wrote(scratch_dsn: Scratch) -> None:
    crumbs = [(start, start + 1) for start in range(0, 1_000, 2)]

    async def scenario(pool: Pool) -> None:
        [first] = await settlement.settle(pool, [beat(1, *crumbs)])
        assert covered(first) == crumbs
        assert len(crumbs) == deciding.MAX_RANGES
        [second] = await settlement.settle(pool, [beat(1, (5_000, 5_001))])
        assert isinstance(second, Answer)
        assert [each.reason for each in second.refused] == ["too_fragmented"]

    run(scratch_dsn, scenario)
