"""Invent the teachers of a bench: distinct persons, one lesson each, with ample allowance."""

import hashlib

from yanxiu.foundation import clock
from yanxiu.training.learning import sealing

COUNT = 20_000
LESSONS = 30
PLAYER = "bench"
SPAN_MS = 30_000
BALANCE_MS = 14_400_000
# Each beat reports new time, as long as the allowance lasts.
DURATION_MS = BALANCE_MS
SPANS = DURATION_MS // SPAN_MS
HOUR_MS = 3_600_000


def person(number: int) -> bytes:
    """Return the id of a teacher: 16 bytes that lie anywhere, as real ones do."""
    return hashlib.blake2b(b"person%d" % number, digest_size=16).digest()


def lesson(number: int) -> bytes:
    """Return the id of the lesson that a teacher watches: one of thirty."""
    return hashlib.blake2b(b"lesson%d" % (number % LESSONS), digest_size=16).digest()


def lease(number: int, *, max_rate_milli: int = 2_000) -> str:
    """Return the lease of a teacher, issued now under the rules of the season."""
    now_ms = int(clock.now().timestamp() * 1_000)
    return sealing.seal(
        sealing.Lease(
            rulebook_version=1,
            max_rate_milli=max_rate_milli,
            beat_every_s=30,
            closes_at_ms=now_ms + 1_000 * HOUR_MS,
            late_ms=72 * HOUR_MS,
            open_for_ms=2 * HOUR_MS,
            offline_allowance_ms=BALANCE_MS,
            tolerance_ms=2_000,
            grace_ms=10_000,
            person=person(number),
            lesson=lesson(number),
            player=PLAYER,
            media_version=1,
            duration_ms=DURATION_MS,
            issued_at_ms=now_ms,
        )
    )


def span(turn: int) -> bytes:
    """Return the end of a beat's body for the person's next thirty seconds, always as long."""
    return spans(turn * SPAN_MS, (turn + 1) * SPAN_MS)


def spans(start: int, end: int) -> bytes:
    """Return the end of a beat's body for one span, always as long."""
    return b'"spans":[[%8d,%8d]],"position_ms":%8d}' % (start, end, end)
