"""Keep anybody from studying as one person and being confirmed as another.

Source: docs/rules/identity-change.md.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from yanxiu.training.certificates import identity_history
from yanxiu.training.learning.models import Completion
from yanxiu.training.organisations import corrections, scopes, verification
from yanxiu.training.organisations.models import Correction, Officer, Verification
from yanxiu.training.people import documents, identities, names
from yanxiu.training.people.identity_change import Known
from yanxiu.training.people.models import Identity, Person


def needs_county(person_id: UUID, *, name: str, document_kind: str, number: str) -> bool:
    """Tell whether only a county may confirm this identity, or one above it.

    It is so once a lesson was completed under an identity from which this one differs by its
    number, or by more than one character of the name, and no county has answered for the change.
    """
    becomes = Known(
        names.normalise(name),
        identities.fingerprint(document_kind, documents.normalise(document_kind, number)),
    )
    return _is_another(person_id, becomes)


def needs_county_now(person_id: UUID) -> bool:
    """Tell whether only a county may confirm the person as she is; not before she has a name."""
    identity = identities.current(person_id)
    return identity is not None and _is_another(person_id, identities.known(identity))


def earned_as(asked: Verification) -> Identity | None:
    """Return as whom she has studied, where that is another one than she would be confirmed as."""
    history = identity_history.History.read(asked.post.person_id)
    awards = identity_history.awards(asked.post.person_id)
    return history.other(awards, identities.known(asked.identity))


def hand_up(ids: Collection[UUID], *, held: list[Officer], by: Person, at: datetime) -> None:
    """Leave to the county what a school is about to confirm and by now may not.

    Of what lies outside the officer's branch nothing is read and nothing changes.

    Between request and answer a lesson can have been completed as whom she was before.
    """
    in_branch = scopes.verifications.visible(held)
    waiting = Verification.objects.filter(
        in_branch, pk__in=ids, answered_at=None, needs_county=False
    )
    rows = list(waiting.select_related("identity", "post__school"))
    earned = _earned({row.post.person_id for row in rows})
    another = [
        row
        for row in rows
        if earned.get(row.post.person_id, set()) - {row.identity.version}
        and _is_another(row.post.person_id, identities.known(row.identity))
    ]
    if another:
        verification.hand_up(another, by=by, at=at)


def hand_up_correction(correction: Correction, *, by: Person, at: datetime) -> None:
    """Leave a correction to the county that by now its school may not approve."""
    becomes = Known(correction.name, bytes(correction.number_fingerprint))
    if not correction.needs_county and _is_another(correction.post.person_id, becomes):
        corrections.hand_up(correction, by=by, at=at)


def _earned(people: Collection[UUID]) -> dict[UUID, set[int | None]]:
    """Return under which versions of their identities these people have completed lessons.

    Asked by person and beside no other table, so that it is the same where tables are distributed.
    """
    found: dict[UUID, set[int | None]] = {}
    done = Completion.objects.filter(person_id__in=people)
    for person_id, version in done.values_list("person_id", "identity_version").distinct():
        found.setdefault(person_id, set()).add(version)
    return found


def _is_another(person_id: UUID, becomes: Known) -> bool:
    history = identity_history.History.read(person_id)
    return history.is_another(identity_history.awards(person_id), becomes)
