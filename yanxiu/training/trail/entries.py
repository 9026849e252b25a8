"""Write the trail."""

from datetime import datetime
from uuid import UUID

from yanxiu.training.trail.models import Entry


def record(
    verb: str,
    *,
    subject: tuple[str, object],
    by: UUID | None,
    at: datetime,
    detail: dict[str, object] | None = None,
) -> None:
    """Add one entry; `subject` is (kind, id), `by` the acting person or None for the system."""
    kind, identifier = subject
    Entry.objects.create(
        at=at,
        actor_id=by,
        verb=verb,
        subject_kind=kind,
        subject_id=str(identifier),
        detail=detail or {},
    )
