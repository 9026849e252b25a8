"""Put bad networks between players, server and database: late at worst, nothing lost or doubled."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import httpx
import psycopg
import pytest

from tests.support import databases, proxies, servers
from tests.support.proxies import Proxy
from yanxiu.foundation import cluster
from yanxiu.training.learning import coverage, sealing
from yanxiu.training.learning.coverage import Coverage
from yanxiu.training.learning.tests.seasons import DAY, HOUR, lease

SEED = 5
PLAYERS, STEP_MS, PAUSE_S = 4, 1_000, 0.05
# Seconds of each fault, and how soon after it everything is well again; source: hardening F09, F11.
FAULT_S, WELL_S = 1.5, 10.0
# A page waits no longer for a statement, an answer for two and the connection that is tried anew.
ANSWER_S = 8.0
STORE_MS = 4 * HOUR
_OPEN = "INSERT INTO learning_allowance VALUES (%s, %s, clock_timestamp(), 0, 'tab')"
_COVERED = "SELECT person_id, covered::text FROM learning_coverage"
_LEFT = "SELECT person_id, balance_ms FROM learning_allowance"
_DONE = "SELECT count(*), count(DISTINCT (person_id, lesson_id)) FROM learning_completion"


@dataclass
class Player:
    """Be a player: it offers step after step, each until it is answered, most of them twice."""

    address: str
    person: bytes
    chance: random.Random
    sent_ms: int = 0
    answered: Coverage = coverage.EMPTY
    replies: list[tuple[int, float, bool]] = field(default_factory=list)

    def play(self, is_over: Callable[[], bool]) -> None:
        """Go on until it is over, and then until the last step is answered."""
        now_ms = int(datetime.now(UTC).timestamp() * 1_000)
        changes = {"person": self.person, "issued_at_ms": now_ms, "closes_at_ms": now_ms + DAY}
        token = sealing.seal(lease(**changes))
        with httpx.Client(base_url=self.address, timeout=2 * ANSWER_S) as web:
            while not is_over():
                span = (self.sent_ms, self.sent_ms + STEP_MS)
                self.sent_ms += STEP_MS
                while not self._offer(web, token, span):
                    time.sleep(PAUSE_S)
                if self.chance.random() < 0.7:
                    self._offer(web, token, (0, self.sent_ms))

    def _offer(self, web: httpx.Client, token: str, span: tuple[int, int]) -> bool:
        began_s = time.monotonic()
        try:
            reply = web.post("/learning/beats/", json={"lease": token, "spans": [span]})
        except httpx.TransportError:
            return False
        took_s = time.monotonic() - began_s
        self.replies.append((reply.status_code, took_s, "retry-after" in reply.headers))
        if reply.status_code != HTTPStatus.OK:
            return False
        told: list[list[int]] = reply.json()["covered"]
        self.answered = coverage.union(self.answered, coverage.of((a, b) for a, b in told))
        return True


@dataclass(frozen=True)
class Network:
    """Hold both bad networks, the players, and the database itself."""

    before: Proxy
    behind: Proxy
    players: list[Player]
    dsn: str

    def suffer(self, *faults: str) -> None:
        """Let players play while one fault follows the other, then heal everything."""
        until: dict[str, float] = {"s": time.monotonic() + WELL_S * 10}
        with ThreadPoolExecutor(PLAYERS) as all_play:
            playing = [
                all_play.submit(each.play, lambda: time.monotonic() > until["s"])
                for each in self.players
            ]
            for fault in faults:
                FAULTS[fault](self)
                time.sleep(FAULT_S)
                for network in (self.before, self.behind):
                    network.heal()
            healed_s = until["s"] = time.monotonic()
            for each in playing:
                each.result()
        assert time.monotonic() - healed_s < WELL_S

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what is stored."""
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(query.encode()).fetchall()


def _late(place: str, delay_s: float) -> Callable[[Network], None]:
    return lambda network: setattr(getattr(network, place), "delay_s", delay_s)


def _on(name: str, place: str) -> Callable[[Network], None]:
    return lambda network: setattr(getattr(network, place), name, True)


FAULTS: dict[str, Callable[[Network], None]] = {
    "slow players": _late("before", 0.2),
    "silent players": _on("is_silent", "before"),
    "lost answers": _on("is_losing", "before"),
    "cut players": lambda network: network.before.cut(),
    "slow database": _late("behind", 0.05),
    "very slow database": _late("behind", 3.0),
    "silent database": _on("is_silent", "behind"),
    "lost commits": _on("is_losing", "behind"),
    "cut database": lambda network: network.behind.cut(),
}


@pytest.fixture
def network(server: cluster.Cluster, scratch_dsn: databases.Scratch) -> Iterator[Network]:
    people = [bytes(15) + bytes([number + 1]) for number in range(PLAYERS)]
    with psycopg.connect(scratch_dsn.owner) as connection:
        for person in people:
            connection.execute(_OPEN, [person.hex(), STORE_MS])
    socket = str(server.sockets / f".s.PGSQL.{cluster.PORT}")
    with proxies.between(proxies.unix(socket)) as behind:
        beats = f"postgresql://yanxiu_beats@127.0.0.1:{behind.port}/{scratch_dsn.name}"
        variables = scratch_dsn.addresses | {"YANXIU_BEATS_URL": beats}
        with (
            servers.serving(variables, pool="beats") as address,
            proxies.between(proxies.tcp(int(address.rpartition(":")[2]))) as before,
        ):
            near = f"http://127.0.0.1:{before.port}"
            players = [
                Player(near, person, random.Random(SEED + number))
                for number, person in enumerate(people)
            ]
            yield Network(before, behind, players, scratch_dsn.owner)


def holds(network: Network) -> None:
    """Say what must hold after every fault."""
    stored = {row[0].bytes: coverage.parse(row[1]) for row in network.rows(_COVERED)}
    left = {row[0].bytes: row[1] for row in network.rows(_LEFT)}
    for player in network.players:
        # What was answered is stored, and everything that was sent has been answered.
        whole = coverage.of([(0, player.sent_ms)])
        assert player.answered == stored[player.person] == whole
        # No second was paid twice: what is gone from the store is what is covered, or less.
        assert STORE_MS - left[player.person] <= player.sent_ms
        assert player.sent_ms > 0
    [(rows, lessons)] = network.rows(_DONE)
    assert rows == lessons


def test_bad_networks_before_the_server_lose_and_double_nothing(network: Network) -> None:
    network.suffer("slow players", "lost answers", "cut players", "silent players")
    holds(network)


def test_a_bad_network_behind_it_makes_players_come_again(network: Network) -> None:
    network.suffer(
        "cut database", "lost commits", "slow database", "very slow database", "silent database"
    )
    holds(network)
    replies = [each for player in network.players for each in player.replies]
    assert {status for status, _took, _again in replies} == {200, 503}
    # Whoever could not be served was told in time, and when to come again.
    assert all(again for status, _took, again in replies if status == 503)
    assert max(took for _status, took, _again in replies) < ANSWER_S


def test_faults_in_any_order(network: Network) -> None:
    network.suffer(*random.Random(SEED).sample([*FAULTS], k=4))
    holds(network)
