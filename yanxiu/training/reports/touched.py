"""Find of whom something was written since an instant that changes how she stands."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from yanxiu.training.reports.models import Roll

# What a transaction wrote may be seen this much later than the instant that it names.
LATE = timedelta(minutes=3)

# Each begins with the persons of a table; `{near}` narrows them to the teachers of one school.
# No lesson is finished without the person's allowance having moved in the same transaction.
_LEGS = (
    """SELECT p.person_id FROM organisations_post p
  WHERE (p.started_at >= %(since)s OR p.ended_at >= %(since)s) {near}""",
    """SELECT p.person_id FROM organisations_verification v
  JOIN organisations_post p ON p.id = v.post_id
  LEFT JOIN organisations_decision d ON d.verification_id = v.id
  WHERE (v.requested_at >= %(since)s OR v.withdrawn_at >= %(since)s OR d.at >= %(since)s) {near}""",
    """SELECT p.person_id FROM people_identity p WHERE p.recorded_at >= %(since)s {near}""",
    """SELECT p.person_id FROM enrolment_enrolment p WHERE p.enrolled_at >= %(since)s {near}""",
    """SELECT p.person_id FROM learning_allowance p
  JOIN learning_completion c ON c.person_id = p.person_id AND c.completed_at >= %(since)s
  WHERE p.at >= %(since)s {near}""",
    """SELECT p.person_id FROM credits_ledgerentry p
  WHERE p.kind <> 'award' AND p.at >= %(since)s {near}""",
    """SELECT p.person_id FROM certificates_certificate p WHERE p.issued_at >= %(since)s {near}""",
    """SELECT p.person_id FROM certificates_revocation r
  JOIN certificates_certificate p ON p.id = r.certificate_id WHERE r.at >= %(since)s {near}""",
    """SELECT p.person_id FROM integrity_hold p
  WHERE (p.at >= %(since)s OR p.lifted_at >= %(since)s) {near}""",
    """SELECT p.person_id FROM learning_allowance p
  WHERE p.at >= %(since)s AND p.person_id IN (
    SELECT person_id FROM reports_standing WHERE enrolled_at IS NOT NULL AND begun_at IS NULL
  ) {near}""",
)
# Whoever is kept at a school that is there no more.
_LOST = """SELECT s.person_id FROM reports_standing s
  LEFT JOIN organisations_school o ON o.path = s.path WHERE o.id IS NULL"""
_HERE = """WITH here AS MATERIALIZED (
  SELECT p.person_id FROM organisations_post p JOIN organisations_school s ON s.id = p.school_id
  WHERE s.path = %(path)s AND p.ended_at IS NULL
)
"""
_NEAR = "AND p.person_id IN (SELECT person_id FROM here)"
_ANYWHERE = "\nUNION ".join([*(leg.format(near="") for leg in _LEGS), _LOST])
_AT_A_SCHOOL = _HERE + "\nUNION ".join(leg.format(near=_NEAR) for leg in _LEGS)


def last_roll() -> datetime | None:
    """Return of when the kept rows are."""
    return Roll.objects.order_by("-at").values_list("at", flat=True).first()


def anywhere(since: datetime, *, most: int) -> list[UUID]:
    """Return of whom anything was written since a roll; of more than `most` persons one more."""
    with connection.cursor() as cursor:
        cursor.execute(_ANYWHERE, {"since": since - LATE})
        return [row[0] for row in cursor.fetchmany(most + 1)]


def at_school(path: str, since: datetime) -> set[UUID]:
    """Return of which teachers of a school anything was written since a roll."""
    with connection.cursor() as cursor:
        cursor.execute(_AT_A_SCHOOL, {"since": since - LATE, "path": path})
        return {row[0] for row in cursor.fetchall()}
