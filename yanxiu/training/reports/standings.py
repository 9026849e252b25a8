"""Say in SQL how each teacher stands in a training: one statement for the roll and for live pages.

Hours are those of `credits.progress`, counted for everybody at once; a test holds the two equal.
Source of every column: docs/rules/figures.md.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

COLUMNS = (
    *("training_id", "person_id", "path", "name", "verified_at", "waiting_since", "enrolled_at"),
    *("learned_s", "recognised_s", "begun_at", "completed_at", "certified_at"),
    *("held_since", "held_s"),
)

# Everywhere: `everyone`, or only the persons in `people`. Literals are folded before planning.
# What is joined in the end is materialised: guessed to be one row, it would else be made anew for
# every person.
# A person's current posts, each with the newest request that still stands and its answer.
_ASKED = """
asked AS (
  SELECT DISTINCT ON (p.id) p.id, p.person_id, p.started_at, s.path, k.serves,
    CASE WHEN d.outcome = 'approved' THEN d.at END AS verified_at,
    CASE WHEN d.outcome IS NULL THEN v.requested_at END AS waiting_since,
    CASE WHEN d.outcome = 'approved' THEN 0 WHEN v.id IS NOT NULL AND d.outcome IS NULL THEN 1
      WHEN d.outcome IS NOT NULL THEN 2 ELSE 3 END AS place
  FROM organisations_post p
  JOIN organisations_school s ON s.id = p.school_id
  JOIN organisations_schooltype k ON k.code = s.type_id
  LEFT JOIN organisations_verification v ON v.post_id = p.id AND v.withdrawn_at IS NULL
  LEFT JOIN organisations_decision d ON d.verification_id = v.id
  WHERE p.ended_at IS NULL AND (%(everyone)s OR p.person_id = ANY(%(people)s))
  ORDER BY p.id, v.requested_at DESC NULLS LAST, v.id DESC
)"""

# The one post that counts: at a school that the training serves, confirmed before asked for.
_LED = """
led AS MATERIALIZED (
  SELECT DISTINCT ON (wanted.serves, a.person_id) wanted.serves AS wanted, a.*
  FROM asked a
  CROSS JOIN (
    SELECT DISTINCT serves FROM catalogue_training WHERE id = ANY(%(trainings)s)
  ) AS wanted
  ORDER BY wanted.serves, a.person_id, (a.serves = wanted.serves) DESC, a.place, a.started_at, a.id
)"""

# Each lesson done and each amendment, with what its course had learned once it was there, the
# earlier ones first, those of one instant one after the other as `Progress` takes them: by course,
# then by seconds. Of a course as much may count as its cap says, or as was once recognised.
_AWARDS = """
kept AS MATERIALIZED (
  SELECT person_id, course_id, max(seconds) AS kept_s FROM credits_ledgerentry
  WHERE kind <> 'award' AND kind = 'kept' AND training_id = ANY(%(trainings)s)
    AND (%(everyone)s OR person_id = ANY(%(people)s))
  GROUP BY person_id, course_id
),
event AS (
  SELECT s.course_id, done.person_id, done.completed_at, done.credited_s, done.lesson_id
  FROM learning_completion done
  JOIN catalogue_lesson l ON l.id = done.lesson_id
  JOIN catalogue_section s ON s.id = l.section_id
  WHERE (%(everyone)s OR done.person_id = ANY(%(people)s))
  UNION ALL
  SELECT course_id, person_id, at, seconds, NULL
  FROM credits_ledgerentry
  WHERE kind <> 'award' AND kind <> 'kept' AND training_id = ANY(%(trainings)s)
    AND (%(everyone)s OR person_id = ANY(%(people)s))
),
award AS (
  SELECT c.training_id, c.position, greatest(c.cap_s, kept.kept_s) AS cap_s, c.required_s,
    e.person_id, e.completed_at, e.credited_s, e.lesson_id, sum(e.credited_s) OVER (
      PARTITION BY e.person_id, c.id ORDER BY e.completed_at, e.credited_s ROWS UNBOUNDED PRECEDING
    ) AS learned_s
  FROM event e
  JOIN catalogue_course c ON c.id = e.course_id
  LEFT JOIN kept ON kept.person_id = e.person_id AND kept.course_id = e.course_id
  WHERE c.training_id = ANY(%(trainings)s)
)"""

# What counts of an award is what its course still had room for below the cap. An amendment may
# take a course below what is asked for again: `crosses` is 1 upwards and -1 downwards.
_COUNTED = """
counted AS (
  SELECT training_id, person_id, completed_at, credited_s, lesson_id,
    least(learned_s, cap_s) - least(learned_s - credited_s, cap_s) AS counts_s,
    CASE WHEN required_s = 0 THEN 0 ELSE (least(learned_s, cap_s) >= required_s)::integer
      - (least(learned_s - credited_s, cap_s) >= required_s)::integer END AS crosses,
    sum(least(learned_s, cap_s) - least(learned_s - credited_s, cap_s)) OVER (
      PARTITION BY training_id, person_id ORDER BY completed_at, position, credited_s
      ROWS UNBOUNDED PRECEDING
    ) AS recognised_s
  FROM award
)"""

# Complete once every course that asks for hours is filled, and the training's sum is reached: since
# the last time that either came about.
_HOURS = """
asks AS MATERIALIZED (
  SELECT t.id AS training_id, r.required_s,
    (SELECT count(*) FROM catalogue_course c WHERE c.training_id = t.id AND c.required_s > 0)
      AS courses
  FROM catalogue_training t
  JOIN LATERAL (
    SELECT required_s FROM catalogue_rulebook b WHERE b.training_id = t.id
    ORDER BY b.version DESC LIMIT 1
  ) AS r ON true
  WHERE t.id = ANY(%(trainings)s)
),
hours AS MATERIALIZED (
  SELECT c.training_id, c.person_id,
    min(c.completed_at) FILTER (WHERE c.lesson_id IS NOT NULL) AS first_at,
    sum(c.credited_s) AS learned_s, sum(c.counts_s) AS recognised_s,
    CASE WHEN sum(c.crosses) >= min(asks.courses) AND sum(c.counts_s) >= min(asks.required_s)
      THEN greatest(
        max(c.completed_at) FILTER (WHERE c.crosses > 0),
        max(c.completed_at) FILTER (WHERE c.recognised_s >= asks.required_s
          AND c.recognised_s - c.counts_s < greatest(1, asks.required_s))
    ) END AS completed_at
  FROM counted c JOIN asks ON asks.training_id = c.training_id
  GROUP BY c.training_id, c.person_id
)"""

# When each first touched a lesson of what she has watched in part alone. By person and beside no
# other table that grows, so that it is the same where tables are distributed.
_BEGUN = """
begun AS MATERIALIZED (
  SELECT c.training_id, k.person_id, min(k.touched_at) AS touched_at
  FROM learning_coverage k
  JOIN catalogue_lesson l ON l.id = k.lesson_id
  JOIN catalogue_section s ON s.id = l.section_id
  JOIN catalogue_course c ON c.id = s.course_id
  WHERE c.training_id = ANY(%(trainings)s) AND NOT isempty(k.covered)
    AND (%(everyone)s OR k.person_id = ANY(%(people)s))
  GROUP BY c.training_id, k.person_id
)"""

# Who holds a paper that stands: an edition that nothing supersedes and nobody revoked.
_PAPERS = """
paper AS MATERIALIZED (
  SELECT c.training_id, c.person_id, min(c.issued_at) AS certified_at
  FROM certificates_certificate c
  LEFT JOIN certificates_supersession s ON s.old_id = c.id
  LEFT JOIN certificates_revocation r ON r.certificate_id = c.id
  WHERE c.training_id = ANY(%(trainings)s)
    AND (%(everyone)s OR c.person_id = ANY(%(people)s))
  GROUP BY c.training_id, c.person_id
  HAVING bool_or(s.old_id IS NULL AND r.certificate_id IS NULL)
)"""

_STANDING = """
SELECT t.id AS training_id, led.person_id, led.path, coalesce(who.name, '') AS name,
  led.verified_at, led.waiting_since, e.enrolled_at,
  coalesce(h.learned_s, 0)::integer AS learned_s,
  CASE WHEN hold.at IS NULL THEN coalesce(h.recognised_s, 0) ELSE 0 END::integer AS recognised_s,
  CASE WHEN e.id IS NOT NULL THEN coalesce(h.first_at, begun.touched_at) END AS begun_at,
  h.completed_at, paper.certified_at, hold.at AS held_since,
  CASE WHEN hold.at IS NULL THEN 0 ELSE coalesce(h.recognised_s, 0) END::integer AS held_s
