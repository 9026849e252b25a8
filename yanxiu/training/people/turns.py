"""Let those who share a key go one after the other, or together before one who goes alone."""

from yanxiu.foundation import prepared


def wait(*keys: str) -> None:
    """Hold these keys until the transaction ends; who comes meanwhile waits for it."""
    _hold("pg_advisory_xact_lock", keys)


def share(*keys: str) -> None:
    """Hold these keys with all others who share them, until the transaction ends.

    Whoever waits for one of them alone goes after all who have it by then.
    """
    _hold("pg_advisory_xact_lock_shared", keys)


def _hold(lock: str, keys: tuple[str, ...]) -> None:
    # Always in one order, so that nobody waits in a circle.
    locks = ", ".join(f"{lock}(hashtextextended(%s, 0))" for _key in keys)
    with prepared.cursor() as cursor:
        cursor.execute(f"SELECT {locks}", sorted(keys))
