"""Carry a person's rows over to films that have taken the place of those she watched.

Whoever asks for a lease is carried over by that; this is for everybody else, once no lease of the
old film is left. Rules: docs/rules/media.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.training.catalogue.trainings import Item, Outline
from yanxiu.training.learning import leases

_BEHIND = """
SELECT DISTINCT person_id FROM learning_coverage
WHERE person_id > %(after)s AND person_id <= %(last)s
  AND lesson_id = ANY(%(lessons)s)
  AND media_version < (%(versions)s::int[])[array_position(%(lessons)s::uuid[], lesson_id)]
ORDER BY person_id
"""


def behind(bounds: Mapping[str, UUID], items: Sequence[Item]) -> list[UUID]:
    """Return whose rows of these lessons are of an old film, of the people within the bounds."""
    asked: dict[str, Any] = {
        **bounds,
        "lessons": [item.id for item in items],
        "versions": [item.media_version for item in items],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, asked)
        return [row[0] for row in cursor.fetchall()]


def carry(person_id: UUID, outline: Outline, items: Sequence[Item]) -> int:
    """Carry a person's rows of these lessons over to the present films; return how many."""
    return sum(leases.renew(person_id, outline, item) for item in items)
