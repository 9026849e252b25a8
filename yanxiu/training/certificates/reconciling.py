"""Check that every certificate is on record and every record has its certificate.

What somebody writes past the verbs is found within ten minutes: a line in the log, and an entry in
the trail the first time. Rules: docs/rules/checking.md.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.training.certificates import numbering
from yanxiu.training.trail import entries

log = logging.getLogger(__name__)

# Whoever looks needs to know what is wrong and where; not each of a million rows.
MOST = 200
# So long may a paper take from issuing to signature; what cannot be drawn says so by itself.
SIGNED_WITHIN = timedelta(hours=1)
NOTED = "certificate_differs"

# What is wrong with a row, in one pass: no entry; a number that cannot be ours, by the same sum as
# `numbering`; neither a signed paper nor a place among those that wait for one; an entry whose
# certificate is gone.
_WRONG = """
WITH recorded AS (
  SELECT DISTINCT subject_id::uuid AS id FROM trail_entry
  WHERE subject_kind = 'certificate' AND verb IN ('certificate_issued', 'certificate_reissued')
),
wrong AS (
  SELECT c.id, c.number, 'unrecorded' AS what
  FROM certificates_certificate c LEFT JOIN recorded USING (id) WHERE recorded.id IS NULL
  UNION ALL
  SELECT recorded.id, '', 'gone'
  FROM recorded LEFT JOIN certificates_certificate c USING (id) WHERE c.id IS NULL
  UNION ALL
  SELECT c.id, c.number, 'number'
  FROM certificates_certificate c
  CROSS JOIN LATERAL (SELECT reverse(replace(c.number, '-', '')) AS plain) p
  CROSS JOIN LATERAL (
    SELECT sum((%(weights)s::int[])[place]
      * (strpos(%(alphabet)s, substr(p.plain, place, 1)) - 1)) %% %(prime)s AS total
    FROM generate_series(1, length(p.plain)) AS place
  ) s
  WHERE s.total IS DISTINCT FROM 1
  UNION ALL
  SELECT c.id, c.number, 'unsigned'
  FROM certificates_certificate c
  LEFT JOIN certificates_paper p ON p.certificate_id = c.id
  LEFT JOIN certificates_unsigned u ON u.certificate_id = c.id
  WHERE p.certificate_id IS NULL AND u.certificate_id IS NULL AND c.issued_at < %(signed_by)s
)
SELECT id, number, what FROM wrong ORDER BY what, id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """Name a certificate that is not as its record says, and what is wrong with it."""

    certificate_id: UUID
    number: str
    what: str


def check(*, at: datetime) -> list[Difference]:
    """Return what does not agree, at most two hundred; none is well."""
    prime = len(numbering.ALPHABET)
    wanted: dict[str, Any] = {
        "alphabet": numbering.ALPHABET,
        "prime": prime,
        "weights": [pow(numbering.RADIX, place, prime) for place in range(24)],
        "signed_by": at - SIGNED_WITHIN,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRONG, wanted)
        return [Difference(*row) for row in cursor.fetchall()]


def watch(*, at: datetime) -> list[Difference]:
    """Check, and raise the alarm: a line for each time, an entry for each certificate once."""
    found = check(at=at)
    for each in found:
        log.error("certificate %s %s: %s", each.number, each.certificate_id, each.what)
    known = entries.known(NOTED, ("certificate", [each.certificate_id for each in found]))
    for each in {one.certificate_id: one for one in found}.values():
        if str(each.certificate_id) not in known:
            entries.record(
                NOTED,
                subject=("certificate", each.certificate_id),
                by=None,
                at=at,
                detail={"number": each.number, "what": each.what},
            )
    return found
