"""The law holds whatever any number of clients send in any order, and takes nothing honest away.

Hypothesis drives the real engine on a real database whose clock it turns, beside a reference that
is a dozen lines. The law: since a person's row was made, covered <= max_rate x open time + 10 s;
over any interval T, newly covered <= max_rate x T + the balance at its start.
"""

import asyncio
import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as drive

from tests.support import season
from tests.support.clocks import DatabaseClock
from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.learning import coverage, leases, sealing, settlement
from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.settlement import Pool
from yanxiu.training.learning.tests.reference import DOUBLE, GRACE, Reference
from yanxiu.training.learning.tests.viewers import Spans, Viewer

TABLES = ("learning_allowance", "learning_coverage", "learning_completion")
COVERED = "SELECT lesson_id, covered::text FROM learning_coverage"
DONE = "SELECT lesson_id FROM learning_completion"
# In seconds: two so long that four hours at double speed do not hold them, one that is soon done.
DURATIONS = (9_000, 9_000, 90)
SERVERS = 2
MAX_SPANS = 200
A_WEEK = sealing.LIFE_MS // 1_000
TEN_YEARS = timedelta(days=3_650)

PLAYERS = st.sampled_from(["phone", "tablet", "desk"])
LESSONS = st.integers(0, len(DURATIONS) - 1)
SPANS = st.lists(
    st.tuples(st.integers(0, 9_100), st.integers(0, 9_100)).map(sorted).map(tuple)
    | st.integers(0, 90).map(lambda start: (start, start + 30)),
    max_size=4,
)
PAUSES = st.integers(0, 90) | st.integers(0, 3 * 3_600) | st.just(A_WEEK)


@dataclass
class Hall:
    """Hold the engine as several servers run it, a teacher, and the database's clock."""

    runner: asyncio.Runner
    pools: list[Pool]
    clock: DatabaseClock
    outline: Outline
    lessons: list[Item]
    person_id: UUID
    began: datetime
    dsn: str

    def settle(self, server: int, beats: Sequence[Beat]) -> list[Outcome]:
        """Return what one server answers to beats that arrive together."""
        return self.runner.run(settlement.settle(self.pools[server], beats))

    def rows(self, query: str) -> dict[int, str]:
        """Return what is stored of each lesson."""
        places = {lesson.id: place for place, lesson in enumerate(self.lessons)}
        return {places[row[0]]: row[-1] for row in self.clock.rows(query)}


@pytest.fixture
def hall(own_database: Scratch) -> Iterator[Hall]:
    began = clock.now().replace(microsecond=0)
    # Before anybody connects, so that all read the clock that is passed in.
    turned = DatabaseClock(own_database, began)
    season.publish()
    scene = season.scene()
    scene.outline.training.closes_at = began + TEN_YEARS
    person_id = scene.teacher().person.id
    items = (item for course in scene.outline.courses for item in course.lessons)
    lessons = [
        dataclasses.replace(item, duration_ms=seconds * 1_000)
        for item, seconds in zip(items, DURATIONS, strict=False)
    ]
    with asyncio.Runner() as runner:
        pools = [runner.run(settlement.opened(own_database.beats)) for _ in range(SERVERS)]
        yield Hall(
            runner, pools, turned, scene.outline, lessons, person_id, began, own_database.beats
        )
        for pool in pools:
            runner.run(pool.close())
    turned.close()


