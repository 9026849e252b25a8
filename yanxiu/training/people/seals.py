"""Put a student's data away so that nobody reads it; take it out within thirty days, or delete it.

What is put away is encrypted under a key of its own that lies in another table; deleting the key
deletes the data wherever copies of it are. Rule: docs/rules/personas.md.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yanxiu.foundation import ciphers
from yanxiu.training.people.models import Person, Seal, SealKey
from yanxiu.training.trail import entries

KEPT = timedelta(days=30)
PURPOSE = "student seal"


def waiting(person_id: UUID) -> Seal | None:
    """Return what somebody may still take out; its content is not read."""
    open_ones = Seal.objects.filter(person=person_id, opened_at=None, deleted_at=None)
    return open_ones.defer("content").first()


def latest(person_id: UUID) -> Seal | None:
    """Return what was put away last, whatever became of it; its content is not read."""
    return Seal.objects.filter(person=person_id).defer("content").order_by("-closed_at").first()


@transaction.atomic
def close(person: Person, content: bytes, *, counts: Mapping[str, int], at: datetime) -> Seal:
    """Put data away for thirty days; `counts` says to its owner how much of what it is."""
    key = ciphers.fresh_key()
    made = Seal.objects.create(
        person=person,
        closed_at=at,
        due_at=at + KEPT,
        counts=dict(counts),
        content=ciphers.seal_under(key, content),
    )
    SealKey.objects.create(seal=made, sealed=ciphers.seal(key, purpose=PURPOSE))
    _note("student_data_sealed", person.id, by=person, at=at)
    return made


@transaction.atomic
def open_for(person: Person, *, at: datetime) -> bytes | None:
    """Take out what somebody has put away, once; None where there is nothing any more."""
    found = Seal.objects.select_for_update(of=("self",)).select_related("key")
    seal = found.filter(person=person, opened_at=None, deleted_at=None).first()
    if seal is None:
        return None
    key = ciphers.unseal(seal.key.sealed, purpose=PURPOSE)
    content = ciphers.unseal_under(key, seal.content or b"")
    Seal.objects.filter(pk=seal.pk).update(opened_at=at, content=None)
    SealKey.objects.filter(pk=seal.pk).delete()
    _note("student_data_restored", person.id, by=person, at=at)
    return content


def sweep(*, at: datetime) -> int:
    """Delete what was put away thirty days ago; return how many seals. A kill leaves each whole."""
    due = Seal.objects.filter(opened_at=None, deleted_at=None, due_at__lte=at)
    keys = list(due.order_by("due_at", "id").values_list("pk", "person_id"))
    return sum(_delete(seal, person, at=at) for seal, person in keys)


def forget(person: Person, *, at: datetime) -> None:
    """Delete whatever somebody has put away, at once: she leaves for good."""
    for seal in Seal.objects.filter(person=person, opened_at=None, deleted_at=None).defer(
        "content"
    ):
        _delete(seal.pk, person.id, at=at)


@transaction.atomic
def _delete(seal_id: UUID, person_id: UUID, *, at: datetime) -> bool:
    open_ones = Seal.objects.filter(pk=seal_id, opened_at=None, deleted_at=None)
    if not open_ones.update(deleted_at=at, content=None):
        return False
    SealKey.objects.filter(pk=seal_id).delete()
    _note("student_data_deleted", person_id, by=None, at=at)
    return True


def _note(verb: str, person_id: UUID, *, by: Person | None, at: datetime) -> None:
    entries.record(verb, subject=("person", person_id), by=by.id if by else None, at=at)
