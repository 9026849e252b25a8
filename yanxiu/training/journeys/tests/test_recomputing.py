"""Whatever is broken past the verbs is named by the check, each thing by its own name."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from tests.support import season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.catalogue import trainings
from yanxiu.training.credits import findings, following, ruling
from yanxiu.training.credits.models import LedgerEntry, LedgerMark
from yanxiu.training.credits.ruling import Wanted
from yanxiu.training.journeys import recomputing
from yanxiu.training.learning.models import Completion
from yanxiu.training.trail.models import Entry


@pytest.fixture
def scene(own_database: Scratch) -> Scene:
    season.publish()
    return season.scene(seasons.SUMMER)


@pytest.fixture
def owner(scene: Scene, own_database: Scratch) -> Iterator[psycopg.Connection]:
    with psycopg.connect(own_database.owner, autocommit=True) as connection:
        yield connection


def named() -> list[tuple[str, str, str]]:
    found = recomputing.check(at=clock.now())
    return sorted((each.what, each.expected, each.found) for each in found)


def learned(scene: Scene, *, lessons: int = 3) -> UUID:
    teacher = scene.teacher(at=scene.outline.training.opens_at)
    items = scene.outline.courses[0].lessons[:lessons]
    sittings = [(item, item.duration_ms) for item in items]
    opened = scene.outline.training.opens_at
    watching.watch(teacher.person.id, sittings, scene.outline, begun_at=opened)
    return teacher.person.id


# What somebody with the whole database in her hands may do, and what the check says of it.
BROKEN = {
    "UPDATE learning_completion SET credited_s = 9000 WHERE {first}": [
        ("credited_s", "1500", "9000"),
        ("ledger seconds", "9000", "1500"),
    ],
    "UPDATE learning_completion SET media_version = 7 WHERE {first}": [
        ("ledger media_version", "7", "1"),
        ("media", "a version on record", "7"),
    ],
    "UPDATE learning_completion SET identity_version = 4 WHERE {first}": [
        ("ledger identity_version", "4", "1")
    ],
    "DELETE FROM learning_completion WHERE {first}": [
        ("award", "no completion", "1500"),
        ("completion", "1500", "none"),
    ],
    "DELETE FROM learning_coverage WHERE {first}": [
        ("coverage", "at most 2000 ms open", "1500000 ms open")
    ],
    "UPDATE learning_coverage SET covered = '{{[0,1490000)}}' WHERE {first}": [
        ("coverage", "at most 2000 ms open", "10000 ms open")
    ],
    "UPDATE credits_ledgerentry SET seconds = 9000 WHERE number = 2": [
        ("ledger seconds", "1200", "9000"),
        ("mark", "as it was written", "changed"),
    ],
    "UPDATE credits_ledgerentry SET sentence = 'x' WHERE number = 3": [
        ("ledger sentence", "", "x"),
        ("mark", "as it was written", "changed"),
    ],
    "DELETE FROM credits_ledgerentry WHERE number = 1": [
        ("ledger", "1500", "none"),
        ("line", "1", "2"),
    ],
    "UPDATE catalogue_mediaversion SET duration_ms = 1400000 WHERE duration_ms = 1500000": [
        ("credited_s", "1400", "1500"),
    ],
}


def test_each_thing_that_is_broken_is_named(scene: Scene, owner: psycopg.Connection) -> None:
    person_id = learned(scene)
    following.follow(at=clock.now())
    assert named() == []
    first = f"lesson_id = '{scene.outline.courses[0].lessons[0].id}'"
    for deed, told in BROKEN.items():
        _break_and_look(owner, deed.format(first=first), told, person_id)
    assert named() == []


def _break_and_look(
    owner: psycopg.Connection, deed: str, told: list[tuple[str, str, str]], person_id: UUID
) -> None:
    tables = (
        "learning_completion",
        "learning_coverage",
        "credits_ledgerentry",
        "catalogue_mediaversion",
    )
    for table in tables:
        owner.execute(f"CREATE TABLE kept_{table} AS TABLE {table}".encode())
    owner.execute(deed.encode())
    found = list(recomputing.check(at=clock.now()))
    assert {each.person_id for each in found} == {person_id}, deed
    assert sorted((e.what, e.expected, e.found) for e in found) == told, deed
    for table in tables:
        owner.execute(f"DELETE FROM {table}".encode())
        owner.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}".encode())
        owner.execute(f"DROP TABLE kept_{table}".encode())


def test_lines_that_are_missing_are_added_and_nothing_else_is_touched(
    scene: Scene, owner: psycopg.Connection
) -> None:
    learned(scene)
    # Nobody has followed for days.
    assert [what for what, _expected, _found in named()] == ["ledger"] * 3
    assert recomputing.repair(at=clock.now()) == 3
    assert named() == []
    owner.execute("UPDATE learning_completion SET credited_s = 9000 WHERE credited_s = 1500")
    assert recomputing.repair(at=clock.now()) == 0
    assert ("credited_s", "1500", "9000") in named()


def test_hours_that_a_lowered_cap_would_take_are_kept_again(
    scene: Scene, owner: psycopg.Connection
) -> None:
    learned(scene)
    following.follow(at=clock.now())
    outline = trainings.get(seasons.SUMMER)
    assert outline
    course = outline.courses[0].id
    asked = Wanted({"required_s": 20_000}, {course: 2_000}, {course: 2_000})
    ruling.publish(outline, asked, why="调整", at=clock.now())
    assert named() == []
    owner.execute("DELETE FROM credits_ledgerentry WHERE kind = 'kept'")
    assert named() == [("kept", "4020", "0")]
    assert recomputing.repair(at=clock.now()) == 1
    assert named() == []


def test_the_night_watch_goes_on_where_it_ended_and_raises_the_alarm_once(
    scene: Scene,
    owner: psycopg.Connection,
    caplog: pytest.LogCaptureFixture,
) -> None:
    people = sorted(learned(scene, lessons=1) for _ in range(3))
    following.follow(at=clock.now())
    owner.execute("UPDATE learning_completion SET credited_s = 9000")
    with caplog.at_level(logging.ERROR):
        first = recomputing.watch(at=clock.now(), most=2, batch=1)
    assert {each.person_id for each in first} == set(people[:2])
    assert str(people[0]) in caplog.text
    second = recomputing.watch(at=clock.now() + timedelta(days=1), most=2, batch=1)
    assert {each.person_id for each in second} == {people[2]}
    recomputing.watch(at=clock.now() + timedelta(days=2))
    recomputing.watch(at=clock.now() + timedelta(days=3))
    noted = Entry.objects.filter(verb="hours_differ").values_list("subject_id", flat=True)
    assert sorted(noted) == [str(each) for each in people]
    mark = LedgerMark.objects.get(pk=findings.NAME)
    assert mark.found


def test_it_is_one_command_that_says_by_its_status_whether_all_is_well(
    scene: Scene, own_database: Scratch, owner: psycopg.Connection
) -> None:
    person_id = learned(scene)
    addresses = {"DATABASE_URL": own_database.owner, "YANXIU_WEB_URL": own_database.web}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "yanxiu", "recompute", *arguments],
            env=os.environ | addresses,
            capture_output=True,
            text=True,
            check=False,
        )

    mended = run()
    assert (mended.returncode, LedgerEntry.objects.count()) == (0, 3), mended.stderr
    assert "3 lines added" in mended.stdout
    assert "0 differences" in run("--check").stdout
    owner.execute("UPDATE learning_completion SET credited_s = 9000 WHERE credited_s = 1500")
    broken = run("--check")
    lesson = Completion.objects.get(credited_s=9_000).lesson_id
    assert broken.returncode == 1
    said = f"{person_id} lesson {lesson} credited_s: expected 1500, found 9000"
    assert said in broken.stdout
