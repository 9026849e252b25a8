"""Remember between two starts how large the window and its letters were, and where downloads go."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "memory.json"
STEPS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


@dataclass
class Memory:
    """Hold what is remembered; the defaults are those of a first start."""

    zoom: float = 1.0
    width: int = 1280
    height: int = 860
    downloads: str = ""


def read(profile: Path) -> Memory:
    """Return what is remembered; what cannot be read is forgotten."""
    try:
        kept = json.loads((profile / FILE).read_text(encoding="utf-8"))
        return Memory(
            zoom=float(kept["zoom"]),
            width=int(kept["width"]),
            height=int(kept["height"]),
            downloads=str(kept["downloads"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return Memory()


def write(profile: Path, memory: Memory) -> None:
    """Keep it, at once and as a whole."""
    draft = profile / f"{FILE}.new"
    draft.write_text(json.dumps(asdict(memory)), encoding="utf-8")
    draft.replace(profile / FILE)


def stepped(zoom: float, by: int) -> float:
    """Return the next step of zoom up (1) or down (-1); 0 is the letters' own size."""
    if by == 0:
        return 1.0
    beyond = [step for step in STEPS[::by] if step * by > zoom * by]
    return beyond[0] if beyond else zoom
