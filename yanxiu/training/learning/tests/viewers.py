"""Be an honest viewer: she plays, pauses, jumps about, and her player reports what was played."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from yanxiu.training.learning import coverage
from yanxiu.training.learning.coverage import Coverage
from yanxiu.training.learning.deciding import Answer

BEAT_EVERY_S = 30

type Spans = list[tuple[int, int]]
type Report = Callable[[int, Spans], Answer | None]
type Wait = Callable[[float], None]


@dataclass
class Viewer:
    """Hold where she is, what she has watched, and what her player has still to report.

    `report` sends spans of a lesson; it returns nothing where the answer did not come.
    """

    durations_ms: Sequence[int]
    report: Report
    wait: Wait
    lesson: int = 0
    position_ms: int = 0
    is_online: bool = True
    watched: defaultdict[int, Coverage] = field(default_factory=lambda: defaultdict(tuple))
    pending: defaultdict[int, Coverage] = field(default_factory=lambda: defaultdict(tuple))

    def play(self, seconds: float, rate: float) -> None:
        """Play for so many seconds of her own time, with a beat now and then."""
        while seconds > 0:
            passing_s = min(seconds, BEAT_EVERY_S)
            self._play(passing_s, rate)
            self.beat()
            seconds -= passing_s

    def jump(self, lesson: int, position_ms: int) -> None:
        """Go somewhere else."""
        self.lesson, self.position_ms = lesson, min(position_ms, self.durations_ms[lesson])

    def beat(self) -> None:
        """Report what is pending, where there is a network; keep what has not been answered."""
        for lesson, pending in list(self.pending.items()):
            answer = self.report(lesson, coverage.spans(pending)) if self.is_online else None
            if answer:
                self.pending[lesson] = coverage.subtract(pending, coverage.of(answer.covered))

    def sync(self, tries: int) -> None:
        """Go on reporting until nothing is pending."""
        self.is_online = True
        while any(self.pending.values()) and tries:
            self.beat()
            self.wait(1)
            tries -= 1

    def _play(self, seconds: float, rate: float) -> None:
        end_ms = min(
            self.position_ms + round(seconds * 1_000 * rate), self.durations_ms[self.lesson]
        )
        for kept in (self.watched, self.pending):
            kept[self.lesson] = coverage.add(kept[self.lesson], self.position_ms, end_ms)
        self.position_ms = end_ms
        self.wait(seconds)
