"""Check that no node says anything else than its children together, and no school than its rows."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from yanxiu.training.organisations.regions import NATION
from yanxiu.training.reports import standings
from yanxiu.training.reports.models import Roll
from yanxiu.training.trail import entries

log = logging.getLogger(__name__)

COUNTS = (
    *("registered", "verified", "enrolled", "learning", "complete", "certified"),
    *("laggards", "waiting", "held"),
)
# Beside the people their seconds are added up the tree too.
SUMS = (*COUNTS, "held_s")
# Whoever looks needs to know that something is wrong and where; not each of a million places.
MOST = 200
# Numbers above the schools are promised to be at most a minute old.
LATE = timedelta(minutes=3)

_DIFFERENT = """
WITH today AS (
  SELECT f.* FROM reports_figures f
  WHERE f."on" = (SELECT max("on") FROM reports_figures)
),
told AS (
  SELECT t.training_id, t.path, e.what, e.many
  FROM today t CROSS JOIN LATERAL (VALUES {pairs}) AS e (what, many)
),
held AS (
  SELECT t.training_id, left(t.path, length(t.path) - strpos(reverse(t.path), '/')) AS path, e.what,
    sum(e.many) AS many
  FROM today t CROSS JOIN LATERAL (VALUES {pairs}) AS e (what, many)
  WHERE strpos(t.path, '/') > 0
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT t.training_id, t.path, e.what, e.many
  FROM ( {counted} ) AS t CROSS JOIN LATERAL (VALUES {pairs}) AS e (what, many)
)
SELECT coalesce(told.training_id, held.training_id), coalesce(told.path, held.path),
  coalesce(told.what, held.what), coalesce(told.many, 0), coalesce(held.many, 0)
FROM told FULL JOIN held USING (training_id, path, what)
WHERE coalesce(told.many, 0) <> coalesce(held.many, 0)
ORDER BY 2, 1, 3
LIMIT %(most)s
""".replace("{counted}", standings.COUNTED).replace(
    "{pairs}", ", ".join(f"('{name}', t.{name})" for name in SUMS)
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Name a node that says something else than its children, or its teachers, do together."""

    training_id: UUID
    path: str
    what: str
    told: int
    held: int


def check() -> list[Difference]:
    """Return where the newest numbers do not add up, from the top of the tree; none is well."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT, {"most": MOST})
        return [Difference(*row) for row in cursor.fetchall()]


def watch(*, at: datetime) -> list[Difference]:
    """Check, and raise the alarm: a line in the log, and an entry that the nation's officers read.

    That the numbers are late is said in the log as well.
    """
    found = check()
    for training_id in {each.training_id for each in found}:
        wrong = [each for each in found if each.training_id == training_id]
        nodes = sorted({each.path for each in wrong})
        log.error("figures differ: %s", wrong[0])
        entries.record(
            "figures_differ",
            subject=("training", training_id),
            by=None,
            at=at,
            detail={
                "nodes": nodes[:20],
                "first": f"{wrong[0].what} {wrong[0].told}≠{wrong[0].held}",
            },
            path=NATION,
        )
    last = Roll.objects.order_by("-at").first()
    if last and at - last.at > LATE:
        log.error("figures are late: the last roll was at %s", last.at)
    return found
