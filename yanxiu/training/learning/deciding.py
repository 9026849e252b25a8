"""Decide one beat: what of the offered time is credited now, and why the rest is not.

A beat is refused in part, never as a whole: its seconds are taken in the order in which they are
offered, as far as the allowance goes, and what is refused can be offered again.
source: docs/rules/watching.md
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from yanxiu.training.learning import allowance, coverage, gates
from yanxiu.training.learning.coverage import Coverage
from yanxiu.training.learning.sealing import Lease

# Players round the end of a recording up; so much too far is no reason to say anything.
OVERSHOOT_MS = 5_000
MAX_RANGES = 500
# Not for ever: what waits for a question is offered again once it is answered, or now and then.
QUESTION_AGAIN_S = 60

type Reason = Literal[
    "faster_than_time",
    "question_waiting",
    "window_closed",
    "past_end",
    "old_version",
    "withdrawn",
    "too_fragmented",
]


class Beat(msgspec.Struct, frozen=True, gc=False):
    """Be one report: spans of media time in milliseconds, ends exclusive, in order of offering."""

    lease: Lease
    spans: Sequence[tuple[int, int]]
    position_ms: int | None


class Standing(msgspec.Struct, frozen=True, gc=False):
    """Hold a person's allowance, and the player that may play."""

    held: allowance.Allowance
    player: str


class Watched(msgspec.Struct, frozen=True, gc=False):
    """Hold what a person has watched of a lesson, where she stopped, and where its gate stands."""

    media_version: int
    covered: Coverage
    position_ms: int
    gate_ms: int | None = None


class Refusal(msgspec.Struct, frozen=True, gc=False):
    """Explain why a span was not credited; without `again_after_s` it never will be."""

    span: tuple[int, int]
    reason: Reason
    again_after_s: int | None


class Answer(msgspec.Struct, gc=False):
    """Be what the player is told; `beat_every_s` may still be stretched under load."""

    lease: Literal["active", "superseded"]
    covered: list[tuple[int, int]]
    missing_ms: int
    done: bool
    refused: list[Refusal]
    beat_every_s: int


class Decision(msgspec.Struct, frozen=True, gc=False):
    """Be the rows after the beat, and its answer."""

    standing: Standing
    watched: Watched
    answer: Answer


def decide(beat: Beat, standing: Standing | None, watched: Watched | None, now_ms: int) -> Decision:
    """Return the rows as they stand after the beat; `now_ms` is the database's clock."""
    lease = beat.lease
    if standing is None:
        standing = Standing(allowance.opened(lease, now_ms), lease.player)
    if watched is None:
        watched = Watched(lease.media_version, coverage.EMPTY, 0)
    held = allowance.grown(standing.held, lease, now_ms)
    tally = _Tally(lease, watched, allowance.usable_ms(held, lease, now_ms), now_ms)
    for start, end in beat.spans:
        tally.offer(start, end)
    is_active = standing.player == lease.player
    return Decision(
        Standing(allowance.spent(held, tally.used_ms), standing.player),
        Watched(
            max(watched.media_version, lease.media_version),
            tally.covered,
            _position_ms(beat, watched) if is_active and not tally.is_old else watched.position_ms,
            watched.gate_ms,
        ),
        _answer(tally, is_active=is_active),
    )


class _Tally:
    """Take spans one after another as far as the allowance goes, and keep what was refused."""

    __slots__ = (
        "covered",
        "gate_ms",
        "is_old",
        "is_withdrawn",
        "lease",
        "now_ms",
        "refused",
        "short_ms",
        "usable_ms",
        "used_ms",
    )

    def __init__(self, lease: Lease, watched: Watched, usable_ms: int, now_ms: int) -> None:
        self.lease = lease
        self.now_ms = now_ms
        self.covered = watched.covered
        self.is_old = lease.media_version < watched.media_version
        self.is_withdrawn = watched.gate_ms == gates.WITHDRAWN_MS
        self.gate_ms = _gate_ms(lease, watched, now_ms)
        self.usable_ms = usable_ms
        self.used_ms = self.short_ms = 0
        self.refused: list[Refusal] = []

    def offer(self, start: int, end: int) -> None:
        if self.is_old:
            # Its spans are of another film: what is covered by now says nothing about them.
            self._refuse(coverage.of([(start, end)]), "old_version", None)
            return
        duration_ms = self.lease.duration_ms
        if end > duration_ms:
            if end > duration_ms + OVERSHOOT_MS:
                self.refused.append(Refusal((max(start, duration_ms), end), "past_end", None))
            end = duration_ms
        if end > self.gate_ms:
            beyond = coverage.uncovered(self.covered, max(start, self.gate_ms), end)
            if self.is_withdrawn:
                self._refuse(beyond, "withdrawn", None)
            else:
                self._refuse(beyond, "question_waiting", QUESTION_AGAIN_S)
            end = self.gate_ms
        fresh = coverage.uncovered(self.covered, start, end)
        if fresh:
            self._credit(start, fresh)

    def _credit(self, start: int, fresh: Coverage) -> None:
        taken, rest = coverage.take(fresh, self.usable_ms - self.used_ms)
        if taken:
            wider = coverage.add(self.covered, start, taken[-1])
            if len(wider) > max(2 * MAX_RANGES, len(self.covered)):
                # Not for ever: once gaps are filled there is room for it.
                self._refuse(fresh, "too_fragmented", self.lease.beat_every_s)
                return
            self.covered = wider
            self.used_ms += coverage.total_ms(taken)
        if rest:
            for piece in coverage.spans(rest):
                self._postpone(piece)

    def _postpone(self, piece: tuple[int, int]) -> None:
        self.short_ms += piece[1] - piece[0]
        again_after_s = allowance.again_after_s(self.short_ms, self.lease, self.now_ms)
        reason: Reason = "window_closed" if again_after_s is None else "faster_than_time"
        self.refused.append(Refusal(piece, reason, again_after_s))

    def _refuse(self, fresh: Coverage, reason: Reason, again_after_s: int | None) -> None:
        self.refused += [Refusal(span, reason, again_after_s) for span in coverage.spans(fresh)]


def _gate_ms(lease: Lease, watched: Watched, now_ms: int) -> int:
    """Return past where nothing counts: nowhere at all while a lease asks and no gate is known.

    Once nothing is taken any more no answer helps, so that it is not the question that is named.
    """
    if now_ms >= lease.closes_at_ms + lease.late_ms:
        return gates.OPEN_MS
    if watched.gate_ms is None:
        return 0 if lease.asks else gates.OPEN_MS
    return watched.gate_ms


def _position_ms(beat: Beat, watched: Watched) -> int:
    if beat.position_ms is None:
        return watched.position_ms
    return min(beat.position_ms, beat.lease.duration_ms)


def _answer(tally: _Tally, *, is_active: bool) -> Answer:
    lease = tally.lease
    # What is covered is of the newer media, so of the old there is nothing to tell.
    covered = coverage.EMPTY if tally.is_old else tally.covered
    missing_ms = coverage.missing_ms(covered, lease.duration_ms)
    return Answer(
        "active" if is_active else "superseded",
        coverage.spans(covered),
        missing_ms,
        missing_ms <= lease.tolerance_ms and not tally.is_old,
        tally.refused,
        lease.beat_every_s,
    )
