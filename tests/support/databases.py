"""Copy databases from a migrated template, on the test run's own PostgreSQL server."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from yanxiu.foundation import cluster

TEMPLATE = "yanxiu_template"
# Where the tests live that ask for no other database.
HOME = pytest.StashKey[str]()
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Scratch:
    """Name one database by the addresses of its roles."""

    name: str
    owner: str
    web: str
    beats: str


def keep_template(server: cluster.Cluster) -> None:
    """Turn the database of the program, just migrated, into what all others are copied from."""
    _close_all()
    _administer(server, "ALTER DATABASE {} RENAME TO {}", cluster.DATABASE, TEMPLATE)


def clone(server: cluster.Cluster) -> Scratch:
    """Copy the template into a fresh database of the same owner."""
    name = f"yanxiu_{next(_numbers)}"
    making = "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY"
    _administer(server, making, name, TEMPLATE, cluster.OWNER)
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


def _close_all() -> None:
    for each in connections.all():
        each.close()
        # Only PostgreSQL's own kind of connection has a pool to close.
        getattr(each, "close_pool", lambda: None)()


def _administer(server: cluster.Cluster, statement: str, *names: str) -> None:
    with psycopg.connect(server.url(cluster.SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
