"""Raise the second wall: who names branches of the tree sees no row outside of them.

A transaction that names none sees everything, as jobs do, and everybody's own pages. Paths are
compared as ranges; what a transaction named is read once a statement, not once a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# What a transaction sets for itself alone: the branches that it may see.
SETTING = "yanxiu.branches"
POLICY = "branch"

_TYPE = """
CREATE TYPE path_range AS RANGE (
    subtype = text, collation = "C", multirange_type_name = path_multirange
)
"""
_UNSET = "(SELECT coalesce(current_setting('yanxiu.branches', true), '') = '')"
_NAMED = "(SELECT nullif(current_setting('yanxiu.branches', true), '')::path_multirange)"
_BY_PATH = f"{_UNSET} OR {{column}}::text <@ {_NAMED}"
_BY_OWNER = f"{_UNSET} OR EXISTS (SELECT FROM {{owner}} kept WHERE kept.{{key}} = {{column}})"
_BY_NODE = (
    f"{_UNSET} OR EXISTS (SELECT FROM {{owner}} kept"
    f" WHERE kept.{{key}} = {{column}} AND kept.path::text <@ {_NAMED})"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Say by which column a row is kept: by a path, or by the row of another table that it names.

    That table, `owner`, has a wall of its own, or is the register, open to all: then its path
    decides.
    """

    column: str = "path"
    owner: str = ""
    key: str = "id"
    is_register: bool = False

    def condition(self, table: str) -> sql.Composed:
        """Return whether a row of the table can be seen, as a policy says it."""
        by_owner = _BY_NODE if self.is_register else _BY_OWNER
        return sql.SQL(by_owner if self.owner else _BY_PATH).format(
            column=sql.Identifier(table, self.column),
            owner=sql.Identifier(self.owner),
            key=sql.Identifier(self.key),
        )


def build(connection: psycopg.Connection[Any], walls: Mapping[str, Kept]) -> None:
    """Give each table its policy, unless it has that very one; the connection is the owner's."""
    if not connection.execute("SELECT 1 FROM pg_type WHERE typname = 'path_range'").fetchone():
        connection.execute(_TYPE)
    for table, kept in walls.items():
        condition = kept.condition(table)
        said = condition.as_string(connection)
        if _said(connection, table) != said:
            _build(connection, table, condition, said)


def _said(connection: psycopg.Connection[Any], table: str) -> str | None:
    """Return what the policy of a table says, as it was noted beside it."""
    found = connection.execute(
        "SELECT obj_description(oid, 'pg_policy') FROM pg_policy"
        " WHERE polrelid = %s::regclass AND polname = %s",
        [table, POLICY],
    ).fetchone()
    return found[0] if found else None


def _build(
    connection: psycopg.Connection[Any], table: str, condition: sql.Composed, said: str
) -> None:
    # Rows may be written anywhere: what may be done is for the verbs to say.
    steps = (
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        "DROP POLICY IF EXISTS {policy} ON {table}",
        "CREATE POLICY {policy} ON {table} USING ({condition}) WITH CHECK (true)",
        "COMMENT ON POLICY {policy} ON {table} IS {said}",
    )
    with connection.transaction():
        for step in steps:
            statement = sql.SQL(step).format(
                table=sql.Identifier(table),
                policy=sql.Identifier(POLICY),
                condition=condition,
                said=sql.Literal(said),
            )
            connection.execute(statement)
