"""Count credit in whole seconds and show it in hours, two decimals, rounded down."""


def hundredths(seconds: int, *, seconds_per_hour: int) -> int:
    """Return hundredths of a credit hour, rounded down. Source: docs/rules/hours.md."""
    return seconds * 100 // seconds_per_hour


def text(seconds: int, *, seconds_per_hour: int) -> str:
    """Return hours as they are shown: 8326 seconds at 2700 an hour are 3.08."""
    return _written(hundredths(seconds, seconds_per_hour=seconds_per_hour))


def missing_text(seconds: int, *, seconds_per_hour: int) -> str:
    """Return missing hours, rounded up: with the hours that are there they make the whole."""
    return _written(-hundredths(-seconds, seconds_per_hour=seconds_per_hour))


def _written(parts: int) -> str:
    whole, part = divmod(parts, 100)
    return f"{whole}.{part:02d}"
