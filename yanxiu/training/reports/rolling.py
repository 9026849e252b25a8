"""Bring what officers read up to date: how each teacher stands, and each node's numbers.

Most runs look only at persons of whom something was written since the last one; every ten
minutes, and whenever much has happened, everybody is counted anew.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from yanxiu.foundation import clock, periods
from yanxiu.training.catalogue.models import Training
from yanxiu.training.reports import checking, history, standings, touched
from yanxiu.training.reports.models import Figures, Roll

# Two rolls never run at once; a number of our own for the advisory lock.
LOCK = 7_305_001
ANEW = timedelta(minutes=10)
# With more persons than this it is cheaper to count everybody.
MANY = 5_000
# Up to so many it is cheapest to look each of them up.
FEW = 500
PATIENCE_S = 300
KEPT = timedelta(days=7)

_FRESH = "CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS " + standings.STATEMENT

_GONE = """
DELETE FROM reports_standing s
WHERE (%(everyone)s OR s.person_id = ANY(%(people)s)) AND NOT EXISTS (
  SELECT 1 FROM fresh f WHERE f.training_id = s.training_id AND f.person_id = s.person_id
)"""

# The first instant of watching that was ever seen stays: the last touch of a lesson moves on.
_CHANGED = """
UPDATE reports_standing s SET path = f.path, name = f.name, verified_at = f.verified_at,
  waiting_since = f.waiting_since, enrolled_at = f.enrolled_at, learned_s = f.learned_s,
  recognised_s = f.recognised_s, completed_at = f.completed_at, certified_at = f.certified_at,
  held_since = f.held_since, held_s = f.held_s,
  begun_at = CASE WHEN f.begun_at IS NOT NULL THEN least(s.begun_at, f.begun_at) END
FROM fresh f
WHERE f.training_id = s.training_id AND f.person_id = s.person_id
  AND (s.path, s.name, s.verified_at, s.waiting_since, s.enrolled_at, s.learned_s, s.recognised_s,
    s.begun_at IS NULL, s.completed_at, s.certified_at, s.held_since, s.held_s)
  IS DISTINCT FROM (f.path, f.name, f.verified_at, f.waiting_since, f.enrolled_at, f.learned_s,
    f.recognised_s, f.begun_at IS NULL, f.completed_at, f.certified_at, f.held_since, f.held_s)"""

_NEW = """
INSERT INTO reports_standing
  (training_id, person_id, path, name, verified_at, waiting_since, enrolled_at, learned_s,
   recognised_s, begun_at, completed_at, certified_at, held_since, held_s)
SELECT training_id, person_id, path, name, verified_at, waiting_since, enrolled_at, learned_s,
  recognised_s, begun_at, completed_at, certified_at, held_since, held_s
FROM fresh f
WHERE NOT EXISTS (
  SELECT 1 FROM reports_standing s
  WHERE s.training_id = f.training_id AND s.person_id = f.person_id
)"""

# Teachers are counted at their school, and a school at every node above it.
_FIGURES = """
INSERT INTO reports_figures
  (training_id, path, "on", as_of, registered, verified, enrolled, learning, complete, certified,
   laggards, waiting, oldest_at, held, held_s)
SELECT training_id, array_to_string(steps[1:depth], '/'), %(on)s, %(at)s, sum(registered),
  sum(verified), sum(enrolled), sum(learning), sum(complete), sum(certified), sum(laggards),
  sum(waiting), min(oldest_at), sum(held), sum(held_s)
FROM ( {counted} ) AS school,
  LATERAL (SELECT string_to_array(path, '/') AS steps) AS way,
  LATERAL generate_series(1, cardinality(steps)) AS depth
GROUP BY training_id, array_to_string(steps[1:depth], '/')
ON CONFLICT (training_id, path, "on") DO UPDATE SET as_of = excluded.as_of,
  registered = excluded.registered, verified = excluded.verified, enrolled = excluded.enrolled,
  learning = excluded.learning, complete = excluded.complete, certified = excluded.certified,
  laggards = excluded.laggards, waiting = excluded.waiting, oldest_at = excluded.oldest_at,
  held = excluded.held, held_s = excluded.held_s
""".replace("{counted}", standings.COUNTED)


@transaction.atomic
def roll(*, at: datetime) -> bool:
    """Refresh standings and figures; tell whether this run did it, or another one is at it."""
    began_at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{PATIENCE_S}s"])
        # What officers have seen since the last roll is checked before it is written over.
        wrong = checking.watch(at=at)
        people = _people(at)
        _stand(cursor, people)
        _count(cursor, at)
    _note(people, at=at, began_at=began_at, differences=len(wrong))
    return True


def _note(people: list[UUID] | None, *, at: datetime, began_at: datetime, differences: int) -> None:
    """Write down that it was done; of older rolls nobody asks any more."""
    took = clock.now() - began_at
    Roll.objects.filter(at__lt=at - KEPT).delete()
    Roll.objects.update_or_create(
        at=at,
        defaults={
            "took_ms": took // timedelta(milliseconds=1),
            "people": None if people is None else len(people),
            "differences": differences,
        },
    )


def _people(at: datetime) -> list[UUID] | None:
    """Return of whom something was written since the last roll; None is everybody."""
    last = touched.last_roll()
    if last is None or last > at or _tens(last) != _tens(at):
        return None
    found = touched.anywhere(last, most=MANY)
    return found if len(found) <= MANY else None


def _tens(at: datetime) -> int:
    return int(at.timestamp()) // int(ANEW.total_seconds())


def _stand(cursor: CursorWrapper, people: list[UUID] | None) -> None:
    """Write down how these persons stand now, touching only rows that change."""
    if people == []:
        return
    asked = standings.asked_of(Training.objects.values_list("id", flat=True), people)
    # What the planner guesses of the statement's parts is far too little, and what it knows of the
    # kept rows may be of the time before they came: two large sides are never to be compared row
    # by row.
    _let_nest(cursor, is_on=people is not None and len(people) <= FEW)
    cursor.execute(_FRESH, asked)
    cursor.execute("ANALYZE fresh")
    for statement in (_GONE, _CHANGED, _NEW):
        cursor.execute(statement, asked)
    _let_nest(cursor, is_on=True)
    cursor.execute("DROP TABLE fresh")


def _let_nest(cursor: CursorWrapper, *, is_on: bool) -> None:
    cursor.execute("SELECT set_config('enable_nestloop', %s, true)", ["on" if is_on else "off"])


def _count(cursor: CursorWrapper, at: datetime) -> None:
    """Count every node for today; what no longer has a teacher has no row of today."""
    on = at.astimezone(periods.CHINA).date()
    is_first = not Figures.objects.filter(on=on).exists()
    cursor.execute(_FIGURES, {"on": on, "at": at})
    Figures.objects.filter(on=on).exclude(as_of=at).delete()
    if is_first:
        _begin_day(on)


def _begin_day(on: date) -> None:
    """Keep of days gone by what charts need: regions every day, schools not at all."""
    history.look_back(on=on)
    history.forget_schools(on=on)
