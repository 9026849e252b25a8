"""Hand sheets in as officers do, for the tests of imports."""

from collections.abc import Sequence
from uuid import UUID

from tests.support import jobs
from yanxiu.foundation import clock, sheets
from yanxiu.training.cast import names, signing_in
from yanxiu.training.journeys import importing
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.imports import columns, handing_in, previewing
from yanxiu.training.organisations.imports.handing_in import Handed
from yanxiu.training.organisations.imports.rows import Finding
from yanxiu.training.organisations.models import Import, ImportRow
from yanxiu.training.people.models import Account, Person

ADD, REPLACE = Import.Mode.ADD, Import.Mode.REPLACE
ROSTER = ("姓名", "证件号码", "职务", "任教学科")


def person(phone: str = signing_in.SCHOOL) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def content(rows: Sequence[Sequence[object]], titles: Sequence[str] = ROSTER) -> bytes:
    with sheets.written(rows, titles) as file:
        return file.read()


def teacher(index: int, *more: str) -> list[str]:
    """Return a row of a roster for an invented teacher."""
    who = names.person(index)
    return [who.name, who.number, *more]


def hand_in(
    rows: Sequence[Sequence[object]] | bytes,
    titles: Sequence[str] = ROSTER,
    *,
    by: Person | None = None,
    kind: str = columns.ROSTER,
    mode: str = ADD,
) -> Import:
    """Hand a sheet in for the widest node that somebody serves."""
    by, at = by or person(), clock.now()
    given = rows if isinstance(rows, bytes) else content(rows, titles)
    grant = grants.held(by.id, at=at)[0]
    return handing_in.hand_in(Handed(kind, grant, "名册.xlsx", given, mode), by=by, at=at)


def preview(sheet: Import) -> previewing.Preview:
    at = clock.now()
    return previewing.preview(sheet, held=grants.held(sheet.by_id, at=at), by=sheet.by, at=at)


def confirm(sheet: Import) -> None:
    at = clock.now()
    importing.confirm(sheet, held=grants.held(sheet.by_id, at=at), by=sheet.by, at=at)


def run(sheet: Import) -> Import:
    """Confirm a sheet, let the job run, and return the import as it ends."""
    confirm(sheet)
    jobs.run()
    return fresh(sheet)


def fresh(sheet: Import) -> Import:
    return Import.objects.select_related("by").get(pk=sheet.pk)


def refused(sheet: Import) -> dict[int, tuple[str, str]]:
    """Return the refused rows: by their numbers, the cell and the sentence."""
    found = ImportRow.objects.filter(import_id=sheet.pk).exclude(code="")
    told = [
        previewing.told(sheet, row.position, Finding(row.column, row.code, row.facts))
        for row in found
    ]
    return {wrong.row: (wrong.cell, wrong.sentence) for wrong in told}


def numbers(sheet: Import) -> set[UUID]:
    """Return what the taken rows have become."""
    found = ImportRow.objects.filter(import_id=sheet.pk).exclude(subject_id=None)
    return {row for row in found.values_list("subject_id", flat=True) if row}
