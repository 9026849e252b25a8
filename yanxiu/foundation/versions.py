"""Read and compare versions of programs: whole numbers with points between, 1.10 after 1.9."""

import re
from dataclasses import dataclass
from functools import total_ordering

_SHAPE = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """Be a version; "1.2" and "1.2.0" are the same one."""

    numbers: tuple[int, ...]

    def __lt__(self, other: "Version") -> bool:
        """Tell whether it is the older one."""
        return self.numbers < other.numbers

    def __str__(self) -> str:
        """Return it with three numbers at least: "1.2.0"."""
        return ".".join(map(str, (*self.numbers, 0, 0, 0)[: max(3, len(self.numbers))]))


@dataclass(frozen=True, slots=True)
class Least:
    """Hold the oldest version that is served, and what older ones lack, as people read it."""

    version: Version
    why: str


# Older than every version: of a program that does not say which it is.
UNKNOWN = Version(())


def read(text: str) -> Version:
    """Return the version that a text is; raise `ValueError` for what is none."""
    if not _SHAPE.fullmatch(text):
        msg = f"no version: {text!r}"
        raise ValueError(msg)
    numbers = [int(part) for part in text.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return Version(tuple(numbers))
