"""Choose under which name a download is saved; what is there already is never written over."""

from __future__ import annotations

import re
from pathlib import Path

# What one of the three systems forbids in a name.
FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
# Characters; a system counts bytes, of which a Chinese character has three.
LONGEST, LONGEST_SUFFIX = 60, 12


def goal(folder: Path, suggested: str) -> Path:
    """Return a path in the folder that is still free, as close to the suggested name as can be."""
    name = FORBIDDEN.sub("_", suggested).strip(" .") or "download"
    stem, suffix = Path(name).stem[:LONGEST], Path(name).suffix[:LONGEST_SUFFIX]
    free = folder / f"{stem}{suffix}"
    number = 2
    while free.exists():
        free = folder / f"{stem} ({number}){suffix}"
        number += 1
    return free
