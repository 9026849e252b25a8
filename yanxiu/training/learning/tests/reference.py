"""The rules of watching on whole seconds and for one person, as one would explain them aloud."""

from collections import defaultdict

type Parts = list[tuple[int, int, int]]

GRACE, DOUBLE, STORE, OPEN_FOR, TOLERANCE = 10, 2, 14_400, 7_200, 2


class Reference:
    """Be what the engine has to agree with: a set of seconds a lesson, one balance."""

    def __init__(self) -> None:
        """Begin with nothing watched, and the grace."""
        self.balance = GRACE
        self.earning_for = OPEN_FOR
        self.covered: defaultdict[int, set[int]] = defaultdict(set)
        self.gates: dict[int, list[int]] = {}
        self.finished: set[int] = set()
        self.given = 0
        # What each later film of a lesson kept of the one before, and which film a row speaks of.
        self.films: defaultdict[int, list[Parts]] = defaultdict(list)
        self.shown: defaultdict[int, int] = defaultdict(lambda: 1)

    def time_passes(self, seconds: int) -> None:
        """Earn twice what passes, for two hours after the last word of a player, up to a store."""
        earning = min(seconds, self.earning_for)
        self.earning_for -= earning
        self.balance = min(STORE, self.balance + DOUBLE * earning)

    def player_is_heard(self) -> None:
        """Begin the two hours anew."""
        self.earning_for = OPEN_FOR

    def offer(self, lesson: int, seconds: range) -> tuple[set[int], set[int]]:
        """Credit each second that is new as long as the balance lasts; return the others.

        Those past a gate come second.
        """
        late: set[int] = set()
        waiting: set[int] = set()
        for second in seconds:
            if second in self.covered[lesson]:
                continue
            if second >= self.gate(lesson):
                waiting.add(second)
            elif self.balance:
                self.balance -= 1
                self.covered[lesson].add(second)
            else:
                late.add(second)
        return late, waiting

    def gate(self, lesson: int) -> float:
        """Return past which second nothing counts before a question is answered."""
        return next(iter(self.gates.get(lesson, [])), float("inf"))

    def is_asked(self, lesson: int) -> bool:
        """Tell whether all before the gate is watched, but for two seconds."""
        gate = self.gate(lesson)
        watched = sum(second < gate for second in self.covered[lesson])
        return gate < float("inf") and watched >= gate - TOLERANCE

    def answer(self, lesson: int) -> None:
        """Open the gate: the next one counts."""
        self.gates[lesson].pop(0)

    def is_done(self, lesson: int, duration: int) -> bool:
        """Tell whether two seconds are missing at most."""
        return len(self.covered[lesson]) >= duration - TOLERANCE

    def note(self, lesson: int, duration: int) -> None:
        """Remember whoever has finished, for good."""
        if self.is_done(lesson, duration):
            self.finished.add(lesson)

    def replace(self, lesson: int, parts: Parts) -> None:
        """Show another film from now on, to whoever asks for it."""
        self.films[lesson].append(parts)

    def is_past(self, lesson: int, version: int) -> bool:
        """Tell whether a lease's film is older than the one that the row speaks of."""
        return version < self.shown[lesson]

    def follow(self, lesson: int, version: int, duration: int) -> None:
        """Move each second to where its scene is in the newest film; a finished lesson is whole."""
        while self.shown[lesson] < version:
            parts = self.films[lesson][self.shown[lesson] - 1]
            self.covered[lesson] = {
                second - start + new
                for second in self.covered[lesson]
                for start, end, new in parts
                if start <= second < end
            }
            self.shown[lesson] += 1
            if lesson in self.finished and self.shown[lesson] == version:
                self.given += duration - len(self.covered[lesson])
                self.covered[lesson] = set(range(duration))
            elif self.shown[lesson] == version:
                self.note(lesson, duration)
