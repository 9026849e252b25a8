"""Keep each day's numbers of the regions, for charts; look back once where none were kept yet."""

from datetime import date

from django.db import connection

# After a training has closed, its chart ends this many days later: certificates come slowly.
DAYS_AFTER = 60

# The days before the first roll are made from the dates in the rows of today's teachers:
# each date adds one to its day, at every region above, and the days are added up.
_LOOKED_BACK = """
WITH season AS (
  SELECT t.id AS training_id, (t.opens_at AT TIME ZONE 'Asia/Shanghai')::date AS opens_on,
    least(%(on)s::date - 1, (t.closes_at AT TIME ZONE 'Asia/Shanghai')::date + %(after)s) AS ends_on
  FROM catalogue_training t
  WHERE NOT EXISTS (
    SELECT 1 FROM reports_figures o WHERE o.training_id = t.id AND o."on" < %(on)s
  )
),
step AS (
  SELECT s.training_id, s.path, e.kind,
    greatest((e.at AT TIME ZONE 'Asia/Shanghai')::date, season.opens_on) AS day, count(*) AS many
  FROM reports_standing s
  JOIN season ON season.training_id = s.training_id
  CROSS JOIN LATERAL (VALUES ('v', s.verified_at), ('e', s.enrolled_at), ('l', s.begun_at),
    ('c', CASE WHEN s.held_since IS NULL THEN s.completed_at END),
    ('z', s.certified_at)) AS e (kind, at)
  WHERE e.at IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
daily AS (
  SELECT step.training_id, r.path, step.day,
    sum(many) FILTER (WHERE kind = 'v') AS verified,
    sum(many) FILTER (WHERE kind = 'e') AS enrolled,
    sum(many) FILTER (WHERE kind = 'l') AS learning,
    sum(many) FILTER (WHERE kind = 'c') AS complete,
    sum(many) FILTER (WHERE kind = 'z') AS certified
  FROM step
  CROSS JOIN LATERAL (SELECT string_to_array(step.path, '/') AS steps) AS way
  CROSS JOIN LATERAL generate_series(1, cardinality(steps) - 1) AS depth
  JOIN organisations_region r ON r.path = array_to_string(steps[1:depth], '/')
  GROUP BY 1, 2, 3
),
summed AS (
  SELECT f.training_id, f.path, f.registered, each::date AS day,
    coalesce(sum(d.verified) OVER run, 0) AS verified,
    coalesce(sum(d.enrolled) OVER run, 0) AS enrolled,
    coalesce(sum(d.learning) OVER run, 0) AS learning,
    coalesce(sum(d.complete) OVER run, 0) AS complete,
    coalesce(sum(d.certified) OVER run, 0) AS certified
  FROM reports_figures f
  JOIN season ON season.training_id = f.training_id
  JOIN organisations_region r ON r.path = f.path
  CROSS JOIN LATERAL generate_series(season.opens_on, season.ends_on, interval '1 day') AS each
  LEFT JOIN daily d ON d.training_id = f.training_id AND d.path = f.path AND d.day = each::date
  WHERE f."on" = %(on)s
  WINDOW run AS (PARTITION BY f.training_id, f.path ORDER BY each)
)
INSERT INTO reports_figures
  (training_id, path, "on", as_of, registered, verified, enrolled, learning, complete, certified,
   laggards, waiting, oldest_at)
SELECT training_id, path, day, (day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', registered,
  verified, enrolled, learning, complete, certified, greatest(0, enrolled - complete), 0, NULL
FROM summed
"""

_FORGOTTEN = """
DELETE FROM reports_figures f USING organisations_school s
WHERE f."on" < %(on)s AND s.path = f.path
"""


def look_back(*, on: date) -> None:
    """Fill the days before `on` of every training that has none yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED_BACK, {"on": on, "after": DAYS_AFTER})


def forget_schools(*, on: date) -> None:
    """Drop the schools' rows of days before `on`; a school's chart is counted when it is read."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGOTTEN, {"on": on})
