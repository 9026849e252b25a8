"""Let `/metrics` say what the nightly look at all hours found, and when it was; knows no Django.

Whoever answers there reads it now and then. Source: docs/rules/ledger.md.
"""

from prometheus_client import Gauge

from yanxiu.training.learning import gauges
from yanxiu.training.learning.batches import Connection

# The row of `LedgerMark` that the look leaves.
NAME = "recomputed"

CHECKED_AT = Gauge(
    "yanxiu_hours_checked_timestamp_seconds",
    "When all hours were last compared with what was watched; 0 before the first time.",
    registry=gauges.REGISTRY,
    multiprocess_mode="mostrecent",
)
DIFFERENT = Gauge(
    "yanxiu_hours_different",
    "Differences that were found then.",
    registry=gauges.REGISTRY,
    multiprocess_mode="mostrecent",
)
_FOUND = "SELECT extract(epoch FROM at)::float8, found FROM credits_ledgermark WHERE name = $1"


async def look(connection: Connection) -> None:
    """Bring both gauges up to what is written."""
    row = await connection.fetchrow(_FOUND, NAME)
    if row:
        CHECKED_AT.set(row[0])
        DIFFERENT.set(row[1])
