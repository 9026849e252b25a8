"""Spread tables over the machines of a Citus cluster; a server without Citus is told so plainly.

Rows of one person lie together, whichever table they are in, so every statement that names its
persons goes to the machines that have them.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from yanxiu.foundation import environment

type Connection = psycopg.Connection[Any]

# Citus hides its shards by looking each table up; a fresh connection then needs 1.5 s for its first
# statement instead of 12 ms, and beats wait for two seconds at most (docs/operations.md).
VISIBLE = "citus.override_table_visibility"

_IS_READY = "SELECT 1 FROM pg_extension WHERE extname = 'citus'"
_MAY_HOLD = "SELECT count(*), count(*) FILTER (WHERE shouldhaveshards) FROM pg_dist_node"
_IS_SPREAD = (
    "SELECT 1 FROM pg_dist_partition WHERE logicalrelid = %s::regclass AND partmethod = 'h'"
)
_FIRST = "SELECT create_distributed_table(%s, %s, colocate_with => 'none', shard_count => %s)"
_WITH = "SELECT create_distributed_table(%s, %s, colocate_with => %s)"
# What lay in the table before stays on disk, unseen, until it is thrown away.
_CLEAR = "SELECT truncate_local_data_after_distributing_table(%s)"


class NoCitus(environment.Misconfigured):
    """Say that this server cannot spread tables, and what to do about it."""


def spread(connection: Connection, tables: Sequence[str], *, key: str, shards: int) -> list[str]:
    """Spread the tables by a column, rows of one key together; return which were not before.

    Each becomes so many shards; a table that is spread already keeps those it has. The connection
    is the owner's and commits by itself: what one run has begun, the next one ends.
    Raises `NoCitus` where the database has no Citus, or no machine that takes shards.
    """
    _check(connection)
    name = sql.Identifier(connection.info.dbname)
    setting = sql.SQL("ALTER DATABASE {} SET {} = off")
    connection.execute(setting.format(name, sql.Identifier(*VISIBLE.split("."))))
    first, *_others = tables
    fresh = [table for table in tables if _lacks(connection, _IS_SPREAD, table)]
    for table in fresh:
        if table == first:
            connection.execute(_FIRST, [table, key, shards])
        else:
            connection.execute(_WITH, [table, key, first])
    for table in tables:
        connection.execute(_CLEAR, [table])
    return fresh


def _check(connection: Connection) -> None:
    if _lacks(connection, _IS_READY):
        msg = (
            "this server has no Citus, so nothing was changed; one machine needs none. To go beyond"
            " one, let an administrator run CREATE EXTENSION citus in this database, and again"
        )
        raise NoCitus(msg)
    [(known, taking)] = connection.execute(_MAY_HOLD).fetchall()
    # A server that knows of no machine adds itself with the first table.
    if known and not taking:
        msg = (
            "no machine of the cluster takes shards, so nothing was changed: add one with"
            " citus_add_node, or let this one take them with citus_set_node_property"
        )
        raise NoCitus(msg)


def _lacks(connection: Connection, question: str, *parts: str) -> bool:
    return connection.execute(question.encode(), parts or None).fetchone() is None
