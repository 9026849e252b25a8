"""Hold what was offered when, as the ledger asks for it: lessons with their media, rulebooks.

Values alone; `catalogued` reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Lesson:
    """Say where a lesson belongs, and how long each version of its media is."""

    training_id: UUID
    course_id: UUID
    durations_ms: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Book:
    """Hold of a rulebook's version since when it counts, and which courses' caps it lowered."""

    version: int
    valid_from: datetime
    tolerance_ms: int
    lowered: Mapping[UUID, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Offered:
    """Hold everything that was ever offered; `books` of each training, the first version first."""

    lessons: Mapping[UUID, Lesson]
    books: Mapping[UUID, tuple[Book, ...]]

    def book(self, training_id: UUID, at: datetime) -> Book:
        """Return the version that counted at an instant; before the first one, the first."""
        books = self.books[training_id]
        return next((each for each in reversed(books) if each.valid_from <= at), books[0])

    def tolerances_ms(self, training_id: UUID) -> tuple[int, int]:
        """Return the least and the most that any version lets be missing of a complete lesson."""
        every = [book.tolerance_ms for book in self.books[training_id]]
        return min(every), max(every)
