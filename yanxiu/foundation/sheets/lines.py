"""Say what the reading child tells its parent, one JSON object a line."""

from enum import StrEnum

import msgspec

ROWS_MOST = 200_000
COLUMNS_MOST = 999
# Rows that a first look brings along, so that a person sees whether it is the right sheet and what
# is wrong with it: all of most sheets, for most schools have fewer teachers.
SAMPLE_ROWS = 300


class Flaw(StrEnum):
    """Name why a cell's text cannot be trusted."""

    LOST_DIGITS = "lost_digits"
    FORMULA = "formula"
    FAILED = "failed"
    TOO_LONG = "too_long"


class Why(StrEnum):
    """Name why a sheet as a whole cannot be read."""

    EMPTY = "empty"
    NOT_A_SHEET = "not_a_sheet"
    OLD_FORMAT = "old_format"
    PASSWORD = "password"  # noqa: S105 - a reason, no secret
    MACROS = "macros"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    MERGED = "merged"
    MARKUP = "markup"
    ENCODING = "encoding"
    QUOTES = "quotes"


class Row(msgspec.Struct, frozen=True):
    """Be a row as the sheet counts it (the first is 1): each cell's text, and flaws by place."""

    line: int
    cells: list[str]
    flaws: dict[int, Flaw] = {}


class Sheet(msgspec.Struct, frozen=True, tag="sheet"):
    """Be what a first look finds: the header, how many rows below it hold something, the first.

    Long cells are cut.
    """

    header: Row
    rows: int
    sample: list[Row]


class Seen(msgspec.Struct, frozen=True, tag="seen"):
    """Tell how far a look is, in hundredths."""

    share: int


class Wrong(msgspec.Struct, frozen=True, tag="wrong"):
    """Tell why the sheet cannot be read, and where."""

    why: Why
    where: str = ""


class Unreadable(Exception):
    """Refuse a sheet as a whole."""

    def __init__(self, why: Why, where: str = "") -> None:
        """Keep the reason and the place."""
        super().__init__(why, where)
        self.why, self.where = why, where


def column(number: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place(letters: str) -> int:
    """Return the number of a column; A is 0. Digits behind the letters are left out."""
    number = 0
    for letter in letters:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
