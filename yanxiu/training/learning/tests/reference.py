"""The rules of watching on whole seconds and for one person, as one would explain them aloud."""

from collections import defaultdict

GRACE, DOUBLE, STORE, OPEN_FOR, TOLERANCE = 10, 2, 14_400, 7_200, 2


class Reference:
    """Be what the engine has to agree with: a set of seconds a lesson, one balance."""

    def __init__(self) -> None:
        """Begin with nothing watched, and the grace."""
        self.balance = GRACE
        self.earning_for = OPEN_FOR
        self.covered: defaultdict[int, set[int]] = defaultdict(set)

    def time_passes(self, seconds: int) -> None:
        """Earn twice what passes, for two hours after the last word of a player, up to a store."""
        earning = min(seconds, self.earning_for)
        self.earning_for -= earning
        self.balance = min(STORE, self.balance + DOUBLE * earning)

    def player_is_heard(self) -> None:
        """Begin the two hours anew."""
        self.earning_for = OPEN_FOR

    def offer(self, lesson: int, seconds: range) -> set[int]:
        """Credit each second that is new as long as the balance lasts; return the others."""
        refused = set()
        for second in seconds:
            if second in self.covered[lesson]:
                continue
            if self.balance:
                self.balance -= 1
                self.covered[lesson].add(second)
            else:
                refused.add(second)
        return refused

    def is_done(self, lesson: int, duration: int) -> bool:
        """Tell whether two seconds are missing at most."""
        return len(self.covered[lesson]) >= duration - TOLERANCE
