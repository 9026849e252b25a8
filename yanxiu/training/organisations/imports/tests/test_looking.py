"""Let a job look at large sheets: what it finds, what it refuses, and what happens meanwhile."""

from collections.abc import Callable

import pytest

from tests.support import jobs
from yanxiu.foundation import clock
from yanxiu.foundation.sheets.lines import ROWS_MOST
from yanxiu.foundation.sheets.tests import books
from yanxiu.training.cast import signing_in
from yanxiu.training.journeys import importing
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.imports import handing_in, looking, refusals
from yanxiu.training.organisations.imports.handing_in import Handed
from yanxiu.training.organisations.imports.tests import desks
from yanxiu.training.organisations.models import Import
from yanxiu.training.trail.models import Entry

pytestmark = pytest.mark.usefixtures("country")

HEADER = f"<row r='1'>{books.cell('A1', '姓名')}{books.cell('B1', '证件号码')}</row>"


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_in, "AT_ONCE_MOST", 0)


def hand_in(content: bytes, mode: str = desks.ADD) -> Import:
    """Hand a sheet in as the page does."""
    by, at = desks.person(), clock.now()
    (grant, *_) = grants.held(by.id, at=at)
    handed = Handed("roster", grant, "名册.xlsx", content, mode)
    return importing.hand_in(handed, by=by, at=at)


def large() -> bytes:
    return desks.content([desks.teacher(n) for n in range(1, 5)])


def bomb() -> bytes:
    sheet = f"<worksheet>{HEADER}" + " " * (32 * 1024 * 1024)
    return books.zipped(books.parts("") | {"xl/worksheets/sheet1.xml": sheet}).read()


def macros() -> bytes:
    return books.zipped(books.parts(HEADER) | {"xl/vbaProject.bin": b"\0"}).read()


def too_many() -> bytes:
    return ("姓名,证件号码\n" + "王芳,1\n" * (ROWS_MOST + 1)).encode()


def test_a_large_sheet_is_kept_at_once_and_looked_at_by_a_job() -> None:
    sheet = hand_in(large())
    assert (sheet.rows, desks.fresh(sheet).look_sealed) == (None, None)
    assert jobs.run() == ["look"]
    seen = desks.preview(desks.fresh(sheet))
    assert (seen.rows, seen.wrong_many, seen.is_whole) == (4, 0, True)
    told = Notice.objects.get(person=sheet.by, kind="import_looked_at")
    assert (told.link, told.facts["rows"]) == (f"/office/imports/{sheet.id}/", "4")
    assert Entry.objects.filter(subject_id=sheet.id, verb="import_looked_at").exists()

    looking.look(sheet.id, at=clock.now())
    assert Notice.objects.filter(person=sheet.by, kind="import_looked_at").count() == 1
    assert desks.run(desks.fresh(sheet)).taken == 4


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (bomb, "文件解压后过大"),
    "macros": (macros, "文件带有宏"),
    "broken": (lambda: b"PK\3\4" + b"\0" * 90, "已损坏"),
    "too many": (too_many, "最多 200,000 行"),
    "no column": (lambda: desks.content([["王芳"]], ("姓名",)), "缺少“证件号码”列"),
    "no rows": (lambda: desks.content([]), "没有数据"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_job_refuses_says_why_and_leaves_no_file(name: str) -> None:
    made, reason = REFUSED[name]
    sheet = hand_in(made())
    jobs.run()
    done = desks.fresh(sheet)
    assert reason in refusals.said(done.stopped_by, done.stopped_facts)
    assert (done.sealed, done.look_sealed, done.rows) == (None, None, 0)
    assert done.finished_at
    told = Notice.objects.get(person=sheet.by, kind="import_refused")
    assert reason in told.facts["why"]
    with pytest.raises(refusals.ImportOver):
        desks.confirm(done)


def test_what_is_no_sheet_at_all_is_refused_at_once() -> None:
    for content in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"%PDF-1.7", b""):
        with pytest.raises(refusals.SheetUnreadable):
            hand_in(content)
    assert not jobs.waiting()


def test_nobody_goes_on_with_what_was_not_looked_at() -> None:
    sheet = hand_in(large())
    with pytest.raises(refusals.NotLookedAt):
        desks.confirm(sheet)
    with pytest.raises(refusals.NotLookedAt):
        handing_in.choose(sheet, {"name": 0, "number": 1}, by=sheet.by, at=clock.now())


def test_a_sheet_that_is_thrown_away_meanwhile_stays_away() -> None:
    sheet = hand_in(large())
    handing_in.cancel(sheet, by=sheet.by, at=clock.now())
    jobs.run()
    done = desks.fresh(sheet)
    assert (done.stopped_by, done.rows, done.look_sealed) == ("cancelled", 0, None)
    assert not Notice.objects.filter(person=sheet.by, kind__startswith="import_looked").exists()


def test_a_right_that_ends_meanwhile_ends_the_sheet() -> None:
    sheet = hand_in(large())
    (grant, *_) = grants.held(sheet.by_id, at=clock.now())
    grants.withdraw(grant, by=desks.person(signing_in.COUNTY), at=clock.now())
    jobs.run()
    done = desks.fresh(sheet)
    assert (done.stopped_by, done.sealed) == ("right_ended", None)
    assert done.finished_at
