"""Walk over everybody who has earned or watched anything, some at a time, in the order of ids.

However many there are, memory holds one batch. Each side reads its own primary key in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

BATCH = 2_000
NOBODY = UUID(int=0)

_SIDE = """
(SELECT person_id FROM {table} WHERE person_id > %(after)s
 GROUP BY person_id ORDER BY person_id LIMIT %(most)s)"""
_NEXT = (
    "SELECT person_id FROM ({sides}) AS sides GROUP BY person_id ORDER BY person_id LIMIT %(most)s"
)
TABLES = ("learning_completion", "learning_coverage", "credits_ledgerentry")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Be the people whose ids lie above `after`, up to `last`."""

    after: UUID
    last: UUID
    people: tuple[UUID, ...]

    @property
    def bounds(self) -> dict[str, UUID]:
        """Return what a statement asks with."""
        return {"after": self.after, "last": self.last}


def stretches(*, after: UUID = NOBODY, batch: int = BATCH) -> Iterator[Stretch]:
    """Yield everybody with a row of hours or watching, the first ids first."""
    statement = _NEXT.format(sides=" UNION ALL ".join(_SIDE.format(table=t) for t in TABLES))
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"after": after, "most": batch})
            people = tuple(row[0] for row in cursor.fetchall())
        if not people:
            return
        yield Stretch(after, people[-1], people)
        after = people[-1]
