"""Keep one PostgreSQL server for a test run and copy databases from a migrated template."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connections
from psycopg import sql

from yanxiu.foundation import postgres
from yanxiu.foundation.embedded import Server

TEMPLATE = "yanxiu_template"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Scratch:
    """Name one database by the addresses of its roles."""

    name: str
    owner: str
    web: str
    beats: str


def start(var: Path) -> Server:
    """Start a server that need not survive a power cut."""
    server = Server(var)
    server.start("fsync=off", "synchronous_commit=off", "full_page_writes=off")
    postgres.prepare(server.admin_url())
    return server


def address(server: Server, role: str, database: str) -> str:
    """Return the address of a database for a role."""
    return f"postgresql://{role}@/{database}?host={quote(str(server.socket), safe='')}"


def clone(server: Server) -> Scratch:
    """Copy the migrated template into a fresh database."""
    name = f"yanxiu_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE), sql.Identifier(postgres.OWNER)
            )
        )
    return Scratch(
        name,
        owner=address(server, postgres.OWNER, name),
        web=address(server, postgres.WEB, name),
        beats=address(server, postgres.BEATS, name),
    )


def drop(server: Server, name: str) -> None:
    """Drop a copy, whoever is still connected."""
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def pointed(name: str) -> Iterator[None]:
    """Point Django's connections at another database of the same server meanwhile."""
    before = {}
    for connection in connections.all():
        before[connection.alias] = connection.settings_dict["NAME"]
        connection.close()
        getattr(connection, "close_pool", lambda: None)()
        connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        for connection in connections.all():
            connection.close()
            getattr(connection, "close_pool", lambda: None)()
            connection.settings_dict["NAME"] = before[connection.alias]
