"""Read the time, in this one place; everything else is handed the instant it decides about."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware and in UTC."""
    return datetime.now(UTC)
