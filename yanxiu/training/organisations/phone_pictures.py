"""Keep the picture that shows who asks for another number: marked, sealed, gone in time.

Source: docs/rules/phone-change.md.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from yanxiu.foundation import envelopes, watermarks
from yanxiu.foundation.envelopes import Envelope
from yanxiu.foundation.pictures import Picture
from yanxiu.training.organisations import phone_changes, phone_refusals
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.trail import entries

PURPOSE = "phone change picture"
# The words that the manual tells people to write on it; we write them for her.
WATERMARK = "仅限于中小学智慧教育平台账号换绑使用"
# How long it is kept once the request has ended, and how long at most.
KEPT_AFTER_END, KEPT_AT_MOST = timedelta(days=7), timedelta(days=30)


@transaction.atomic
def keep(change: PhoneChange, picture: Picture, *, at: datetime) -> None:
    """Keep the picture of a request for the help desk, in place of the one before.

    Raises `PhoneChangeOver` where nobody waits for one any more.
    """
    fresh = phone_changes.held_still(change)
    if fresh.ended_at or fresh.post or phone_changes.step(fresh) != phone_changes.Step.VOUCH:
        raise phone_refusals.PhoneChangeOver
    closed = envelopes.close(watermarks.put(picture, WATERMARK).jpeg, purpose=PURPOSE)
    PhoneChange.objects.filter(pk=fresh.pk).update(
        picture=closed.content,
        picture_key=closed.key,
        picture_at=fresh.picture_at or at,
        picture_removed_at=None,
    )
    entries.record(
        "phone_change_picture_given",
        subject=("person", fresh.person_id),
        by=None,
        at=at,
        detail={"change": str(fresh.id)},
    )


def opened(change: PhoneChange) -> bytes | None:
    """Return the picture, or None where there is none, or none any more."""
    fresh = PhoneChange.objects.get(pk=change.pk)
    if fresh.picture is None or fresh.picture_key is None:
        return None
    closed = Envelope(bytes(fresh.picture), bytes(fresh.picture_key))
    return envelopes.opened(closed, purpose=PURPOSE)


def sweep(*, at: datetime) -> int:
    """Remove the pictures whose time is over, and the keys to them; return how many."""
    kept = PhoneChange.objects.filter(picture_at__isnull=False, picture_removed_at=None)
    over = Q(ended_at__lte=at - KEPT_AFTER_END) | Q(picture_at__lte=at - KEPT_AT_MOST)
    return kept.filter(over).update(picture=None, picture_key=None, picture_removed_at=at)
