"""Draw what was measured over a time: lines with gaps where nothing was, a scale, a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.functional import Promise

WIDTH, HEIGHT = 600, 160
# Round tops of the scale: 1, 2, 5 and their tens and tenths.
_STEPS = (1, 2, 5)
_LEAST = 1
# As many marks of time stand below a chart, and as many rows in its table.
_MARKS, _ROWS = 4, 12

type Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """Be what is drawn as one line."""

    label: str | Promise
    values: Values


@dataclass(frozen=True, slots=True)
class Line:
    """Be one line: its pieces as a drawing reads them, and its last value."""

    number: int
    label: str | Promise
    pieces: list[str]
    last: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """Be a row of the table: the end of a stretch of time, and the most of each line in it."""

    at: datetime
    values: list[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """Be the drawing: lines, the top of the scale, marks of time, and the same as a table."""

    lines: list[Line]
    top: float
    marks: list[datetime]
    rows: list[Row]

    @property
    def box(self) -> str:
        """Return the extent of the drawing."""
        return f"0 0 {WIDTH} {HEIGHT}"


def draw(times: Sequence[datetime], series: Sequence[Series]) -> Chart | None:
    """Return the chart of these instants, the oldest first; None where nothing was measured."""
    known = [value for each in series for value in each.values if value is not None]
    if not known:
        return None
    top = _top(max(known))
    lines = [
        Line(number, each.label, list(_pieces(each.values, top)), _last(each.values))
        for number, each in enumerate(series, start=1)
    ]
    length = len(times) - 1
    marks = [times[place * length // _MARKS] for place in range(_MARKS + 1)]
    return Chart(lines, top, marks, list(_rows(times, series))[::-1])


def _pieces(values: Values, top: float) -> Iterator[str]:
    """Give the unbroken stretches of a line; one that is a single point is drawn as a dot."""
    wide = WIDTH / max(1, len(values) - 1)
    for is_gap, stretch in groupby(enumerate(values), lambda each: each[1] is None):
        if is_gap:
            continue
        points = [
            f"{place * wide:.1f},{HEIGHT - (value or 0) * HEIGHT / top:.1f}"
            for place, value in stretch
        ]
        yield " ".join(points if len(points) > 1 else points * 2)


def _rows(times: Sequence[datetime], series: Sequence[Series]) -> Iterator[Row]:
    size = max(1, len(times) // _ROWS)
    for start in range(0, len(times), size):
        stretch = [each.values[start : start + size] for each in series]
        most = [max((v for v in values if v is not None), default=None) for values in stretch]
        yield Row(times[min(start + size, len(times)) - 1], most)


def _last(values: Values) -> float | None:
    return values[-1] if values else None


def _top(most: float) -> float:
    """Return the next round number."""
    scale = _LEAST
    while True:
        for step in _STEPS:
            if step * scale >= most:
                return step * scale
        scale *= 10
