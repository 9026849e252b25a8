"""Ask the database the same question again without putting it into words again.

Django writes a query's SQL anew each time it is asked, and PostgreSQL plans it anew. Where a query
has many parts, and every page asks it, both take longer than the answer: here Django writes it once
and PostgreSQL plans it once (after a few times it is sure enough of the plan to keep it).
Measured: docs/decisions/0021-pages.md.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model, QuerySet
from django.db.models.query import ModelIterable

# Stand for what is given while the SQL is written; nobody else's values are these.
_MARKS: dict[type, Callable[[int], object]] = {
    UUID: lambda _place: uuid4(),
    datetime: lambda place: datetime(1, 1, 1, microsecond=place, tzinfo=UTC),
    str: lambda _place: uuid4().hex,
}


class _Written(NamedTuple):
    """Hold a query that is written: its rows, which are read anew each time, and its compiler."""

    rows: ModelIterable[Any]
    compiler: Any


def question[M: Model](
    **kinds: type,
) -> Callable[[Callable[..., QuerySet[M]]], Callable[..., list[M]]]:
    """Make of a function that returns a queryset one that returns its rows, written once a thread.

    What is given by name has these types. The queryset compares with it and selects by it, but is
    built the same way whatever it is.
    """

    def prepare(ask: Callable[..., QuerySet[M]]) -> Callable[..., list[M]]:
        kept = threading.local()

        def asked(**given: object) -> list[M]:
            written: _Written | None = getattr(kept, "written", None)
            if written is None:
                written = kept.written = _write(ask, kinds)
            written.compiler.given = given
            return list(written.rows)

        return asked

    return prepare


def _write(ask: Callable[..., QuerySet[Any]], kinds: dict[str, type]) -> _Written:
    marks = {name: _MARKS[kind](place) for place, (name, kind) in enumerate(kinds.items())}
    queryset = ask(**marks)
    compiler: Any = queryset.query.get_compiler(using=queryset.db)
    sql, params = compiler.as_sql()
    blanks = [(_named(marks, param), param) for param in params]
    if missing := marks.keys() - {name for name, _value in blanks}:
        raise LookupError(missing)

    def fetched(**_sizes: object) -> list[list[tuple[object, ...]]]:
        connection = compiler.connection = connections[compiler.using]
        filled = [compiler.given[name] if name else value for name, value in blanks]
        with _cursor_of(connection) as cursor:
            cursor.execute(sql, filled)
            return [cursor.fetchall()]

    # From here on nothing is left to write: only what is given is filled in, and each column is
    # read as it was.
    compiler.execute_sql = fetched
    converters = compiler.get_converters([each for each, *_told in compiler.select])
    compiler.get_converters = lambda _columns: converters
    queryset.query.get_compiler = lambda **_using: compiler  # type: ignore[method-assign]  # as said
    return _Written(ModelIterable(queryset), compiler)


def insert(row: Model) -> None:
    """Write a new row as `save(force_insert=True)` does, by a statement that is written once.

    Only for models that are one table, take nothing back from the database and that no signal
    listens to.
    """
    sql, fields = _insertion(type(row))
    connection = connections[DEFAULT_DB_ALIAS]
    given = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with _cursor_of(connection) as cursor:
        cursor.execute(sql, given)


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    """Return the statement and the fields whose values it takes, in their order."""
    about = model._meta  # noqa: SLF001 - Django's documented interface
    columns = ", ".join(f'"{field.column}"' for field in about.concrete_fields)
    blanks = ", ".join("%s" for _field in about.concrete_fields)
    sql = f'INSERT INTO "{about.db_table}" ({columns}) VALUES ({blanks})'  # noqa: S608 - our own names
    return sql, list(about.concrete_fields)


def cursor() -> CursorWrapper:
    """Return a cursor for SQL by hand, whose plan PostgreSQL keeps once it has been asked again."""
    return _cursor_of(connections[DEFAULT_DB_ALIAS])


def _cursor_of(connection: Any) -> CursorWrapper:  # noqa: ANN401 - Django's has no type of its own
    # What is given is handed over apart from the SQL, which so stays the same.
    connection.ensure_connection()
    own: Any = ServerBindingCursor
    wrapped: CursorWrapper = connection._prepare_cursor(own(connection.connection))  # noqa: SLF001 - as Django wraps its own
    return wrapped


def _named(marks: dict[str, object], param: object) -> str:
    return next((name for name, mark in marks.items() if mark == param), "")
