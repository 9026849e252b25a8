"""Hold what a row of a sheet says, and what was found against it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from yanxiu.foundation import ciphers
from yanxiu.foundation.refusals import Refused
from yanxiu.foundation.sheets.lines import Flaw
from yanxiu.training.organisations.imports.columns import Column
from yanxiu.training.organisations.models import Import, Officer
from yanxiu.training.people.models import Person

PURPOSE = "import"
# What people write into a cell that asks what to do with the row, when they mean to add it.
_ADDING = frozenset({"新增", "添加", "增加", "导入"})
_TEACHER = frozenset({"教师", "老师", "教职工"})
_OF_FLAW = {Flaw.FORMULA: "formula", Flaw.FAILED: "failed", Flaw.LOST_DIGITS: "lost_digits"}


class Cells(msgspec.Struct, array_like=True, frozen=True):
    """Be the cells of a row in the order of the kind's columns, and which cannot be trusted."""

    texts: list[str]
    flaws: dict[int, Flaw] = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """Say what stands against a row: the column to blame, a code of `wording`, and its facts."""

    column: str
    code: str
    facts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, column: str, refused: Refused) -> "Finding":
        """Return what a verb has refused, in that verb's own words."""
        return cls(column, refused.code, {"said": refused.message})


@dataclass(frozen=True, slots=True)
class Reading:
    """Be what a row says: its facts, or what stands against it; no two rows share a `key`."""

    facts: Any = None
    finding: Finding | None = None
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Be a row that nothing stands against so far, by its number in the sheet."""

    position: int
    facts: Any


@dataclass(frozen=True, slots=True)
class Job:
    """Say for whom rows are taken in, with which rights, into which node, and when."""

    sheet: Import
    held: list[Officer]
    by: Person
    at: datetime


type Said = Mapping[str, str]
type Outcomes = dict[int, UUID | Finding]


@dataclass(frozen=True, slots=True)
class Kind:
    """Be a kind of sheet: how a row is read, and what becomes of it.

    `foresee` finds what stands against rows and changes nothing; `take` takes them in, `many` in
    one transaction, by the verbs that the pages use.
    """

    columns: tuple[Column, ...]
    many: int
    read: Callable[[Said, date], Reading]
    foresee: Callable[[Sequence[Ready], Job], dict[int, Finding]]
    take: Callable[[Sequence[Ready], Job], Outcomes]


_encoder, _decoder = msgspec.json.Encoder(), msgspec.json.Decoder(Cells)


def sealed(cells: Cells) -> bytes:
    """Return a row's cells so that only `opened` reads them."""
    return ciphers.seal(_encoder.encode(cells), purpose=PURPOSE)


def opened(closed: bytes | memoryview) -> Cells:
    """Return the cells that `sealed` has closed."""
    return _decoder.decode(ciphers.unseal(closed, purpose=PURPOSE))


def read(kind: Kind, cells: Cells, on: date) -> Reading:
    """Return what a row says on the day `on`."""
    said = {column.field: text for column, text in zip(kind.columns, cells.texts, strict=True)}
    finding = _against(kind, cells, said)
    reading = kind.read(said, on)
    return Reading(None, finding, reading.key) if finding else reading


def is_example(kind: Kind, cells: Cells) -> bool:
    """Tell whether a row is the template's own example, left where it was."""
    return cells.texts == [column.example for column in kind.columns]


def key(text: str) -> bytes:
    """Return 32 bytes by which rows are compared, of what none of them may share."""
    return ciphers.fingerprint(text, purpose=PURPOSE)


def _against(kind: Kind, cells: Cells, said: Said) -> Finding | None:
    """Return the first thing that is wrong with any cell, whatever it means."""
    for at, column in enumerate(kind.columns):
        flaw = cells.flaws.get(at)
        text = cells.texts[at]
        if flaw in _OF_FLAW:
            return Finding(column.field, _OF_FLAW[flaw])
        if flaw is Flaw.TOO_LONG or len(text) > column.most:
            return Finding(column.field, "too_long", {"most": str(column.most)})
        if column.is_needed and not text:
            return Finding(column.field, "missing")
    return _beyond(said)


def _beyond(said: Said) -> Finding | None:
    """Return what an import cannot do: delete or change, or give rights on the side."""
    if said.get("action", "") and said["action"] not in _ADDING:
        return Finding("action", "only_adds")
    if said.get("right", "") and said["right"] not in _TEACHER:
        return Finding("right", "no_rights")
    return None
