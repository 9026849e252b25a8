"""Die at a named step of a deed: as its statement is about to run, or just after it has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# The steps from a claim to its paper, each known by the statement that takes it.
STEPS = {
    "draft": 'FROM "enrolment_enrolment"',
    "lock": "pg_advisory_xact_lock",
    "number": "INSERT INTO certificates_serial",
    "write": 'INSERT INTO "certificates_certificate"',
    "supersede": 'INSERT INTO "certificates_supersession"',
    "queue": 'INSERT INTO "certificates_unsigned"',
    "trail": 'INSERT INTO "trail_entry"',
    "sign": 'INSERT INTO "certificates_paper"',
    "publish": 'DELETE FROM "certificates_unsigned"',
}


class Killed(BaseException):
    """End a deed where it stands, as no program of ours would catch."""


def kill() -> None:
    """End the deed by an exception: to the database it is what the end of a process is."""
    raise Killed


@contextmanager
def dying(step: str, *, after: bool, by: Callable[[], None] = kill) -> Iterator[None]:
    """Let the block die at this step; one that does not take it ends well."""

    def watched(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if STEPS[step] not in sql:
            return execute(sql, *rest)
        if after:
            execute(sql, *rest)
        by()
        return None

    with connection.execute_wrapper(watched):
        yield