class Clients(RuleBasedStateMachine):
    """Be any number of players of one teacher, honest or not, on any of the servers."""

    hall: Hall

    def __init__(self) -> None:
        """Let the teacher be new, with one lesson open."""
        super().__init__()
        self.hall.clock.forget(*TABLES)
        self.passed = 0
        self.reference = Reference()
        self.leases: list[tuple[int, int, sealing.Lease]] = []
        self.sent: list[tuple[int, Spans]] = []
        self.marks: list[tuple[int, int, int]] = []
        self.wait(0)
        self.open(0, "desk")

    @rule(seconds=PAUSES)
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.passed += seconds
        self.reference.time_passes(seconds)
        self.hall.clock.turn(self.hall.began + timedelta(seconds=self.passed))

    @rule(lesson=LESSONS, player=PLAYERS)
    def open(self, lesson: int, player: str) -> None:
        """Ask for a lease, as opening a page does."""
        hall = self.hall
        issued = leases.issue(hall.person_id, hall.outline, hall.lessons[lesson], player=player)
        self.leases.append((lesson, self.passed, sealing.unseal(issued.token)))
        self.reference.player_is_heard()

    @rule(data=st.data(), spans=SPANS, server=st.integers(0, SERVERS - 1))
    def report(self, data: st.DataObject, spans: Spans, server: int) -> None:
        """Send a beat under any lease that was ever given."""
        lease = data.draw(st.integers(0, len(self.leases) - 1), label="lease")
        self.sent.append((lease, spans))
        self._send(server, self.sent[-1:])

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), server=st.integers(0, SERVERS - 1))
    def repeat(self, data: st.DataObject, server: int) -> None:
        """Send old beats again, together and in any order, as if their answers were lost."""
        again = st.lists(st.sampled_from(self.sent), min_size=1, max_size=5)
        self._send(server, data.draw(again, label="beats"))

    @rule()
    def mark(self) -> None:
        """Remember an instant, to look at the interval since."""
        self.marks.append((self.passed, self._credited(), self.reference.balance))

    @invariant()
    def the_engine_agrees_with_the_reference(self) -> None:
        """Compare what is stored, second by second in number, and what is complete."""
        stored = self.hall.rows(COVERED)
        told = {place: seconds for place, seconds in self.reference.covered.items() if seconds}
        read = {place: _seconds(coverage.parse(text)) for place, text in stored.items()}
        assert {place: seconds for place, seconds in read.items() if seconds} == told

    @invariant()
    def the_law_holds(self) -> None:
        """Check the law as it is written down, since the row was made and over any interval."""
        assert self._credited() <= DOUBLE * self.passed + GRACE
        for at, before, balance in self.marks:
            assert self._credited() - before <= DOUBLE * (self.passed - at) + balance

    def _credited(self) -> int:
        texts = self.hall.rows(COVERED).values()
        return sum(coverage.total_ms(coverage.parse(text)) for text in texts) // 1_000

    def _send(self, server: int, sent: Sequence[tuple[int, Spans]]) -> None:
        beats = [_beat(self.leases[place][2], spans) for place, spans in sent]
        outcomes = self.hall.settle(server, beats)
        for (place, spans), outcome in zip(sent, outcomes, strict=True):
            lesson, issued, _lease = self.leases[place]
            if self.passed - issued > A_WEEK:
                assert outcome is Verdict.EXPIRED
            else:
                self._compare(lesson, spans, outcome)

    def _compare(self, lesson: int, spans: Spans, outcome: Outcome) -> None:
        """Offer the reference the same, and let both have refused the same seconds."""
        duration, refused = DURATIONS[lesson], set()
        for start, end in spans:
            refused |= self.reference.offer(lesson, range(start, min(end, duration)))
        self.reference.player_is_heard()
        assert isinstance(outcome, Answer)
        late = [each for each in outcome.refused if each.reason == "faster_than_time"]
        assert _seconds(coverage.of(each.span for each in late)) == refused
        assert all(each.again_after_s for each in late)
        assert outcome.done == self.reference.is_done(lesson, duration)
        assert outcome.done == (lesson in self.hall.rows(DONE))


RATES = st.sampled_from([0.75, 1.0, 1.25, 1.5, 2.0])
# Clocks of players and servers run apart: she is never taken for faster than she was.
JITTER = st.floats(0, 0.9)
PLAYING = st.tuples(st.just("play"), st.floats(1, 900), RATES, JITTER)
ACTS = st.lists(
    PLAYING
    | st.tuples(st.just("jump"), LESSONS, st.integers(0, 9_000_000))
    | st.tuples(st.just("pause"), st.floats(0, 4 * 3_600))
    | st.tuples(st.just("lose"), st.integers(1, 4))
    | st.tuples(st.just("offline"), st.floats(60, 7_100), RATES)
    | st.tuples(st.just("restart")),
    max_size=25,
)


