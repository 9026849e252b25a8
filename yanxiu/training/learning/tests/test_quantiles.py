"""How long most took is estimated from buckets as Prometheus estimates it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanxiu.training.learning import quantiles
from yanxiu.training.learning.quantiles import BOUNDS_S

BUCKETS = len(BOUNDS_S) + 1
COUNTS = st.lists(st.integers(0, 50), min_size=BUCKETS, max_size=BUCKETS)


def counts(**of: int) -> list[int]:
    return [of.get(f"b{place}", 0) for place in range(BUCKETS)]


def test_of_nothing_nothing_is_known() -> None:
    assert quantiles.of(counts(), 0.5) is None


def test_within_a_bucket_all_lie_evenly() -> None:
    assert quantiles.of(counts(b4=10), 0.5) == pytest.approx(0.015)
    assert quantiles.of(counts(b0=1, b4=1), 0.5) == pytest.approx(0.001)


def test_beyond_the_last_bound_the_bound_is_told() -> None:
    assert quantiles.of(counts(b11=3), 0.99) == BOUNDS_S[-1]


@given(found=COUNTS, shares=st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)).map(sorted))
def test_a_larger_share_never_took_less(found: list[int], shares: list[float]) -> None:
    less, more = (quantiles.of(found, share) for share in shares)
    if less is None or more is None:
        assert not any(found)
    else:
        assert 0 < less <= more <= BOUNDS_S[-1]
