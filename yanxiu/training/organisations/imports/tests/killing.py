"""Look at a sheet, or carry an import on, in processes killed at one statement after another.

`python killing.py look IMPORT` and `… carry_on IMPORT`: each process goes one statement further
than the one before it, until one comes to the end alive. Prints how many were killed.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402 - Django has to be set up

from yanxiu.foundation import clock  # noqa: E402 - likewise
from yanxiu.training.organisations import imports  # noqa: E402 - likewise
from yanxiu.training.organisations.imports import kinds, looking, staging  # noqa: E402 - likewise

FURTHEST = 500
VERBS = {"look": looking.look, "carry_on": imports.carry_on}


def go_on(verb: str, import_id: UUID, statements: int) -> None:
    """Go on with small batches until so many statements are sent, then die as by kill -9."""
    staging.BATCH = 7
    kinds._KINDS["roster"] = replace(kinds.of("roster"), many=5)
    sent = 0

    def count(execute: Callable[..., Any], *call: Any) -> Any:
        nonlocal sent
        sent += 1
        # Half of them die before the statement is done, half of them after it.
        if sent == statements and statements % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        done = execute(*call)
        if sent == statements:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    with connection.execute_wrapper(count):
        VERBS[verb](import_id, at=clock.now())


def main() -> None:
    for statements in range(1, FURTHEST):
        pid = os.fork()
        if not pid:
            go_on(sys.argv[1], UUID(sys.argv[2]), statements)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0:
            sys.stdout.write(str(statements - 1))
            return
    sys.exit(1)


main()
