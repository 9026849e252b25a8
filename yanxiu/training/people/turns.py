"""Let those who share a key go one after the other, over all processes."""

from yanxiu.foundation import prepared


def wait(*keys: str) -> None:
    """Hold these keys until the transaction ends; who comes meanwhile waits for it."""
    # Always in one order, so that nobody waits in a circle.
    locks = ", ".join("pg_advisory_xact_lock(hashtextextended(%s, 0))" for _key in keys)
    with prepared.cursor() as cursor:
        cursor.execute(f"SELECT {locks}", sorted(keys))
