"""Draw how numbers came about: lines as points of a drawing, and the same as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yanxiu.training.reports.models import Figures

WIDTH, HEIGHT = 600, 220
# The drawn numbers, the largest first; their colours and strokes are the style sheet's.
LINES: tuple[tuple[str, str | Promise], ...] = (
    ("enrolled", _("已报名")),
    ("learning", _("已开始学习")),
    ("complete", _("学时已达标")),
    ("certified", _("已领证书")),
)
# Round tops of the scale: 1, 2, 5 and their tens.
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Line:
    """Be one line: its points as a drawing reads them, and where it stands now."""

    name: str
    label: str | Promise
    points: str
    last: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Be the drawing with its scale, and all its numbers, the newest day first."""

    lines: list[Line]
    top: int
    first_on: date
    last_on: date
    rows: list[Figures]

    @property
    def box(self) -> str:
        """Return the extent of the drawing."""
        return f"0 0 {WIDTH} {HEIGHT}"


def draw(days: Sequence[Figures]) -> Chart | None:
    """Return the chart of these days in their order; None where there is no line to draw."""
    if len(days) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    top = _top(max(getattr(day, name) for day in days for name, _label in LINES))
    first, last = days[0].on, days[-1].on
    length = max(1, (last - first).days)

    def point(day: Figures, name: str) -> str:
        x = (day.on - first).days * WIDTH / length
        return f"{x:.1f},{HEIGHT - getattr(day, name) * HEIGHT / top:.1f}"

    lines = [
        Line(name, label, " ".join(point(day, name) for day in days), getattr(days[-1], name))
        for name, label in LINES
    ]
    return Chart(lines, top, first, last, list(days)[::-1])


def _top(most: int) -> int:
    """Return the next round number."""
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale >= most:
                return step * scale
        scale *= 10
