"""Keep each document number with one person, once an officer has confirmed it.

Source: docs/rules/verification.md.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yanxiu.foundation import periods
from yanxiu.training.people import refusals
from yanxiu.training.people.models import HeldNumber, Identity, NumberTry, Person

# So often a day may a person give numbers that others hold, so that nobody tries them all.
TRIES_A_DAY = 3


def ask(person: Person, fingerprint: bytes, *, at: datetime) -> None:
    """Let a person give this number; what others hold is counted as a try and refused.

    Stands outside of its caller's transaction, so that a try outlives the refusal. Raises
    `NumberInUse`, or `TooManyNumbers` for whatever number comes after three such tries a day.
    """
    with transaction.atomic():
        # Tries of one person are counted one after the other.
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if Identity.objects.filter(
            person=person, until=None, number_fingerprint=fingerprint
        ).exists():
            return
        since = periods.starts(at.astimezone(periods.CHINA).date())
        if NumberTry.objects.filter(person=person, at__gte=since).count() >= TRIES_A_DAY:
            raise refusals.TooManyNumbers
        if is_free(fingerprint, person.id):
            return
        NumberTry.objects.create(person=person, at=at)
    raise refusals.NumberInUse


def is_free(fingerprint: bytes, person_id: UUID) -> bool:
    """Tell whether nobody but this person holds the number."""
    held = HeldNumber.objects.filter(number_fingerprint=fingerprint)
    return not held.exclude(person_id=person_id).exists()


def take(person_id: UUID, fingerprint: bytes, *, at: datetime) -> None:
    """Give the number to the person and let go of any she held before.

    Raises `NumberInUse` when somebody else holds it.
    """
    if take_all([(person_id, fingerprint)], at=at):
        raise refusals.NumberInUse


def take_all(wanted: Iterable[tuple[UUID, bytes]], *, at: datetime) -> set[UUID]:
    """Give each person her number as `take` does; return those whose number another holds.

    The first of two who want the same number gets it. Runs in its caller's transaction.
    """
    first: dict[bytes, UUID] = {}
    people: dict[UUID, bytes] = {}
    for person_id, fingerprint in wanted:
        first.setdefault(fingerprint, person_id)
        people[person_id] = fingerprint
    # In one order, so that two batches wait for each other and never in a circle.
    rows = [
        HeldNumber(number_fingerprint=fingerprint, person_id=first[fingerprint], since=at)
        for fingerprint in sorted(first)
    ]
    HeldNumber.objects.bulk_create(rows, ignore_conflicts=True)
    held = HeldNumber.objects.filter(number_fingerprint__in=list(first))
    holders = {bytes(number): holder for number, holder in held.values_list("pk", "person_id")}
    late = {who for who, number in people.items() if holders[number] != who}
    glad = [who for who in people if who not in late]
    now_held = [people[who] for who in glad]
    HeldNumber.objects.filter(person__in=glad).exclude(pk__in=now_held).delete()
    return late
