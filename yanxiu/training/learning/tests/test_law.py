"""The law holds whatever any number of clients send in any order, and takes nothing honest away.

Hypothesis drives the real engine on a real database whose clock it turns, beside a reference that
is a dozen lines. The law: since a person's row was made, covered <= max_rate x open time + 10 s;
over any interval T, newly covered <= max_rate x T + the balance at its start.

`bin/bench law` drives it a hundred times as long.
"""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as drive

from tests.support import environment
from yanxiu.training.learning import coverage, leases, questions, sealing
from yanxiu.training.learning.batches import Outcome, Verdict
from yanxiu.training.learning.deciding import Answer, Beat
from yanxiu.training.learning.tests.halls import COVERED, DURATIONS, LESSONS, SERVERS, TABLES, Hall
from yanxiu.training.learning.tests.reference import DOUBLE, GRACE, Reference
from yanxiu.training.learning.tests.viewers import Spans

DONE = "SELECT lesson_id FROM learning_completion"
A_WEEK = sealing.LIFE_MS // 1_000

A_FEW = settings(max_examples=12 * environment.TIMES, stateful_step_count=30, deadline=None)
PLAYERS = st.sampled_from(["phone", "tablet", "desk"])
SPANS = st.lists(
    st.tuples(st.integers(0, 9_100), st.integers(0, 9_100)).map(sorted).map(tuple)
    | st.integers(0, 90).map(lambda start: (start, start + 30)),
    max_size=4,
)
PAUSES = st.integers(0, 90) | st.integers(0, 3 * 3_600) | st.just(A_WEEK)


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
        self.items = list(self.hall.lessons)
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
        item = self.items[lesson]
        issued = leases.issue(hall.person_id, hall.outline, item, player=player)
        self.leases.append((lesson, self.passed, sealing.unseal(issued.token)))
        self.reference.player_is_heard()
        self.reference.follow(lesson, item.media_version, item.duration_ms // 1_000)

    # Where gates stand in a film that replaces another is for tests of their own.
    @precondition(lambda self: not self.reference.gates)
    @rule(lesson=LESSONS, cut=st.integers(0, 60), at=st.integers(0, 90))
    def replace(self, lesson: int, cut: int, at: int) -> None:
        """Show another film: its head is cut off, and what stood before an instant comes last."""
        item = self.items[lesson]
        length = item.duration_ms // 1_000
        cut = min(cut, length - 1)
        middle = max(cut, min(at, length))
        head, tail = (cut, middle, length - middle), (middle, length, 0)
        parts = [part for part in (head, tail) if part[0] < part[1]]
        self.items[lesson] = dataclasses.replace(
            item,
            duration_ms=(length - cut) * 1_000,
            media_version=item.media_version + 1,
            kept=(*item.kept, tuple((a * 1_000, b * 1_000, c * 1_000) for a, b, c in parts)),
        )
        self.reference.replace(lesson, parts)

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
        stored = sum(coverage.total_ms(coverage.parse(text)) for text in texts) // 1_000
        # What is finished is shown whole in a new film; that earns nothing any more.
        return stored - self.reference.given

    def _send(self, server: int, sent: Sequence[tuple[int, Spans]]) -> None:
        beats = [_beat(self.leases[place][2], spans) for place, spans in sent]
        outcomes = self.hall.settle(server, beats)
        for (place, spans), outcome in zip(sent, outcomes, strict=True):
            lesson, issued, lease = self.leases[place]
            if self.passed - issued > A_WEEK:
                assert outcome is Verdict.EXPIRED
            elif self.reference.is_past(lesson, lease.media_version):
                self._refuse(spans, outcome)
            else:
                self._compare(lesson, lease.duration_ms // 1_000, spans, outcome)
        assert self.hall.rows(DONE).keys() == self.reference.finished

    def _refuse(self, spans: Spans, outcome: Outcome) -> None:
        """Let nothing of an old film count, nor anything be told of the new one."""
        self.reference.player_is_heard()
        assert isinstance(outcome, Answer)
        assert {each.reason for each in outcome.refused} <= {"old_version"}
        told = [(start, end) for start, end in spans if start < end]
        assert [each.span for each in outcome.refused] == [(a * 1_000, b * 1_000) for a, b in told]
        assert (outcome.covered, outcome.done) == ([], False)

    def _compare(self, lesson: int, duration: int, spans: Spans, outcome: Outcome) -> None:
        """Offer the reference the same, and let both have refused the same seconds."""
        late, waiting = set[int](), set[int]()
        for start, end in spans:
            more_late, more_waiting = self.reference.offer(lesson, range(start, min(end, duration)))
            late, waiting = late | more_late, waiting | more_waiting
        self.reference.player_is_heard()
        assert isinstance(outcome, Answer)
        assert _refused(outcome, "faster_than_time") == late
        assert _refused(outcome, "question_waiting") == waiting
        assert outcome.done == self.reference.is_done(lesson, duration)
        self.reference.note(lesson, duration)


class Asked(Clients):
    """Be the same under a rulebook that asks: gates stand where nobody but the server chose."""

    def __init__(self) -> None:
        """Tell the reference where the gates stand; no client is ever told."""
        super().__init__()
        for place in range(len(DURATIONS)):
            placed = questions.placed(self.hall.place(place))
            self.reference.gates[place] = [gate_ms // 1_000 for gate_ms in placed]

    @rule(lesson=LESSONS, guess=st.integers(0, 3))
    def answer(self, lesson: int, guess: int) -> None:
        """Ask for the question, and give whatever answer."""
        hall, at = self.hall, self.hall.began + timedelta(seconds=self.passed)
        where = hall.place(lesson)
        waits = questions.ask(where, at=at)
        is_known = lesson in hall.rows(COVERED)
        assert waits.is_ahead == (is_known and self._is_ahead(lesson))
        assert bool(waits.question or waits.after_s) == (
            is_known and self.reference.is_asked(lesson)
        )
        if waits.question:
            place, turn = waits.question.place, waits.question.turn
            if questions.answer(where, place, turn, guess, at=at):
                self.reference.answer(lesson)

    @rule(lesson=LESSONS, server=st.integers(0, SERVERS - 1))
    def watch_up_to_the_gate(self, lesson: int, server: int) -> None:
        """Report all from the beginning to past the gate, under the first lease of the lesson."""
        known = [n for n, (place, issued, _) in enumerate(self.leases) if place == lesson]
        if known:
            end = min(DURATIONS[lesson], self.reference.gate(lesson) + 100)
            self._send(server, [(known[-1], [(0, int(end))])])

    @invariant()
    def nothing_past_an_unanswered_gate_is_covered(self) -> None:
        """Look at what is stored alone."""
        for lesson, text in self.hall.rows(COVERED).items():
            gate_ms = self.reference.gate(lesson) * 1_000
            assert all(end <= gate_ms for _, end in coverage.spans(coverage.parse(text)))

    def _is_ahead(self, lesson: int) -> bool:
        gate = self.reference.gate(lesson)
        return gate < DURATIONS[lesson] and not self.reference.is_asked(lesson)


def _refused(answer: Answer, reason: str) -> set[int]:
    """Return the seconds that were refused for a reason, each with the time of another try."""
    found = [each for each in answer.refused if each.reason == reason]
    assert all(each.again_after_s for each in found)
    return _seconds(coverage.of(each.span for each in found))


def _beat(lease: sealing.Lease, spans: Spans) -> Beat:
    return Beat(lease, [(start * 1_000, end * 1_000) for start, end in spans], None)


def _seconds(covered: coverage.Coverage) -> set[int]:
    spans = coverage.spans(covered)
    return {second for start, end in spans for second in range(start // 1_000, end // 1_000)}


def test_nothing_past_a_gate_counts_whatever_clients_send(asking: Hall) -> None:
    Asked.hall = asking
    drive(Asked, settings=A_FEW)


def test_the_law_holds_whatever_clients_send(hall: Hall) -> None:
    Clients.hall = hall
    drive(Clients, settings=A_FEW)
