"""Show what a sheet will be taken for before it is: columns, first rows, what looks wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yanxiu.foundation import periods
from yanxiu.foundation.sheets import lines
from yanxiu.foundation.sheets.lines import Sheet
from yanxiu.training.organisations import rosters
from yanxiu.training.organisations.imports import (
    columns,
    handing_in,
    headers,
    kinds,
    recognising,
    rows,
    wording,
)
from yanxiu.training.organisations.imports.columns import Column
from yanxiu.training.organisations.imports.rows import Finding, Job, Kind, Reading, Ready
from yanxiu.training.organisations.models import Import, Officer, School
from yanxiu.training.people import masking
from yanxiu.training.people.models import Person

FIRST = 8
WRONG_MOST = 50
# Cells that a screen shows in part alone.
COVERED = {"number": masking.document_number, "phone": masking.phone}


@dataclass(frozen=True, slots=True)
class Place:
    """Be a column of the sheet as a person finds it: its number, letters and title."""

    at: int
    letters: str
    title: str


@dataclass(frozen=True, slots=True)
class Match:
    """Pair a column of the kind with the sheet's column that stands for it.

    `guess` is an unknown column that might be it; it counts only once somebody says so.
    """

    column: Column
    place: Place | None
    guess: Place | None
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """Say what stands against a row: its number, cell, column and the sentence."""

    row: int
    cell: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Replacing:
    """Say what a whole new roster ends: entries that stand now, and how many are not named.

    `gone` is None where the sheet is longer than the look at it.
    """

    standing: int
    gone: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Be what an officer sees before she confirms; `looked` rows were checked for `wrong` ones."""

    matches: list[Match]
    places: list[Place]
    unused: list[Place]
    first: list[tuple[int, list[str]]]
    titles: list[str]
    rows: int
    looked: int
    wrong: list[Wrong]
    wrong_many: int
    replacing: Replacing | None

    @property
    def missing(self) -> list[Match]:
        """Return the needed columns that nothing stands for yet."""
        return [match for match in self.matches if match.is_missing]

    @property
    def is_whole(self) -> bool:
        """Tell whether every row was looked at."""
        return self.looked >= self.rows

    @property
    def is_hopeless(self) -> bool:
        """Tell whether no row at all can be taken in."""
        return self.is_whole and 0 < self.rows <= self.wrong_many


def preview(sheet: Import, *, held: list[Officer], by: Person, at: datetime) -> Preview:
    """Return what a sheet will be taken for; changes nothing."""
    kind, look = kinds.of(sheet.kind), recognising.looked(sheet)
    found = {row.line: recognising.cells(row, sheet.columns) for row in look.sample}
    found = {line: cells for line, cells in found.items() if not rows.is_example(kind, cells)}
    places = _places(look)
    matches = _matches(sheet, look, places)
    used = {match.place.at for match in matches if match.place}
    incomplete = bool(handing_in.missing(sheet))
    on = at.astimezone(periods.CHINA).date()
    readings = {} if incomplete else {line: rows.read(kind, c, on) for line, c in found.items()}
    wrong = _wrong(kind, readings, Job(sheet, held, by, at))
    shown = [at for at, column in enumerate(kind.columns) if sheet.columns[at] is not None]
    return Preview(
        matches=matches,
        places=places,
        unused=[place for place in places if place.at not in used],
        first=[
            (line, [_covered(kind.columns[at], cells.texts[at]) for at in shown])
            for line, cells in list(found.items())[:FIRST]
        ],
        titles=[kind.columns[at].title for at in shown],
        rows=sheet.rows or 0,
        looked=len(found),
        wrong=[told(sheet, line, each) for line, each in sorted(wrong.items())[:WRONG_MOST]],
        wrong_many=len(wrong),
        replacing=_replacing(sheet, readings) if sheet.mode == Import.Mode.REPLACE else None,
    )


def told(sheet: Import, row: int, finding: Finding) -> Wrong:
    """Return what stands against a row, as a person reads it."""
    letters = cell_letters(sheet, finding.column)
    return Wrong(
        row,
        f"{letters}{row}" if letters else "",
        columns.titled(sheet.kind, finding.column),
        wording.sentence(sheet.kind, row, finding.column, finding.code, finding.facts),
    )


def cell_letters(sheet: Import, field: str) -> str:
    """Return the letters of the sheet's column that stands for a field; nothing where none does."""
    for column, at in zip(columns.of(sheet.kind), sheet.columns, strict=False):
        if column.field == field and at is not None:
            return lines.column(at)
    return ""


def _places(look: Sheet) -> list[Place]:
    return [
        Place(at, lines.column(at), title) for at, title in enumerate(look.header.cells) if title
    ]


def _matches(sheet: Import, look: Sheet, places: Sequence[Place]) -> list[Match]:
    heading = headers.read(look.header.cells, columns.of(sheet.kind))
    by_number = {place.at: place for place in places}
    missing = {column.field for column in handing_in.missing(sheet)}
    return [
        Match(
            column,
            by_number.get(at) if at is not None else None,
            by_number.get(heading.guesses.get(column.field, -1)) if at is None else None,
            column.field in missing,
        )
        for column, at in zip(columns.of(sheet.kind), sheet.columns, strict=True)
        if at is not None or not column.is_guard
    ]


def _wrong(kind: Kind, readings: dict[int, Reading], job: Job) -> dict[int, Finding]:
    """Return what stands against the rows that were looked at, each once."""
    wrong = {line: each.finding for line, each in readings.items() if each.finding}
    at: dict[bytes, list[int]] = {}
    for line, reading in readings.items():
        if reading.key:
            at.setdefault(reading.key, []).append(line)
    for same in at.values():
        for line in same if len(same) > 1 else ():
            other = {"other": str(same[1] if line == same[0] else same[0])}
            wrong.setdefault(line, Finding(columns.KEYS[job.sheet.kind], "twice", other))
    ready = [Ready(line, each.facts) for line, each in readings.items() if line not in wrong]
    return wrong | kind.foresee(ready, job)


def _replacing(sheet: Import, readings: dict[int, Reading]) -> Replacing:
    """Count what a whole new roster would end, in the schools that its first rows name."""
    named = [each.facts for each in readings.values() if each.facts]
    codes = {each.school_code for each in named} | {sheet.path.rpartition("/")[2]}
    inside = School.objects.filter(code__in=codes, path__startswith=sheet.path)
    schools = list(inside.values_list("id", flat=True))
    standing = rosters.current(schools)
    keys = [each.key for each in readings.values() if each.key]
    is_whole = len(readings) >= (sheet.rows or 0)
    gone = standing.exclude(number_fingerprint__in=keys).count() if is_whole else None
    return Replacing(standing.count(), gone)


def _covered(column: Column, text: str) -> str:
    cover = COVERED.get(column.field)
    return cover(text) if cover else text
