"""Keep the copy that somebody has asked for of all that is known of her: sealed, and for a day."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from yanxiu.foundation import ciphers, ids
from yanxiu.training.people import refusals
from yanxiu.training.people.models import OwnCopy, Person
from yanxiu.training.trail import entries

KEPT = timedelta(hours=24)
_PURPOSE = "own copy"


@transaction.atomic
def ask(person: Person, *, parts: int, at: datetime) -> tuple[OwnCopy, bool]:
    """Note down that somebody wants a copy; the one under way where there is one, and False."""
    try:
        with transaction.atomic():
            copy = OwnCopy.objects.create(
                person=person, token=ids.token(), asked_at=at, total=parts
            )
    except IntegrityError:
        return OwnCopy.objects.get(person=person, finished_at=None), False
    _note("own_copy_asked", person, by=person, at=at)
    return copy, True


def latest(person_id: UUID) -> OwnCopy | None:
    """Return the newest copy, without its file."""
    found = OwnCopy.objects.filter(person=person_id).order_by("-asked_at", "-id")
    return found.defer("sealed").first()


def came_to(copy: OwnCopy, done: int) -> None:
    """Say how many parts are gathered."""
    OwnCopy.objects.filter(pk=copy.pk).update(done=done)


@transaction.atomic
def finish(copy: OwnCopy, file: bytes, *, at: datetime) -> None:
    """Keep the file for a day."""
    OwnCopy.objects.filter(pk=copy.pk).update(
        sealed=ciphers.seal(file, purpose=_PURPOSE),
        done=copy.total,
        finished_at=at,
        expires_at=at + KEPT,
    )
    _note("own_copy_made", copy.person, by=None, at=at)


@transaction.atomic
def fetch(token: str, *, by: Person, at: datetime) -> bytes | None:
    """Return the file to its owner, None to anybody else; raise `CopyExpired` after a day."""
    copy = OwnCopy.objects.filter(person=by, token=token).exclude(finished_at=None).first()
    if copy is None:
        return None
    if copy.sealed is None or copy.expires_at is None or copy.expires_at <= at:
        raise refusals.CopyExpired
    _note("own_copy_fetched", by, by=by, at=at)
    return ciphers.unseal(copy.sealed, purpose=_PURPOSE)


def sweep(*, at: datetime) -> int:
    """Throw the files away whose time is over."""
    return OwnCopy.objects.filter(expires_at__lte=at).exclude(sealed=None).update(sealed=None)


def _note(verb: str, person: Person, *, by: Person | None, at: datetime) -> None:
    subject = ("person", person.id)
    entries.record(verb, subject=subject, by=by.id if by else None, at=at)
