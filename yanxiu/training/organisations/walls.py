"""Stand behind the second wall: what the queries of a page forget, the database keeps from it.

Source: docs/decisions on row-level security. Which tables have one: `config/tables.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from yanxiu.foundation import walls
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer


def branches(held: list[Officer]) -> str:
    """Return the branches of these grants as PostgreSQL's multirange of paths."""
    ranges = (
        f'["{grant.path}","{grant.path}"],["{grant.path}/","{grant.path}/{grants.LAST}")'
        for grant in held
    )
    return "{" + ",".join(ranges) + "}"


@contextmanager
def standing(held: list[Officer]) -> Iterator[None]:
    """Let the block see no row outside of these grants' branches; nothing is outside the nation."""
    if any(grant.level == Officer.Level.NATION for grant in held):
        yield
        return
    is_inner = connection.in_atomic_block
    with transaction.atomic():
        _name(branches(held))
        yield
        if is_inner:
            _name("")


@contextmanager
def lifted() -> Iterator[None]:
    """Let a deed that follows a person, not a branch, see all rows; part of its transaction.

    Where the block fails, the end of its savepoint puts the wall up again.
    """
    told = "SELECT current_setting(%s, true)"
    [before] = connection.connection.execute(told, [walls.SETTING]).fetchone()
    _name("")
    yield
    _name(before or "")


def _name(ranges: str) -> None:
    """Name the branches until the transaction ends; the driver's own statement, as BEGIN is."""
    connection.connection.execute("SELECT set_config(%s, %s, true)", [walls.SETTING, ranges])
