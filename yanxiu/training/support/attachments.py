"""Keep the pictures of tickets sealed, open them for whoever may look, remove them in time.

Source: docs/rules/tickets.md.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from yanxiu.foundation import ciphers
from yanxiu.foundation.pictures import Picture
from yanxiu.training.support.models import Attachment, Closure, Message

PURPOSE = "ticket picture"
# How long pictures are kept once their ticket has ended, and how long at most.
KEPT_AFTER_END, KEPT_AT_MOST = timedelta(days=7), timedelta(days=30)


def keep(message: Message, pictures: Sequence[Picture]) -> None:
    """Keep the pictures of a message, sealed."""
    Attachment.objects.bulk_create(
        Attachment(
            message=message,
            sealed=ciphers.seal(each.jpeg, purpose=PURPOSE),
            width=each.width,
            height=each.height,
            at=message.at,
        )
        for each in pictures
    )


def prefetched() -> Prefetch:  # type: ignore[type-arg]  # its three arguments are the stubs' own
    """Return how messages bring their pictures along, without the content."""
    return Prefetch("attachments", Attachment.objects.defer("sealed").order_by("id"))


def own(person_id: UUID, attachment_id: UUID) -> bytes | None:
    """Return a picture of one of a person's own tickets, or None where there is none any more."""
    mine = Attachment.objects.filter(message__ticket__person_id=person_id, pk=attachment_id)
    return opened(mine.first())


def any_of(attachment_id: UUID) -> bytes | None:
    """Return a picture of any ticket, for the desk, or None where there is none any more."""
    return opened(Attachment.objects.filter(pk=attachment_id).first())


def opened(attachment: Attachment | None) -> bytes | None:
    """Return a picture as it was kept, or None where it was removed."""
    if attachment is None or attachment.sealed is None:
        return None
    return ciphers.unseal(attachment.sealed, purpose=PURPOSE)


def sweep(*, at: datetime) -> int:
    """Remove the pictures whose time is over; return how many."""
    ended = Closure.objects.filter(
        ticket=OuterRef("message__ticket"), undone_at=None, at__lte=at - KEPT_AFTER_END
    )
    due = Attachment.objects.filter(Exists(ended) | Q(at__lte=at - KEPT_AT_MOST), removed_at=None)
    return due.update(sealed=None, removed_at=at)
