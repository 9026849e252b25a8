"""Recognise the columns of a sheet by its header, and suggest what an unknown one may be.

Pure. Only our own titles are taken for granted; whatever else might be meant is asked about.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from yanxiu.training.organisations.imports.columns import ROSTER, Column

# Two titles that share less of their characters are not taken for the same.
ALIKE_LEAST = 0.6
_BRACKETED = re.compile(r"[(\[【《].*?[)\]】》]")
_DECORATION = re.compile(r"[\s*:：、,，.。_\-/\"'“”]")

type Chosen = list[int | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """Say which column of the sheet each column of the kind is, counted from 0, or None.

    `guesses` name by field what an unknown column may be; `unknown` are columns with a title that
    nothing stands for; `doubled` is a title that stands more than once, and where.
    """

    chosen: Chosen
    guesses: dict[str, int] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()
    doubled: tuple[str, tuple[int, ...]] | None = None


def read(header: Sequence[str], columns: Sequence[Column]) -> Heading:
    """Return what a header says about the columns of a kind."""
    folded = [fold(title) for title in header]
    places = {
        column.field: tuple(at for at, title in enumerate(folded) if title == fold(column.title))
        for column in columns
    }
    chosen: Chosen = [next(iter(places[column.field]), None) for column in columns]
    unknown = tuple(at for at, title in enumerate(folded) if title and at not in chosen)
    return Heading(
        chosen,
        guesses=_guesses(folded, columns, chosen, unknown),
        unknown=unknown,
        doubled=next(
            (
                (column.title, places[column.field])
                for column in columns
                if len(places[column.field]) > 1
            ),
            None,
        ),
    )


def missing(
    kind: str, columns: Sequence[Column], chosen: Sequence[int | None], *, at_school: bool
) -> list[Column]:
    """Return the columns without which no row can be taken; a school's own roster names no school.

    A sheet's row names its school by code or by name.
    """
    has = {column.field: at is not None for column, at in zip(columns, chosen, strict=True)}
    lacking = [column for column in columns if column.is_needed and not has[column.field]]
    if kind == ROSTER and not at_school and not (has["school_code"] or has["school_name"]):
        lacking[:0] = [column for column in columns if column.field == "school_code"]
    return lacking


def fold(title: str) -> str:
    """Return a title without what only decorates it: spaces, stars, remarks in brackets."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    return _DECORATION.sub("", _BRACKETED.sub("", plain))


def _guesses(
    folded: Sequence[str], columns: Sequence[Column], chosen: Chosen, unknown: Sequence[int]
) -> dict[str, int]:
    """Pair columns that were not found with unknown ones, the likest first, each once."""
    absent = [
        column
        for column, at in zip(columns, chosen, strict=True)
        if at is None and not column.is_guard
    ]
    pairs = sorted(
        ((_likeness(folded[at], column), column.field, at) for column in absent for at in unknown),
        key=lambda pair: (-pair[0], pair[2]),
    )
    guesses: dict[str, int] = {}
    for likeness, name, at in pairs:
        if likeness >= ALIKE_LEAST and name not in guesses and at not in guesses.values():
            guesses[name] = at
    return guesses


def _likeness(title: str, column: Column) -> float:
    """Return how much a title is like a column's, from 0 to 1."""
    if title in {fold(other) for other in column.alike}:
        return 1.0
    return SequenceMatcher(a=title, b=fold(column.title)).ratio()
