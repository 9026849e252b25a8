"""Say to which training and school what was found of a person on a day belongs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from yanxiu.training.organisations.models import Post

# Where she was lent most leases that day, else the last one before, else where she watched last.
_TRAININGS = """
SELECT DISTINCT ON (asked.person_id, asked.day) asked.person_id, asked.day, near.training_id
FROM unnest(%(people)s::uuid[], %(days)s::date[]) AS asked (person_id, day)
CROSS JOIN LATERAL (
  (SELECT l.training_id, 1 AS place, count(*) AS many
   FROM integrity_lending l WHERE l.person_id = asked.person_id
     AND (l.at AT TIME ZONE 'Asia/Shanghai')::date = asked.day GROUP BY l.training_id)
  UNION ALL
  (SELECT l.training_id, 2, 1
   FROM integrity_lending l WHERE l.person_id = asked.person_id
     AND (l.at AT TIME ZONE 'Asia/Shanghai')::date < asked.day ORDER BY l.at DESC LIMIT 1)
  UNION ALL
  (SELECT c.training_id, 3, 1
   FROM learning_coverage k
   JOIN catalogue_lesson l ON l.id = k.lesson_id
   JOIN catalogue_section s ON s.id = l.section_id
   JOIN catalogue_course c ON c.id = s.course_id
   WHERE k.person_id = asked.person_id ORDER BY k.touched_at DESC LIMIT 1)
) AS near
ORDER BY asked.person_id, asked.day, near.place, near.many DESC, near.training_id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Be the training that something belongs to, and the path of the school whose it is."""

    training_id: UUID
    path: str


def places(asked: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], Place]:
    """Return where each person's day belongs; of who watched nothing or never taught, nothing."""
    pairs = sorted(set(asked))
    people, days = [person for person, _ in pairs], [day for _, day in pairs]
    with connection.cursor() as cursor:
        cursor.execute(_TRAININGS, {"people": people, "days": days})
        rows = cursor.fetchall()
    paths = _paths(people)
    return {
        (person_id, day): Place(training_id, paths[person_id])
        for person_id, day, training_id in rows
        if person_id in paths
    }


def _paths(people: Iterable[UUID]) -> dict[UUID, str]:
    """Return the school of each: where she teaches now, the longest; else where she taught last."""
    found = Post.objects.filter(person_id__in=set(people)).select_related("school")
    ordered = sorted(found, key=lambda post: (post.ended_at is None, post.started_at), reverse=True)
    current = [post for post in ordered if post.ended_at is None][::-1]
    paths: dict[UUID, str] = {}
    for post in (*current, *ordered):
        paths.setdefault(post.person_id, post.school.path)
    return paths
