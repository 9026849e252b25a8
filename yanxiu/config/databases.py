"""Turn a PostgreSQL address into Django's way of naming it."""

import select
from collections.abc import Mapping

from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool

from yanxiu.foundation import environment, postgres

# A page never waits longer than this for a statement or a lock; migrations set their own.
STATEMENT_MS = 5_000
LOCK_MS = 4_000
# Connections of one process; a page that gets none within the timeout (seconds) is refused. Trying
# again by itself the pool would wait ever longer; given up, the next page makes it try at once.
POOL = {"min_size": 1, "max_size": 10, "timeout": 5, "reconnect_timeout": 5}

# A question that is asked this often on a connection keeps its plan there (`foundation.prepared`).
PREPARED_AFTER = 2

NAMES = {
    "NAME": "dbname",
    "USER": "user",
    "PASSWORD": "password",
    "HOST": "host",
    "PORT": "port",
}


def serving(role: str) -> dict[str, object]:
    """Return the settings of the database for a process: "web" for pages, "work" for jobs.

    Jobs may take minutes and are few: they have neither a pool nor a page's limits.
    """
    if role == "work":
        return named(postgres.work_url())
    if role == "web":
        return named(postgres.web_url(), pool={**POOL, "check": is_there})
    msg = f"YANXIU_ROLE must be web or work, not {role!r}"
    raise environment.Misconfigured(msg)


def is_there(connection: Connection) -> None:
    """Raise `psycopg.OperationalError` if the server has ended a connection that was at rest.

    Then there is something to read. Asking the server itself, for each page, took a round trip.
    """
    ear = select.poll()
    ear.register(connection.fileno(), select.POLLIN)
    if ear.poll(0):
        ConnectionPool.check_connection(connection)


def named(url: str, *, pool: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return the settings of a database; `pool` gives the sizes of a connection pool."""
    parts = conninfo_to_dict(url)
    named = {key: str(parts.pop(name, "")) for key, name in NAMES.items()}
    # Whatever else the address says counts too: that a certificate is asked for, above all.
    options: dict[str, object] = {**parts, "prepare_threshold": PREPARED_AFTER}
    if pool:
        limits = f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={LOCK_MS}"
        options |= {"pool": pool, "options": f"{parts.get('options', '')} {limits}".strip()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "OPTIONS": options,
    }
