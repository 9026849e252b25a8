"""Kill the jobs of an import at one statement after another: nothing is lost, nothing doubled."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.training.cast import places
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants, rosters
from yanxiu.training.organisations.imports import handing_in
from yanxiu.training.organisations.imports.handing_in import Handed
from yanxiu.training.organisations.imports.tests import desks
from yanxiu.training.organisations.models import Import, ImportRow, Region, RosterEntry
from yanxiu.training.people import accounts

KILLING = Path(__file__).with_name("killing.py")
ROWS = [
    *(desks.teacher(n) for n in range(1, 21)),
    ["王芳", ""],
    desks.teacher(30),
    desks.teacher(30),
]


def test_jobs_killed_at_any_statement_end_as_if_they_never_were(
    own_database: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "AT_ONCE_MOST", 0)
    places.load_all()
    at = clock.now()
    nation = accounts.open_for("13800000015", kind="teacher", at=at).person
    grants.appoint(nation, Region.objects.get(level="nation"), at=at)
    school = places.of(places.HOME, places.PRIMARY)
    officer = accounts.open_for("13800000011", kind="teacher", at=at).person
    grant = grants.give(officer, level="school", node=school, by=nation, at=at)
    rosters.add_all([(school.id, line) for line in _before()], at=at)
    handed = Handed("roster", grant, "名册.xlsx", desks.content(ROWS), desks.REPLACE)
    sheet = handing_in.hand_in(handed, by=officer, at=at)
    assert _killed("look", sheet, own_database) > 6
    sheet.refresh_from_db()
    assert (sheet.rows, sheet.stopped_by) == (23, "")
    assert Notice.objects.filter(person=officer, kind="import_looked_at").count() == 1
    handing_in.confirm(sheet, held=[grant], by=officer, at=clock.now())

    assert _killed("carry_on", sheet, own_database) > 20
    done = Import.objects.get(pk=sheet.pk)
    assert (done.taken, done.refused, done.staged, done.ended) == (20, 3, 23, 1)
    assert done.finished_at
    taken = ImportRow.objects.filter(import_id=sheet.pk, code="").exclude(taken_at=None)
    assert taken.count() == 20
    assert rosters.current([school.id]).count() == 20
    assert RosterEntry.objects.count() == 21, "one was there and ended, twenty are there once"


def _before() -> list[rosters.Line]:
    name, number = desks.teacher(40)
    return [rosters.Line(name, "resident_id", number)]


def _killed(verb: str, sheet: Import, database: Scratch) -> int:
    """Return how many processes were killed before one came to the end."""
    environment = os.environ | {"YANXIU_ROLE": "work", "YANXIU_WORK_URL": database.web}
    command = [sys.executable, str(KILLING), verb, str(sheet.id)]
    done = subprocess.run(
        command, env=environment, cwd=Path.cwd(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)