FROM catalogue_training t
JOIN led ON led.wanted = t.serves
LEFT JOIN people_identity who ON who.person_id = led.person_id AND who.until IS NULL
LEFT JOIN enrolment_enrolment e ON e.training_id = t.id AND e.person_id = led.person_id
LEFT JOIN hours h ON h.training_id = t.id AND h.person_id = led.person_id
LEFT JOIN paper ON paper.training_id = t.id AND paper.person_id = led.person_id
LEFT JOIN integrity_hold hold ON hold.training_id = t.id AND hold.person_id = led.person_id
  AND hold.lifted_at IS NULL
LEFT JOIN begun ON begun.training_id = t.id AND begun.person_id = led.person_id
WHERE t.id = ANY(%(trainings)s)"""

# How every teacher with a current post stands; takes the parameters of `asked_of`.
STATEMENT = "".join(
    (
        "WITH",
        *(f"{part}," for part in (_ASKED, _LED, _AWARDS, _COUNTED, _HOURS, _BEGUN)),
        _PAPERS,
        _STANDING,
    )
)

# What each school has of each training, counted from the rows that were kept.
COUNTED = """
SELECT training_id, path, count(*) AS registered, count(verified_at) AS verified,
  count(enrolled_at) AS enrolled, count(begun_at) AS learning,
  count(completed_at) FILTER (WHERE held_since IS NULL) AS complete,
  count(certified_at) AS certified,
  count(*) FILTER (WHERE enrolled_at IS NOT NULL AND completed_at IS NULL) AS laggards,
  count(waiting_since) AS waiting, min(waiting_since) AS oldest_at,
  count(held_since) AS held, sum(held_s) AS held_s
FROM reports_standing
GROUP BY training_id, path"""


def asked_of(trainings: Collection[UUID], people: Collection[UUID] | None = None) -> dict[str, Any]:
    """Return the parameters: which trainings, and which persons alone (None: everybody)."""
    return {
        "trainings": list(trainings),
        "everyone": people is None,
        "people": list(people or ()),
    }