class Evening:
    """Let a viewer live through what happens on one evening."""

    def __init__(self, hall: Hall) -> None:
        """Begin with nothing watched and all lessons open."""
        hall.clock.forget(*TABLES)
        self.hall, self.passed_s, self.lost = hall, 0.0, 0
        self.wait(0)
        self.leases = [self._lease(item) for item in hall.lessons]
        durations_ms = [item.duration_ms for item in hall.lessons]
        self.viewer = Viewer(durations_ms, self.report, self.wait)

    def wait(self, seconds: float) -> None:
        """Let time pass, in whole milliseconds."""
        self.passed_s += seconds
        passed = timedelta(milliseconds=round(self.passed_s * 1_000))
        self.hall.clock.turn(self.hall.began + passed)

    def report(self, lesson: int, spans: Spans) -> Answer | None:
        """Settle a beat; some answers do not arrive."""
        outcomes = []
        for first in range(0, len(spans), MAX_SPANS):
            beat = Beat(self.leases[lesson], spans[first : first + MAX_SPANS], None)
            outcomes += self.hall.settle(0, [beat])
        assert all(isinstance(each, Answer) for each in outcomes)
        if self.lost:
            self.lost -= 1
            return None
        return outcomes[-1] if outcomes else None  # type: ignore[return-value]  # see above

    def play(self, seconds: float, rate: float, jitter_s: float) -> None:
        """Watch; the network is slow now and then."""
        self.viewer.play(seconds, rate)
        self.wait(jitter_s)

    def jump(self, lesson: int, position_ms: int) -> None:
        """Go somewhere else."""
        self.viewer.jump(lesson, position_ms)

    def pause(self, seconds: float) -> None:
        """Do something else, the player standing still."""
        self.wait(seconds)

    def lose(self, answers: int) -> None:
        """Let the next answers be lost."""
        self.lost = answers

    def offline(self, seconds: float, rate: float) -> None:
        """Watch what is buffered, without a network, for two hours at most."""
        self.viewer.is_online = False
        self.viewer.play(seconds, rate)
        self.viewer.is_online = True
        self.viewer.beat()

    def restart(self) -> None:
        """Begin all processes anew."""
        run = self.hall.runner.run
        run(self.hall.pools[0].close())
        self.hall.pools[0] = run(settlement.opened(self.hall.dsn))

    def _lease(self, item: Item) -> sealing.Lease:
        issued = leases.issue(self.hall.person_id, self.hall.outline, item, player="phone")
        return sealing.unseal(issued.token)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_an_honest_viewer_ends_with_exactly_what_she_watched(
    hall: Hall, acts: list[tuple[Any, ...]]
) -> None:
    evening = Evening(hall)
    for name, *how in acts:
        getattr(evening, name)(*how)
    evening.lost = 0
    evening.viewer.sync(tries=3)
    stored = {lesson: coverage.parse(text) for lesson, text in hall.rows(COVERED).items()}
    watched = {lesson: spans for lesson, spans in evening.viewer.watched.items() if spans}
    assert {lesson: spans for lesson, spans in stored.items() if spans} == watched


def _beat(lease: sealing.Lease, spans: Spans) -> Beat:
    return Beat(lease, [(start * 1_000, end * 1_000) for start, end in spans], None)


def _seconds(covered: coverage.Coverage) -> set[int]:
    spans = coverage.spans(covered)
    return {second for start, end in spans for second in range(start // 1_000, end // 1_000)}


def test_the_law_holds_whatever_clients_send(hall: Hall) -> None:
    Clients.hall = hall
    drive(Clients, settings=settings(max_examples=40, stateful_step_count=30, deadline=None))
