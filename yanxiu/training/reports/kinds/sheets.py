"""Bind gathered rows into a sheet, in the form that was asked for."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.utils.functional import Promise

from yanxiu.foundation import periods, sheets
from yanxiu.training.credits import hours
from yanxiu.training.reports import checking
from yanxiu.training.reports.models import Export, Figures


def form(export: Export) -> sheets.Form:
    """Return which of the two forms was asked for."""
    return sheets.Form(export.wanted.get("form", sheets.Form.XLSX))


def bind(export: Export, rows: Iterator[Any], columns: Sequence[str | Promise]) -> IO[bytes]:
    """Return the open sheet: no cell of it is a formula."""
    return sheets.written(rows, [str(name) for name in columns], form=form(export))


def numbers(told: Figures, per_hour: int) -> list[float]:
    """Return a node's numbers in the order of `checking.COUNTS`, then the hours on hold."""
    counts = [getattr(told, name) for name in checking.COUNTS]
    return [*counts, hours.hundredths(told.held_s, seconds_per_hour=per_hour) / 100]


def filename(export: Export, title: str) -> str:
    """Return what the file is called: the title, and the day and minute it was asked for."""
    asked = export.at.astimezone(periods.CHINA)
    return f"{title}-{asked:%Y%m%d-%H%M}.{form(export)}"
