"""Queue certificates with characters that no font here has, and issue them once one has."""

from datetime import datetime
from uuid import UUID

from yanxiu.training.certificates.models import Unset


def queue(person_id: UUID, training_id: UUID, characters: str, *, seen: str, at: datetime) -> None:
    """Remember what its holder has confirmed, once; a later word of hers takes its place."""
    said = {"characters": characters, "seen": seen}
    Unset.objects.update_or_create(
        person_id=person_id,
        training_id=training_id,
        settled_at=None,
        defaults=said,
        create_defaults=said | {"asked_at": at},
    )


def waiting(person_id: UUID, training_id: UUID) -> Unset | None:
    """Return what of hers waits for a font."""
    mine = Unset.objects.filter(person_id=person_id, training_id=training_id, settled_at=None)
    return mine.first()
