"""Read imports: those of a branch, one, its refused rows, and the sheets that officers download."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.db.models import FETCH_RAISE, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from yanxiu.foundation import sheets
from yanxiu.foundation.facts import spoken
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.imports import columns, previewing, recognising, refusals, rows
from yanxiu.training.organisations.imports.previewing import Wrong
from yanxiu.training.organisations.imports.rows import Finding
from yanxiu.training.organisations.models import Import, ImportRow, Officer
from yanxiu.training.people.models import Identity, Person

PAGE, ROWS = 20, 50
# How long the cells of refused rows are kept, and an upload that nobody has confirmed.
KEPT, WAITING = timedelta(days=30), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page of imports, and behind which one the next begins, where there is one."""

    rows: list[Import]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Refusals:
    """Hold a page of refused rows, and behind which row the next begins, where there is one."""

    rows: list[Wrong]
    after: int | None


def page(held: list[Officer], *, after: UUID | None = None) -> Page:
    """Return the imports of the officer's branch with `by_name`, the latest first."""
    found = _light().filter(scopes.imports.visible(held))
    last = found.filter(pk=after).first() if after else None
    if last:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    shown = list(found.order_by("-at", "-id")[: PAGE + 1])
    return Page(shown[:PAGE], shown[PAGE - 1].pk if len(shown) > PAGE else None)


def find(held: list[Officer], import_id: UUID) -> Import | None:
    """Return an import of the officer's branch with `by_name`, or None outside of it.

    Its file is not read; the look at it is.
    """
    found = _light("sealed").filter(scopes.imports.visible(held), pk=import_id)
    return found.first()


def refused(sheet: Import, *, after: int = 0) -> Refusals:
    """Return a page of the rows that were refused, in the sheet's order."""
    found = list(_refused(sheet).filter(position__gt=after).defer("sealed_cells")[: ROWS + 1])
    return Refusals(
        [previewing.told(sheet, row.position, _finding(row)) for row in found[:ROWS]],
        found[ROWS - 1].position if len(found) > ROWS else None,
    )


def refused_sheet(sheet: Import, *, by: Person) -> IO[bytes]:
    """Return a sheet of the refused rows alone, each with its reason, to be mended and handed in.

    Raises `NotYours`, or `RowsGone` where the cells have been thrown away.
    """
    if sheet.by_id != by.id:
        raise refusals.NotYours
    if sheet.refused and not _refused(sheet).exists():
        raise refusals.RowsGone(days=KEPT.days)
    shown = columns.shown(sheet.kind)
    titles = [*(column.title for column in shown), recognising.REASON]
    return sheets.written(_lines(sheet, len(shown)), titles)


def template(kind: str) -> IO[bytes]:
    """Return the template of a kind: its columns as text, an example, and what to write where."""
    shown = columns.shown(kind)
    notes: list[Sequence[object]] = [(_("列"), _("是否必填"), _("说明"), _("示例"))]
    notes += [
        (
            column.title,
            _("必填") if column.is_needed else _("选填"),
            spoken(column.note),
            column.example,
        )
        for column in shown
    ]
    notes.append((_("第 2 行是示例，不会导入；请从第 3 行起填写，或直接覆盖示例。"),))
    example = [column.example for column in shown]
    return sheets.written([example], [column.title for column in shown], notes=notes)


def forget(*, at: datetime) -> None:
    """Throw away what is kept no longer: refused rows, and uploads that nobody has confirmed."""
    old = Import.objects.filter(finished_at__lt=at - KEPT)
    ImportRow.objects.filter(import_id__in=old.values("pk")).delete()
    idle = Import.objects.filter(started_at=None, finished_at=None, at__lt=at - WAITING)
    idle.update(
        stopped_at=at, stopped_by="idle", finished_at=at, sealed=None, look_sealed=None, rows=0
    )


def _light(*heavy: str) -> QuerySet[Import]:
    officer = Identity.objects.filter(person=OuterRef("by"), until=None)
    found = Import.objects.defer(*(heavy or ("sealed", "look_sealed")))
    return found.annotate(by_name=Subquery(officer.values("name")[:1])).fetch_mode(FETCH_RAISE)


def _refused(sheet: Import) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(import_id=sheet.pk).exclude(code="").order_by("position")


def _finding(row: ImportRow) -> Finding:
    return Finding(row.column, row.code, row.facts)


def _lines(sheet: Import, width: int) -> Iterator[list[object]]:
    """Yield the cells of each refused row as they were handed in, the reason behind them."""
    for row in _refused(sheet).iterator(chunk_size=2_000):
        cells = rows.opened(row.sealed_cells)
        wrong = previewing.told(sheet, row.position, _finding(row))
        where = f"{wrong.cell} " if wrong.cell else ""
        place = _("第 %(row)s 行 %(cell)s") % {"row": row.position, "cell": where}
        yield [*cells.texts[:width], f"{place}{wrong.sentence}"]
