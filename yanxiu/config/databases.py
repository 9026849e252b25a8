"""Turn a PostgreSQL address into Django's way of naming it."""

from psycopg.conninfo import conninfo_to_dict

# A page never waits longer than this for a statement or a lock; migrations set their own.
STATEMENT_MS = 5_000
LOCK_MS = 4_000
# Connections of one process; a page that gets none within the timeout (seconds) is refused.
POOL = {"min_size": 1, "max_size": 10, "timeout": 5}


def named(url: str, *, pool: dict[str, int] | None = None) -> dict[str, object]:
    """Return the settings of a database; `pool` gives the sizes of a connection pool."""
    parts = conninfo_to_dict(url)
    limits = f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={LOCK_MS}"
    options: dict[str, object] = {"pool": pool, "options": limits} if pool else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
    }
