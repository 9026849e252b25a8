"""Keep anybody from studying as one person and being confirmed as another."""

from uuid import UUID

from yanxiu.training.certificates import identity_history
from yanxiu.training.people import identities, names, resident_id
from yanxiu.training.people.identity_change import Known


def needs_county(person_id: UUID, *, name: str, document_kind: str, number: str) -> bool:
    """Tell whether only a county may confirm this identity, or one above it.

    It is so once a lesson was completed under an identity from which this one differs by its
    number, or by more than one character of the name, and no county has answered for the change.
    """
    becomes = Known(
        names.normalise(name), identities.fingerprint(document_kind, resident_id.normalise(number))
    )
    history = identity_history.History.read(person_id)
    return history.is_another(identity_history.awards(person_id), becomes)
