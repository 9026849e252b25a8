"""What grows with watching keeps to what a Citus cluster can distribute, and runs there unchanged.

The cluster's part needs a server with Citus: YANXIU_CITUS_URL names it, as an administrator; a
database of its own is made there, and dropped in the end.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test as drive

from tests.support import databases, environment, season, sources
from tests.support.databases import Scratch
from yanxiu.config import tables
from yanxiu.foundation import clock, shards
from yanxiu.training.cast import watching
from yanxiu.training.learning.tests.conftest import hall
from yanxiu.training.learning.tests.halls import COVERED, Hall
from yanxiu.training.learning.tests.test_honest import Evening
from yanxiu.training.learning.tests.test_law import Clients
from yanxiu.training.reports import rolling
from yanxiu.training.reports.models import Standing

__all__ = ["hall"]

KEYS = """
SELECT t.relname, c.relname, a.attname
FROM pg_index i
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
WHERE i.indisunique AND t.relname = ANY(%s)
"""
REFERENCES = """
SELECT conname FROM pg_constraint
WHERE contype = 'f' AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))
"""
TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal"
BY_PERSON = """
SELECT t.relname
FROM pg_index i
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
WHERE i.indisprimary AND a.attname = 'person_id'
  AND (t.relname LIKE 'learning%%' OR t.relname LIKE 'credits%%')
"""
LOCKING = re.compile(r"\bFOR\s+(NO KEY )?(UPDATE|SHARE|KEY SHARE)\b", re.IGNORECASE)

on_a_cluster = pytest.mark.skipif(
    not environment.CITUS, reason="YANXIU_CITUS_URL names no server with Citus"
)


@pytest.fixture
def own_database(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scratch]:
    """Give a database of its own on the cluster, migrated and distributed."""
    request.getfixturevalue("django_db_setup")
    with databases.on_cluster(environment.CITUS) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), databases.led_to(url):
            tables.migrate()
            tables.distribute()
            name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
            yield Scratch(str(name), owner=url, web=url, beats=url)


@pytest.mark.django_db(databases=["default", "owner"])
def test_what_grows_is_kept_by_person_and_points_nowhere() -> None:
    growing = list(tables.GROWING)
    with connections["owner"].cursor() as cursor:
        keys = cursor.execute(KEYS, [growing]).fetchall()
        assert {table for table, _key, _first in keys} == set(growing)
        assert {first for _table, _key, first in keys} == {"person_id"}
        assert cursor.execute(REFERENCES, [growing, growing]).fetchall() == []
        assert cursor.execute(TRIGGERS, [growing]).fetchall() == []
        assert {row[0] for row in cursor.execute(BY_PERSON).fetchall()} <= set(growing)


def test_no_statement_locks_rows_of_what_grows() -> None:
    pattern = re.compile("|".join(tables.GROWING))
    assert not [
        source.path
        for source in sources.program()
        for statement in _statements(source)
        if pattern.search(statement) and LOCKING.search(statement)
    ]


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_server_without_citus_is_told_so_plainly() -> None:
    with pytest.raises(shards.NoCitus, match="this server has no Citus, so nothing was changed"):
        tables.distribute()


def test_the_command_says_so_and_ends_with_a_status(scratch_dsn: Scratch) -> None:
    variables = os.environ | {"DATABASE_URL": scratch_dsn.owner}
    command = [sys.executable, "-m", "yanxiu", "distribute", "--shards", "4"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("yanxiu: this server has no Citus, so nothing was changed")
    assert done.stdout == ""


@on_a_cluster
def test_distributing_again_finds_nothing_to_do(own_database: Scratch) -> None:
    assert "there was nothing to do" in tables.distribute()
    with psycopg.connect(own_database.owner) as connection:
        spread = connection.execute(
            "SELECT table_name::text, distribution_column FROM citus_tables"
        )
        assert dict(spread.fetchall()) == dict.fromkeys(tables.GROWING, "person_id")
        together = connection.execute("SELECT DISTINCT colocation_id FROM citus_tables").fetchall()
        assert len(together) == 1


@on_a_cluster
def test_the_law_holds_on_a_cluster(hall: Hall) -> None:
    Clients.hall = hall
    drive(Clients, settings=settings(max_examples=5, stateful_step_count=20, deadline=None))


@on_a_cluster
def test_an_honest_viewer_completes_a_lesson_on_a_cluster(hall: Hall) -> None:
    evening = Evening(hall)
    evening.jump(2, 0)
    evening.play(60, 1.5, 0.0)
    evening.offline(120, 2.0)
    evening.restart()
    evening.jump(0, 0)
    evening.play(300, 2.0, 0.5)
    evening.viewer.sync(tries=3)
    assert hall.rows("SELECT lesson_id, credited_s::text FROM learning_completion") == {2: "90"}
    # A lesson that was opened alone has a row without spans.
    assert hall.rows(COVERED) == {0: "{[0,600000)}", 1: "{}", 2: "{[0,90000)}"}


@on_a_cluster
def test_officers_numbers_are_right_on_a_cluster(own_database: Scratch) -> None:
    season.publish()
    scene, now = season.scene(), clock.now()
    done, begun, fresh = scene.finished(), scene.teacher(), scene.teacher()
    [half, *_rest] = scene.outline.courses[0].lessons
    sitting = [(half, half.duration_ms // 2)]
    watching.watch(begun.person.id, sitting, scene.outline, begun_at=scene.call.ago(days=9))
    rolling.roll(at=now)
    rows = Standing.objects.filter(training_id=scene.outline.training.id)
    stand = {row.person_id: row for row in rows}
    assert stand[done.person.id].completed_at
    assert stand[begun.person.id].begun_at
    assert not stand[begun.person.id].completed_at
    assert not stand[fresh.person.id].begun_at


def _statements(source: sources.Source) -> Iterator[str]:
    """Give every text of a file: statements are texts."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
