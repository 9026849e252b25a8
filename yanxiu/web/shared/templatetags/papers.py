"""Draw what a certificate bears on the screen as it does on paper: the seal and the code."""

from itertools import groupby

from django import template

from yanxiu.training.certificates import paper

register = template.Library()

# The seal's measures, of a radius of 100: as papers/ornaments.typ draws it for the PDF.
_LARGEST, _ARC, _RIM = 27, 290, 86
_STEP_DEG, _WHOLE_DEG = 27, 204
_PETALS = 20


@register.inclusion_tag("components/seal.html")
def seal(name: str) -> dict[str, object]:
    """Draw the authority's seal: its name along the upper arc, the size fitted to its length."""
    count = max(len(name), 1)
    size = min(_LARGEST, _ARC / count)
    step = min(_STEP_DEG, _WHOLE_DEG / max(count - 1, 1))
    letters = [(letter, round(step * (k - (count - 1) / 2), 1)) for k, letter in enumerate(name)]
    turns = [360 // _PETALS * k for k in range(_PETALS)]
    return {"letters": letters, "size": round(size, 1), "reach": _RIM - round(size), "turns": turns}


@register.inclusion_tag("components/qr.html")
def qr(url: str) -> dict[str, object]:
    """Draw the code that leads whoever scans it to the answer about a certificate."""
    rows = paper.code(url).matrix
    runs = [
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return {"modules": "".join(runs), "width": len(rows) + 4}


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Return where each stretch of dark modules of a row begins, and how long it is."""
    found, at = [], 0
    for is_dark, stretch in groupby(row):
        length = len(list(stretch))
        if is_dark:
            found.append((at, length))
        at += length
    return found
