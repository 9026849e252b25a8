"""The terms and leases that the tests of watching share: one hour long, window far away."""

from yanxiu.training.learning import allowance, sealing

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000

# 2025-08-01 12:00 in Shanghai, and the end of the season's last day there.
NOW = 1_754_020_800_000
CLOSES = 1_759_248_000_000

TERMS = allowance.Terms(
    rulebook_version=1,
    max_rate_milli=2_000,
    beat_every_s=30,
    closes_at_ms=CLOSES,
    late_ms=72 * HOUR,
    open_for_ms=2 * HOUR,
    offline_allowance_ms=4 * HOUR,
    tolerance_ms=2_000,
    grace_ms=10_000,
)


def lease(**changes: object) -> sealing.Lease:
    """Return a lease of person 1 for lesson 1, an hour long, with some fields changed."""
    fields = {name: getattr(TERMS, name) for name in allowance.Terms.__struct_fields__}
    fields |= {
        "person": bytes(15) + b"\x01",
        "lesson": bytes(15) + b"\x02",
        "player": "tab",
        "media_version": 1,
        "duration_ms": HOUR,
        "issued_at_ms": NOW,
    }
    return sealing.Lease(**(fields | changes))
