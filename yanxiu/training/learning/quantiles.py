"""Estimate how long most of something took, from how many fell into each bucket."""

from collections.abc import Sequence

# The upper bounds of the buckets in seconds, up to two, after which a statement is given up; a last
# bucket, without a bound, takes what took longer.
BOUNDS_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)


def of(counts: Sequence[int], share: float) -> float | None:
    """Return the seconds within which this share of all lies; None where nothing was counted.

    Within a bucket all are taken to lie evenly, as Prometheus takes them; beyond the last bound
    the bound itself is returned.
    """
    wanted = sum(counts) * share
    if not wanted:
        return None
    below_s, passed = 0.0, 0
    for bound_s, count in zip(BOUNDS_S, counts, strict=False):
        if passed + count >= wanted:
            return below_s + (bound_s - below_s) * (wanted - passed) / count
        below_s, passed = bound_s, passed + count
    return BOUNDS_S[-1]
