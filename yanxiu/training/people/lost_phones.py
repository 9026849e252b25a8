"""Find the account of whoever has lost its number: by name and document, five wrong tries a day.

One answer stands for everything that does not fit. Source: docs/rules/phone-change.md.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import identities, names, refusals, tries
from yanxiu.training.people.models import HeldNumber, Identity, Person

PER_PHONE, PER_NETWORK = 5, 20


@dataclass(frozen=True, slots=True)
class Lost:
    """Hold what somebody says of the account that she has lost; `old_phone` may be forgotten."""

    name: str
    document_kind: str
    number: str
    old_phone: str = ""


def find(lost: Lost, *, by_phone: str, network: str, at: datetime) -> Person:
    """Return whose account it is; raises `NoSuchAccount` or `TooManyClaims`.

    `by_phone` is the number that has just been proved, from which tries are counted. Stands outside
    of its caller's transaction, so that a try outlives the refusal.
    """
    with transaction.atomic():
        found = _find(lost, by_phone, network, at)
    if isinstance(found, Refused):
        raise found
    return found


def _find(lost: Lost, by_phone: str, network: str, at: datetime) -> Person | Refused:
    phone_key, network_key = f"claim:{by_phone}", f"claim:{network}"
    tries.begin(phone_key)
    if tries.count(phone_key, at=at) >= PER_PHONE or tries.count(network_key, at=at) >= PER_NETWORK:
        return refusals.TooManyClaims()
    fitting = _fitting(lost)
    if len(fitting) == 1:
        return fitting[0].person
    tries.add(phone_key, network_key, at=at)
    return refusals.NoSuchAccount()


def _fitting(lost: Lost) -> list[Identity]:
    """Return the identities that say so: the confirmed holder's alone where there is one."""
    fingerprint = identities.fingerprint(lost.document_kind, lost.number)
    said = Identity.objects.filter(
        number_fingerprint=fingerprint,
        name=names.normalise(lost.name),
        until=None,
        person__account__is_active=True,
    )
    held = HeldNumber.objects.filter(number_fingerprint=fingerprint).values("person")
    if held.exists():
        return list(_whole(said.filter(person__in=held)))
    if lost.old_phone:
        said = said.filter(person__account__phone=lost.old_phone)
    return list(_whole(said)[:2])


def _whole(found: QuerySet[Identity]) -> QuerySet[Identity]:
    return found.select_related("person__account").order_by("id")
