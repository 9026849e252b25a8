"""Say where the database is and who may do what in it.

`DATABASE_URL` names a server (PostgreSQL 16 or newer) and its owner; without it we run our own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from yanxiu.foundation import cluster, environment

OLDEST = 160_000


def owner_url() -> str:
    """Return the address for migrations: DATABASE_URL, else that of our own server."""
    return environment.text("DATABASE_URL", "") or ours().url(cluster.OWNER)


def web_url() -> str:
    """Return the address for pages: YANXIU_WEB_URL, else DATABASE_URL, else our own server."""
    return _url("YANXIU_WEB_URL", "yanxiu_web")


def beats_url() -> str:
    """Return the address for beats: YANXIU_BEATS_URL, else DATABASE_URL, else our own server."""
    return _url("YANXIU_BEATS_URL", "yanxiu_beats")


def work_url() -> str:
    """Return the address for jobs: YANXIU_WORK_URL, else DATABASE_URL, else our own server."""
    return _url("YANXIU_WORK_URL", "yanxiu_work")


def ours() -> cluster.Cluster:
    """Return the server that this copy runs for itself."""
    return cluster.Cluster(environment.var())


@contextmanager
def running() -> Iterator[None]:
    """Have a database for the time of the block: the named one, else a server of our own."""
    named = environment.text("DATABASE_URL", "")
    if named:
        _check_age(named)
        yield
        return
    with ours().running():
        yield


@contextmanager
def kept() -> Iterator[None]:
    """Have a database as `running` does; a server of our own is begun again when it is killed."""
    with running():
        if environment.text("DATABASE_URL", ""):
            yield
            return
        with ours().kept():
            yield


def grant(
    connection: psycopg.Connection[Any],
    *,
    append_only: Sequence[str],
    beats: Mapping[str, str],
    jobs: Sequence[str] = (),
    fixed: Sequence[str] = (),
    keys: Sequence[str] = (),
) -> None:
    """Give every role its rights on the tables as they are now; the connection is the owner's.

    Roles that the addresses name and the server lacks are made, with the addresses' passwords.
    Pages and jobs read and write all tables; beats do with those in `beats` what it says. To those
    in `append_only` each of them can only add; to those in `jobs` pages can.
    Nobody can write those in `fixed` and `keys`; `keys` jobs alone can read.
    """
    for url in (web_url(), work_url(), beats_url()):
        _make_role(connection, url)
    broad = _roles(connection, web_url(), work_url())
    narrow = _roles(connection, beats_url())
    pages = _roles(connection, web_url()) - _roles(connection, work_url())
    every = "ALL TABLES IN SCHEMA public"
    with connection.transaction():
        for role in broad | narrow:
            _execute(connection, f"REVOKE ALL ON {every} FROM {{}}", [role])
            _execute(
                connection, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}", [role]
            )
        for role in broad:
            _execute(connection, f"GRANT SELECT, INSERT, UPDATE, DELETE ON {every} TO {{}}", [role])
        for role in narrow:
            for table, rights in beats.items():
                _execute(connection, f"GRANT {rights} ON {{}} TO {{}}", [table, role])
        for role in broad | narrow:
            for table in (*append_only, *(jobs if role in pages else ())):
                _execute(connection, "REVOKE UPDATE, DELETE ON {} FROM {}", [table, role])
        _fix(connection, [*fixed, *keys], all_roles=broad | narrow, readers=broad - pages)
        _fix(connection, fixed, all_roles=pages, readers=pages)


def _fix(
    connection: psycopg.Connection[Any],
    tables: Sequence[str],
    *,
    all_roles: set[str],
    readers: set[str],
) -> None:
    """Let nobody write these tables, and some read them."""
    for table in tables:
        for role in all_roles:
            _execute(connection, "REVOKE ALL ON {} FROM {}", [table, role])
        for role in readers:
            _execute(connection, "GRANT SELECT ON {} TO {}", [table, role])


def _url(variable: str, role: str) -> str:
    given = environment.text(variable, "") or environment.text("DATABASE_URL", "")
    return given or ours().url(role)


def _make_role(connection: psycopg.Connection[Any], url: str) -> None:
    """Make the role in the address unless it is there; raise `Misconfigured` if we may not."""
    parts = conninfo_to_dict(url)
    name, password = str(parts.get("user") or connection.info.user), parts.get("password")
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        return
    statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
        sql.Identifier(name), sql.Literal(password)
    )
    try:
        with connection.transaction():
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        msg = f"the server has no role {name}, and the role of DATABASE_URL may not make it"
        raise environment.Misconfigured(msg) from error


def _roles(connection: psycopg.Connection[Any], *urls: str) -> set[str]:
    """Return the roles in the addresses; the owner needs no rights and must lose none."""
    named = {str(conninfo_to_dict(url).get("user", "")) for url in urls}
    return named - {connection.info.user, ""}


def _execute(connection: psycopg.Connection[Any], template: str, names: Sequence[str]) -> None:
    # The templates are the literals above; only names are put in, as identifiers.
    statement = sql.SQL(template).format(*map(sql.Identifier, names))
    connection.execute(statement)


def _check_age(url: str) -> None:
    try:
        with psycopg.connect(url) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        msg = f"DATABASE_URL does not lead to a server: {error}"
        raise environment.Misconfigured(msg) from error
    if version < OLDEST:
        msg = f"DATABASE_URL names PostgreSQL {version // 10_000}; 16 or newer is needed"
        raise environment.Misconfigured(msg)
