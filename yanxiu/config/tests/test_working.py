"""Show that `yanxiu work` does what was handed over, takes up what a kill has left, and stops."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.support import databases
from yanxiu.config import databases as configured
from yanxiu.foundation import environment

PATIENCE_S = 40
# Any job of procrastinate's own does: the owners' jobs have tests of their own.
JOB = "builtin:procrastinate.builtin_tasks.remove_old_jobs"
DEAD = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
ADD = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)
VALUES (%s, %s, '{"max_hours": 1}', %s, (SELECT max(id) FROM procrastinate_workers))
"""


@contextmanager
def working(place: databases.Scratch) -> Iterator[subprocess.Popen[bytes]]:
    """Have a process of jobs on a database of the test's own."""
    addresses = {
        "DATABASE_URL": place.owner,
        "YANXIU_WEB_URL": place.web,
        "YANXIU_WORK_URL": place.web.replace("yanxiu_web", "yanxiu_work"),
        "YANXIU_LOG": "CRITICAL",
    }
    process = subprocess.Popen([sys.executable, "-m", "yanxiu", "work"], env=os.environ | addresses)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait(connection: psycopg.Connection, question: sql.SQL) -> None:
    """Wait, within bounds, until the answer is yes."""
    for _ in range(PATIENCE_S * 10):
        answer = connection.execute(question).fetchone()
        if answer == (True,):
            return
        connection.execute("SELECT pg_sleep(0.1)")
    raise AssertionError(question)


def test_what_was_handed_over_and_what_a_kill_has_left_is_done(
    scratch_dsn: databases.Scratch,
) -> None:
    with psycopg.connect(scratch_dsn.owner, autocommit=True) as connection:
        connection.execute(DEAD)
        connection.execute(ADD, ["quick", JOB, "todo"])
        for queue in ("long", "looks"):
            connection.execute(ADD, [queue, JOB, "doing"])
        with working(scratch_dsn) as process:
            gone = "SELECT count(*) = 0 FROM procrastinate_jobs WHERE task_name LIKE 'builtin%'"
            wait(connection, sql.SQL(gone))
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0
        left = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
        assert left == (0,), "a polite end takes its name off the list"


def test_jobs_have_a_role_and_no_limits_of_pages() -> None:
    work, web = configured.serving("work"), configured.serving("web")
    assert (work["USER"], web["USER"]) == ("yanxiu_work", "yanxiu_web")
    assert "pool" in web["OPTIONS"]  # type: ignore[operator]  # a dict
    assert "pool" not in work["OPTIONS"]  # type: ignore[operator]  # a dict


def test_a_role_that_is_none_stops_the_start() -> None:
    with pytest.raises(environment.Misconfigured):
        configured.serving("queen")
