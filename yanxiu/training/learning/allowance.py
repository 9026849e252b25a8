"""Decide how much media time a person may be credited with: only time that really passed earns it.

One allowance a person. It grows by the database's clock times the highest rate offered, until
`open_for_ms` after the person's last beat, and holds at most `offline_allowance_ms`. The law: over
any interval T, newly covered <= max_rate * T + the balance at its start.
source: docs/rules/allowance.md
"""

import msgspec

_MILLI = 1_000


class Terms(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Hold the numbers of a season's rulebook that watching needs, and when its window closes.

    `closes_at_ms` counts from 1970 in UTC and is the first instant that no longer belongs to the
    window; the rates are thousandths (2000 = twice the normal speed).
    """

    rulebook_version: int
    max_rate_milli: int
    beat_every_s: int
    closes_at_ms: int
    late_ms: int
    open_for_ms: int
    offline_allowance_ms: int
    tolerance_ms: int
    grace_ms: int


class Allowance(msgspec.Struct, frozen=True, gc=False):
    """Hold a balance in milliseconds of media, and the instant up to which it has been reckoned."""

    balance_ms: int
    at_ms: int


def opened(terms: Terms, now_ms: int) -> Allowance:
    """Return the allowance a person begins with: the grace, once in a life."""
    return Allowance(terms.grace_ms, now_ms)


def grown(held: Allowance, terms: Terms, now_ms: int) -> Allowance:
    """Return the allowance with what the time up to now has added.

    Time after the window adds nothing and is not reckoned, so that it is left for other trainings
    and never mistaken for time before the end. Time that runs backwards changes nothing.
    """
    until_ms = min(now_ms, terms.closes_at_ms)
    passed_ms = min(until_ms - held.at_ms, terms.open_for_ms)
    if passed_ms <= 0:
        return held
    full_ms = max(held.balance_ms, terms.offline_allowance_ms)
    earned_ms = passed_ms * terms.max_rate_milli // _MILLI
    return Allowance(min(full_ms, held.balance_ms + earned_ms), until_ms)


def usable_ms(held: Allowance, terms: Terms, now_ms: int) -> int:
    """Return how much of a grown allowance may be used now for the training of these terms.

    After the window only what was grown before its end counts: of a balance reckoned past the end
    (by another training) at least the later part is left out; after the late days, everything.
    """
    if now_ms >= terms.closes_at_ms + terms.late_ms:
        return 0
    beyond_ms = max(0, held.at_ms - terms.closes_at_ms)
    return max(0, held.balance_ms - beyond_ms * terms.max_rate_milli // _MILLI)


def spent(held: Allowance, used_ms: int) -> Allowance:
    """Return the allowance without what was used."""
    return Allowance(held.balance_ms - used_ms, held.at_ms)


def again_after_s(short_ms: int, terms: Terms, now_ms: int) -> int | None:
    """Return in how many seconds it is worth offering again what the allowance lacked.

    None once the window has closed: no time will be added any more.
    """
    left_ms = terms.closes_at_ms - now_ms
    if left_ms <= 0:
        return None
    needed_ms = -(-short_ms * _MILLI // terms.max_rate_milli)
    return max(1, -(-min(needed_ms, left_ms, terms.open_for_ms) // _MILLI))
