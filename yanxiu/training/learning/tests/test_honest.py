"""Show that an honest viewer ends with exactly what she watched, whatever happens on the way."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import environment
from yanxiu.training.catalogue.trainings import Item
from yanxiu.training.learning import coverage, leases, questions, sealing, settlement
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.tests.halls import COVERED, LESSONS, MAX_SPANS, TABLES, Hall
from yanxiu.training.learning.tests.viewers import Spans, Viewer

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
    max_examples=12 * environment.TIMES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
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


@settings(
    max_examples=8 * environment.TIMES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_whoever_answers_ends_with_exactly_what_she_watched(
    asking: Hall, acts: list[tuple[Any, ...]]
) -> None:
    evening = Evening(asking)
    for name, *how in acts:
        getattr(evening, name)(*how)
    evening.lost = 0
    for lesson, seen in list(evening.viewer.watched.items()):
        if seen:
            watch_and_answer(evening, lesson, seen[-1])
    stored = {lesson: coverage.parse(text) for lesson, text in asking.rows(COVERED).items()}
    watched = {lesson: spans for lesson, spans in evening.viewer.watched.items() if spans}
    assert {lesson: spans for lesson, spans in stored.items() if spans} == watched


def watch_and_answer(evening: Evening, lesson: int, end_ms: int) -> None:
    """Watch all up to there, and answer whatever is asked on the way."""
    evening.jump(lesson, 0)
    while evening.viewer.position_ms < end_ms:
        evening.viewer.play(min(900, (end_ms - evening.viewer.position_ms) / 1_000), 1.0)
        evening.viewer.sync(tries=5)
        where, at = evening.hall.place(lesson), evening.hall.began
        waits = questions.ask(where, at=at)
        while waits.question:
            asked = waits.question
            assert questions.answer(where, asked.place, asked.turn, asked.right, at=at)
            evening.viewer.sync(tries=5)
            waits = questions.ask(where, at=at)
