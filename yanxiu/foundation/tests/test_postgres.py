"""Addresses come from the environment; rights are what each role needs and no more."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from tests.support.databases import Scratch
from yanxiu.foundation import cluster, environment, postgres

READ, ADD = "SELECT FROM {}", "INSERT INTO {} VALUES (DEFAULT)"
CHANGE, DELETE, EMPTY = "UPDATE {} SET id = 1", "DELETE FROM {}", "TRUNCATE {}"
TABLES = ("plain", "journal", "hot", "hot_journal")

PAGES = {
    "plain": {READ, ADD, CHANGE, DELETE},
    "journal": {READ, ADD},
    "hot": {READ, ADD, CHANGE, DELETE},
    "hot_journal": {READ, ADD},
}
WRITES = "SELECT, INSERT, UPDATE"
BEATS = {"plain": set(), "journal": set(), "hot": {READ, ADD, CHANGE}, "hot_journal": {READ, ADD}}


@pytest.fixture
def granted(scratch_dsn: Scratch) -> Scratch:
    """Give a database with four tables, granted twice as two migrations would."""
    with psycopg.connect(scratch_dsn.owner) as owner:
        for table in TABLES:
            owner.execute(f"CREATE TABLE {table} (id bigserial)".encode())
        for _ in range(2):
            postgres.grant(
                owner,
                append_only=["journal", "hot_journal"],
                beats={"hot": WRITES, "hot_journal": WRITES},
            )
    return scratch_dsn


def rights(url: str) -> dict[str, set[str]]:
    """Find out by trying what a role may do to each table."""
    found: dict[str, set[str]] = {table: set() for table in TABLES}
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for table in TABLES:
            for statement in (READ, ADD, CHANGE, DELETE, EMPTY):
                try:
                    connection.execute(statement.format(table).encode())
                except errors.InsufficientPrivilege:
                    continue
                found[table].add(statement)
    return found


def test_pages_and_jobs_write_everything_but_only_add_to_journals(granted: Scratch) -> None:
    assert rights(granted.web) == PAGES
    assert rights(granted.web.replace("yanxiu_web", "yanxiu_work")) == PAGES


def test_beats_touch_their_own_tables_and_delete_nothing(granted: Scratch) -> None:
    assert rights(granted.beats) == BEATS


def test_rights_that_a_role_no_longer_needs_are_taken_back(granted: Scratch) -> None:
    with psycopg.connect(granted.owner) as owner:
        postgres.grant(owner, append_only=TABLES, beats={"hot": WRITES})
    assert rights(granted.beats) == {key: set() for key in TABLES} | {"hot": {READ, ADD}}
    assert rights(granted.web) == {key: {READ, ADD} for key in TABLES}


def test_an_owner_who_serves_pages_too_loses_nothing(
    granted: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", granted.owner)
    with psycopg.connect(granted.owner) as owner:
        postgres.grant(owner, append_only=TABLES, beats={"hot": WRITES})
    assert rights(granted.owner)["journal"] == {READ, ADD, CHANGE, DELETE, EMPTY}


def test_no_role_makes_tables_but_the_owner(granted: Scratch) -> None:
    for url in (granted.web, granted.beats):
        with (
            psycopg.connect(url) as connection,
            pytest.raises(errors.InsufficientPrivilege),
        ):
            connection.execute("CREATE TABLE mine ()")


def test_each_role_has_an_address_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANXIU_BEATS_URL", "postgresql://beats@db/y")
    assert postgres.beats_url() == "postgresql://beats@db/y"
    assert postgres.web_url().startswith("postgresql://yanxiu_web@/yanxiu?host=/")
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@db/y")
    assert postgres.beats_url() == "postgresql://beats@db/y"
    assert {postgres.owner_url(), postgres.web_url(), postgres.work_url()} == {
        "postgresql://owner@db/y"
    }


def test_a_named_server_is_used_and_its_age_looked_at(
    scratch_dsn: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", scratch_dsn.owner)
    with postgres.running():
        assert postgres.web_url() == scratch_dsn.owner
    monkeypatch.setattr(postgres, "OLDEST", 990_000)
    with pytest.raises(environment.Misconfigured, match="16 or newer"), postgres.running():
        pass


def test_roles_that_the_server_lacks_are_made(
    granted: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = granted.web.replace("yanxiu_web@", "late_comer:word@")
    monkeypatch.setenv("YANXIU_WEB_URL", late)
    with psycopg.connect(granted.owner) as owner, pytest.raises(environment.Misconfigured):
        postgres.grant(owner, append_only=[], beats={})
    superuser = granted.owner.replace("yanxiu@", f"{cluster.SUPERUSER}@")
    with psycopg.connect(superuser) as owner:
        postgres.grant(owner, append_only=["journal", "hot_journal"], beats={})
    assert rights(late) == PAGES
    with psycopg.connect(superuser) as owner:
        owner.execute("DROP OWNED BY late_comer")
        owner.execute("DROP ROLE late_comer")


def test_an_address_that_leads_nowhere_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me:word@/y?host={tmp_path}")
    with (
        pytest.raises(environment.Misconfigured, match="does not lead to a server") as told,
        postgres.running(),
    ):
        pass
    assert "word" not in str(told.value)
