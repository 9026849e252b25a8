"""Copy databases from a migrated template, on the test run's own PostgreSQL server."""

import fcntl
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connections
from psycopg import conninfo, sql

from yanxiu.config.databases import NAMES
from yanxiu.foundation import cluster, ids

TEMPLATE = "yanxiu_template"
# Where the tests live that ask for no other database.
HOME = pytest.StashKey[str]()
_names = (f"yanxiu_{os.getpid()}_{number}" for number in itertools.count(1))


@dataclass(frozen=True)
class Scratch:
    """Name one database by the addresses of its roles."""

    name: str
    owner: str
    web: str
    beats: str

    @property
    def addresses(self) -> dict[str, str]:
        """Return the settings that lead a program of its own here."""
        return {
            "DATABASE_URL": self.owner,
            "YANXIU_WEB_URL": self.web,
            "YANXIU_BEATS_URL": self.beats,
            "YANXIU_WORK_URL": self.web.replace("yanxiu_web", "yanxiu_work"),
        }


@contextmanager
def found_from(var: Path, server: cluster.Cluster) -> Iterator[None]:
    """Let whoever looks for the server of another folder find this one meanwhile."""
    there = cluster.Cluster(var).sockets
    if there == server.sockets:
        yield
        return
    there.symlink_to(server.sockets)
    try:
        yield
    finally:
        there.unlink()


@contextmanager
def once(server: cluster.Cluster, name: str) -> Iterator[bool]:
    """Tell one worker after the other whether it is the one that has to make a database."""
    asked = "SELECT FROM pg_database WHERE datname = %s"
    with (server.var / "databases.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(server.url(cluster.SUPERUSER, "postgres")) as connection:
            is_there = connection.execute(asked, [name]).fetchone() is not None
        yield not is_there


def keep(server: cluster.Cluster, made: str, name: str) -> None:
    """Give a database that is made the name under which it is copied."""
    _close_all()
    _administer(server, "ALTER DATABASE {} RENAME TO {}", made, name)


def clone(server: cluster.Cluster, template: str = TEMPLATE) -> Scratch:
    """Copy the template into a fresh database of the same owner."""
    name = next(_names)
    making = "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY"
    _administer(server, making, name, template, cluster.OWNER)
    return Scratch(
        name,
        owner=server.url(cluster.OWNER, name),
        web=server.url("yanxiu_web", name),
        beats=server.url("yanxiu_beats", name),
    )


def drop(server: cluster.Cluster, name: str) -> None:
    """Drop a copy, whoever is still connected."""
    _administer(server, "DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def pointed(name: str) -> Iterator[None]:
    """Point Django's connections at another database of the same server meanwhile."""
    before = present()
    point(name)
    try:
        yield
    finally:
        point(before)


def present() -> str:
    """Return which database Django's connections are pointed at."""
    return str(connections["default"].settings_dict["NAME"])


def point(name: str) -> None:
    """Point Django's connections at a database; they stay open where they lead there already."""
    if name == present():
        return
    _close_all()
    for each in connections.all():
        each.settings_dict["NAME"] = name


@contextmanager
def on_cluster(url: str) -> Iterator[str]:
    """Make a database on somebody's server with Citus; give its address, and drop it in the end."""
    name = f"yanxiu_trial_{ids.token()[:8].lower()}".replace("-", "_")
    making = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    dropping = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(making)
        try:
            own = conninfo.make_conninfo(url, dbname=name)
            with psycopg.connect(own, autocommit=True) as connection:
                connection.execute("CREATE EXTENSION citus")
            yield _address(own)
        finally:
            server.execute(dropping)


@contextmanager
def led_to(url: str) -> Iterator[None]:
    """Lead all of Django's connections to another server meanwhile."""
    parts = conninfo.conninfo_to_dict(url)
    there = {key: str(parts.get(part, "")) for key, part in NAMES.items()}
    before = {each.alias: dict(each.settings_dict) for each in connections.all()}
    _close_all()
    for each in connections.all():
        each.settings_dict |= there
    try:
        yield
    finally:
        _close_all()
        for each in connections.all():
            each.settings_dict |= before[each.alias]


def _address(parts: str) -> str:
    """Return what names a database as an address, the only form that asyncpg reads."""
    named = conninfo.conninfo_to_dict(parts)
    keys = ("user", "password", "host", "port", "dbname")
    user, password, host, port, dbname = (quote(str(named.get(key) or "")) for key in keys)
    return f"postgresql://{user}:{password}@{host}:{port or 5432}/{dbname}"


def _close_all() -> None:
    for each in connections.all():
        each.close()
        # Only PostgreSQL's own kind of connection has a pool to close.
        getattr(each, "close_pool", lambda: None)()


def _administer(server: cluster.Cluster, statement: str, *names: str) -> None:
    with psycopg.connect(server.url(cluster.SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
