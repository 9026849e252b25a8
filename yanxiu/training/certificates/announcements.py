"""Remember who has been told that a certificate can be claimed: once, whoever tells her."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

# One statement decides for everybody: of two who tell at once, one is left with nobody.
_NOTE = """
INSERT INTO certificates_announcement (person_id, training_id, at)
SELECT person_id, %(training)s, %(at)s FROM unnest(%(people)s::uuid[]) AS person_id
ORDER BY person_id
ON CONFLICT (person_id, training_id) DO NOTHING
RETURNING person_id
"""


def note(training_id: UUID, people: Collection[UUID], *, at: datetime) -> list[UUID]:
    """Note that these people are told now, and return those of them who had not been before.

    Part of the transaction that tells them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"training": training_id, "people": list(people), "at": at})
        return [row[0] for row in cursor.fetchall()]
