"""Write the trail."""

from datetime import datetime
from uuid import UUID

from yanxiu.training.trail.models import Entry


def record(  # noqa: PLR0913 - one row's worth of facts
    verb: str,
    *,
    subject: tuple[str, object],
    by: UUID | None,
    at: datetime,
    detail: dict[str, object] | None = None,
    path: str = "",
) -> None:
    """Add one entry; `subject` is (kind, id), `by` the acting person or None for the system.

    `path` is the node of the tree whose officers, and those above, may read it; "" is nobody's.
    """
    kind, identifier = subject
    Entry.objects.create(
        at=at,
        actor_id=by,
        verb=verb,
        subject_kind=kind,
        subject_id=str(identifier),
        detail=detail or {},
        path=path,
    )
