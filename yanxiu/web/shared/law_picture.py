"""Draw the law of watching: how one evening's allowance grows and is used, by the rule itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from yanxiu.training.learning import allowance
from yanxiu.training.learning.allowance import Allowance, Terms

_MINUTE_MS = 60_000
_MILLI = 1_000
# Minutes of the evening at which something else begins, and how many there are.
NORMAL, FAST, OFFLINE, PAUSED, CLAIM = 0, 10, 20, 30, 36
# So much more than the allowance holds is claimed at least, in round minutes.
_BEYOND_MS, _ROUND_MS = 10 * _MINUTE_MS, 5 * _MINUTE_MS
# Minutes from one line of the scale to the next; where the evening begins and ends in the drawing,
# where a full and an empty allowance lie, and the room for the words of the scale.
_EACH = 10
LEFT, RIGHT, TOP, GROUND, SCALE = 34, 384, 40, 210, 48


@dataclass(frozen=True, slots=True)
class Step:
    """Be one stretch of the evening, or an instant of it, numbered, and where it is drawn."""

    number: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Return where its number stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """Be a line of the scale: where it lies, and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Be the drawing: lines as points, places of what is marked, and the numbers of its words."""

    line: str
    area: str
    steps: list[Step]
    across: list[Mark]
    up: list[Mark]
    claim_x: float
    refused_height: float
    taken_ms: int
    refused_ms: int
    again_minutes: int
    height: int

    @property
    def claimed_ms(self) -> int:
        """Return how much was claimed at once."""
        return self.taken_ms + self.refused_ms


@dataclass(slots=True)
class _Evening:
    """Hold the allowance, and note down how it stands at every turn."""

    terms: Terms
    held: Allowance
    noted: list[tuple[int, int]]

    def pass_to(self, minute: int, *, rate_milli: int = 0) -> None:
        """Let time pass, a minute at a time, with what is watched at this rate reported."""
        while self.held.at_ms < minute * _MINUTE_MS:
            now_ms = self.held.at_ms + _MINUTE_MS
            self.held = allowance.grown(self.held, self.terms, now_ms)
            self.held = allowance.spent(self.held, _MINUTE_MS * rate_milli // _MILLI)
            self._note()

    def offer(self, media_ms: int) -> int:
        """Report so much of what is new; return how much of it was credited."""
        usable_ms = allowance.usable_ms(self.held, self.terms, self.held.at_ms)
        taken_ms = min(media_ms, usable_ms)
        self.held = allowance.spent(self.held, taken_ms)
        self._note()
        return taken_ms

    def _note(self) -> None:
        self.noted.append((self.held.at_ms, self.held.balance_ms))


def draw(terms: Terms) -> Picture:
    """Return the evening under these terms, its window far away."""
    evening = _Evening(terms, allowance.opened(terms, 0), [(0, terms.grace_ms)])
    evening.pass_to(FAST, rate_milli=_MILLI)
    evening.pass_to(OFFLINE, rate_milli=terms.max_rate_milli)
    evening.pass_to(PAUSED)
    evening.offer((PAUSED - OFFLINE) * _MINUTE_MS)
    evening.pass_to(CLAIM)
    claimed_ms = -(-(evening.held.balance_ms + _BEYOND_MS) // _ROUND_MS) * _ROUND_MS
    taken_ms = evening.offer(claimed_ms)
    refused_ms = claimed_ms - taken_ms
    needed_s = allowance.again_after_s(refused_ms, terms, evening.held.at_ms) or 0
    again = -(-needed_s * _MILLI // _MINUTE_MS)
    evening.pass_to(CLAIM + again)
    evening.offer(refused_ms)
    return _laid(evening.noted, taken_ms, refused_ms, again)


def _laid(noted: list[tuple[int, int]], taken_ms: int, refused_ms: int, again: int) -> Picture:
    end, most_ms = CLAIM + again, max(balance_ms for _at_ms, balance_ms in noted)
    wide, high = (RIGHT - LEFT) / end, (GROUND - TOP) / most_ms

    def x(minute: float) -> float:
        return round(LEFT + minute * wide, 1)

    def y(balance_ms: int) -> float:
        return round(GROUND - balance_ms * high, 1)

    points = [f"{x(at_ms / _MINUTE_MS)},{y(balance_ms)}" for at_ms, balance_ms in noted]
    return Picture(
        line=" ".join(points),
        area=" ".join([f"{LEFT},{GROUND}", *points, f"{RIGHT},{GROUND}"]),
        steps=list(_steps(end, x)),
        across=[Mark(x(minute), str(minute)) for minute in range(0, end, _EACH)],
        up=[
            Mark(y(minute * _MINUTE_MS), str(minute))
            for minute in range(_EACH, most_ms // _MINUTE_MS + 1, _EACH)
        ],
        claim_x=x(CLAIM),
        refused_height=round(refused_ms * high, 1),
        taken_ms=taken_ms,
        refused_ms=refused_ms,
        again_minutes=again,
        height=GROUND + max(SCALE, round(refused_ms * high) + 6),
    )


def _steps(end: int, x: Callable[[float], float]) -> Iterator[Step]:
    """Give the stretches, and last the two instants of the claim."""
    bounds = (NORMAL, FAST, OFFLINE, PAUSED, CLAIM)
    for number, (begin, until) in enumerate(pairwise(bounds), start=1):
        yield Step(number, x(begin), round(x(until) - x(begin), 1))
    yield Step(len(bounds), x(CLAIM), 0)
    yield Step(len(bounds) + 1, x(end), 0)
