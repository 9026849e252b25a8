"""Take the staged rows in, batch by batch: effects, outcomes and counts commit together.

A kill loses nothing and doubles nothing: what has committed is done, what has not is staged still.
Rights are asked for again before each batch, so that a right that is taken stops an import at once.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from yanxiu.foundation import clock, periods
from yanxiu.training.organisations.imports import kinds, outcomes, rows, stopping
from yanxiu.training.organisations.imports.rows import (
    Job,
    Kind,
    Outcomes,
    Reading,
    Ready,
)
from yanxiu.training.organisations.models import Import, ImportRow


def take(sheet: Import) -> None:
    """Take in all rows that are open; raises `stopping.Stopped` where the import has stopped."""
    kind = kinds.of(sheet.kind)
    last: int | None = 0
    while last is not None:
        last = _batch(sheet.id, kind, last)


def _batch(sheet_id: UUID, kind: Kind, after: int) -> int | None:
    """Take the next rows behind a position; return the last one's, or None at the end."""
    at = clock.now()
    with transaction.atomic():
        sheet = stopping.locked(sheet_id)
        held = stopping.still_held(sheet, at=at)
        found = _open(sheet_id, kind, after, on=at.astimezone(periods.CHINA).date())
        if not found:
            return None
        ready = [Ready(at_, each.facts) for at_, each in found.items() if not each.finding]
        done = kind.take(ready, Job(sheet, held, sheet.by, at))
        # What was all right when it was staged may no longer be: a day has passed.
        late: Outcomes = {at_: each.finding for at_, each in found.items() if each.finding}
        outcomes.write(sheet_id, done | late, at=at)
    return max(found)


def _open(sheet_id: UUID, kind: Kind, after: int, *, on: date) -> dict[int, Reading]:
    """Return the next rows that nothing stands against, read once more, by their numbers."""
    lines = ImportRow.objects.filter(
        import_id=sheet_id, position__gt=after, taken_at=None, code=""
    ).order_by("position")
    return {
        position: rows.read(kind, rows.opened(sealed), on)
        for position, sealed in lines.values_list("position", "sealed_cells")[: kind.many]
    }
