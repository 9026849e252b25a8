"""Write down what has become of rows, and count: part of the transaction that takes them in."""

from datetime import datetime
from itertools import batched
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import F

from yanxiu.training.organisations.imports.rows import Finding, Outcomes
from yanxiu.training.organisations.models import Import

BATCH = 5_000

# The range of positions lets the key's index find the rows, whatever the planner knows of a table
# that has just been filled.
_WRITE = """
UPDATE organisations_importrow AS line
SET taken_at = CASE WHEN done.code = '' THEN %s::timestamptz END,
    subject_id = done.subject, "column" = done.field, code = done.code, facts = done.facts::jsonb,
    sealed_cells = CASE WHEN done.code = '' THEN ''::bytea ELSE line.sealed_cells END
FROM unnest(%s::int[], %s::uuid[], %s::text[], %s::text[], %s::text[])
    AS done (position, subject, field, code, facts)
WHERE line.import_id = %s AND line.position BETWEEN %s AND %s AND line.position = done.position
"""
# Without this the planner may compare each row with each outcome, one by one.
_BY_HASH = "SET LOCAL enable_nestloop = off"
_AS_BEFORE = "SET LOCAL enable_nestloop = on"

_encode = msgspec.json.Encoder().encode

type _Done = tuple[int, UUID | None, str, str, str]


def write(sheet_id: UUID, outcomes: Outcomes, *, at: datetime) -> None:
    """Write the outcomes of rows, by their numbers, and count them on the import."""
    done = [_done(position, outcomes[position]) for position in sorted(outcomes)]
    with connection.cursor() as cursor:
        cursor.execute(_BY_HASH)
        for batch in batched(done, BATCH, strict=False):
            values = map(list, zip(*batch, strict=True))
            cursor.execute(_WRITE, [at, *values, sheet_id, batch[0][0], batch[-1][0]])
        cursor.execute(_AS_BEFORE)
    refused = sum(isinstance(outcome, Finding) for outcome in outcomes.values())
    Import.objects.filter(pk=sheet_id).update(
        taken=F("taken") + len(done) - refused, refused=F("refused") + refused
    )


def _done(position: int, outcome: UUID | Finding) -> _Done:
    if isinstance(outcome, Finding):
        facts = _encode(outcome.facts).decode()
        return position, None, outcome.column, outcome.code, facts
    return position, outcome, "", "", "{}"
