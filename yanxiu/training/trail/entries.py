"""Write the trail."""

from collections.abc import Iterable
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


def record_all(
    verb: str,
    *,
    subjects: Iterable[tuple[str, object, str]],
    by: UUID | None,
    at: datetime,
    detail: dict[str, object] | None = None,
) -> None:
    """Add an entry for each (kind, id, path), all at once; otherwise as `record`."""
    Entry.objects.bulk_create(
        Entry(
            at=at,
            actor_id=by,
            verb=verb,
            subject_kind=kind,
            subject_id=str(identifier),
            detail=detail or {},
            path=path,
        )
        for kind, identifier, path in subjects
    )


def known(verb: str, subjects: tuple[str, Iterable[object]]) -> set[str]:
    """Return which of the subjects (kind, ids) have an entry of this verb already, as text."""
    kind, identifiers = subjects
    wanted = [str(each) for each in identifiers]
    found = Entry.objects.filter(subject_kind=kind, subject_id__in=wanted, verb=verb)
    return set(found.values_list("subject_id", flat=True))


def count(verb: str, *, by: UUID, since: datetime) -> int:
    """Return how often a person has done that since then."""
    return Entry.objects.filter(actor_id=by, verb=verb, at__gt=since).count()
