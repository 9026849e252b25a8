"""Make the next edition of certificates whose holder's data have changed.

Name, kind of document and number follow her; school, hours and dates stay as they were earned.
What was revoked is not issued again. Source: docs/rules/certificates.md.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yanxiu.foundation.facts import kept
from yanxiu.training.certificates import editions, refusals, snapshots, standing, unset
from yanxiu.training.certificates.models import Certificate, Supersession
from yanxiu.training.certificates.snapshots import Snapshot
from yanxiu.training.notices import notes
from yanxiu.training.organisations import phone_changes, walls
from yanxiu.training.organisations.models import Decision, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Identity, Person

# What the paper says of her that follows her.
FOLLOWS = ("holder_name", "document_kind", "document_number")


def follow(person_id: UUID, *, by: Person, at: datetime) -> list[Certificate]:
    """Bring her certificates after the identity just confirmed; returns the new editions.

    Part of the transaction that confirms it. Nothing happens where nothing differs.
    """
    return follow_all([person_id], by=by, at=at)


@transaction.atomic
def follow_all(people: Collection[UUID], *, by: Person, at: datetime) -> list[Certificate]:
    """Do for many people what `follow` does for one, in two queries where nothing differs."""
    # A certificate follows its holder, whichever branch it was issued in.
    with walls.lifted():
        return _follow_all(people, by=by, at=at)


def _follow_all(people: Collection[UUID], *, by: Person, at: datetime) -> list[Certificate]:
    # While a lost number is being changed nothing is made; whoever ends that calls us again.
    free = set(people) - phone_changes.frozen(list(people))
    behind = _behind(list(standing.valid().filter(person_id__in=free)))
    made = []
    # Locks in the order of persons: two who follow the same people never wait for each other.
    for person_id in sorted(behind):
        editions.alone(person_id)
        valid = standing.valid().filter(person_id=person_id).order_by("id")
        made += [
            following
            for before in valid
            if (following := _followed(before, behind[person_id], by=by, at=at))
        ]
    return made


def _behind(held: list[Certificate]) -> dict[UUID, Identity]:
    """Return the confirmed identities that say something else than a certificate does."""
    confirmed = _confirmed({each.person_id for each in held})
    return {
        each.person_id: confirmed[each.person_id]
        for each in held
        if each.person_id in confirmed
        and _renewed(snapshots.of(each), confirmed[each.person_id]) is not None
    }


def _confirmed(people: Collection[UUID]) -> dict[UUID, Identity]:
    """Return the current identities that a school or county has confirmed for a current post."""
    found = Verification.objects.filter(
        identity__person__in=people,
        identity__until=None,
        withdrawn_at=None,
        decision__outcome=Decision.Outcome.APPROVED,
        post__ended_at=None,
    )
    return {each.identity.person_id: each.identity for each in found.select_related("identity")}


def _renewed(told: Snapshot, identity: Identity) -> Snapshot | None:
    """Return what the next edition says, or None where it would say the same."""
    if told.identity_version == identity.version:
        return None
    now = replace(
        told,
        holder_name=identity.name,
        document_kind=kept(Identity.Document(identity.document_kind).label),
        document_number=identities.number(identity),
        identity_version=identity.version,
    )
    same = all(getattr(told, name) == getattr(now, name) for name in FOLLOWS)
    return None if same else now


def _followed(
    before: Certificate, identity: Identity, *, by: Person, at: datetime
) -> Certificate | None:
    """Issue the next edition and tell her; what no font can show is queued."""
    told = _renewed(snapshots.of(before), identity)
    if told is None:
        return None
    cause = Supersession.Cause.CORRECTED
    try:
        made = editions.following(before, told, cause=cause, by=by.id, at=at)
    except refusals.Unprintable as refused:
        missing = str(refused.facts["characters"])
        unset.queue(before.person_id, before.training_id, missing, seen="", at=at)
        return None
    facts, link = {"training": told.training_title}, reverse("my_certificates")
    notes.tell(before.person_id, "certificate_reissued", facts=facts, link=link, at=at)
    return made
