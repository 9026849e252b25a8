"""Show what a teacher asks to be different, character by character, no more than helps."""

from dataclasses import dataclass

from yanxiu.training.organisations import comparison
from yanxiu.training.organisations.comparison import Pieces
from yanxiu.training.organisations.models import Correction
from yanxiu.training.people import identities, masking
from yanxiu.training.people.models import Identity

# So many digits are a slip or two; where more differ it is another number, and none is opened.
DIGITS_SEEN = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold before and after; `names` and `numbers` are None where nothing is different.

    `is_other_number` says that the numbers share too little to be shown digit by digit, `kinds`
    what the documents are called where they are of different kinds.
    """

    before: tuple[str, str]
    after: tuple[str, str]
    names: tuple[Pieces, Pieces] | None
    numbers: tuple[Pieces, Pieces] | None
    is_other_number: bool = False
    kinds: tuple[str, str] | None = None


def of(correction: Correction) -> Difference:
    """Return what the request makes of the identity that it was asked for; numbers are masked."""
    return between(correction.identity, becoming(correction))


def between(before: Identity, after: Identity) -> Difference:
    """Return what lies between two identities of one person; numbers are masked."""
    old, new = identities.number(before), identities.number(after)
    # Numbers of different kinds of document are different numbers, whatever they look like.
    is_other_kind = before.document_kind != after.document_kind
    apart = comparison.digits_apart(old, new)
    is_slip = 0 < apart <= DIGITS_SEEN and not is_other_kind
    return Difference(
        before=(before.name, masking.document_number(old)),
        after=(after.name, masking.document_number(new)),
        names=comparison.names(before.name, after.name) if before.name != after.name else None,
        numbers=comparison.numbers(old, new) if is_slip else None,
        is_other_number=is_other_kind or apart > DIGITS_SEEN,
        kinds=(before.get_document_kind_display(), after.get_document_kind_display())
        if is_other_kind
        else None,
    )


def becoming(correction: Correction) -> Identity:
    """Return the identity that approval would make, not kept anywhere."""
    return Identity(
        person_id=correction.post.person_id,
        name=correction.name,
        document_kind=correction.document_kind,
        number_sealed=correction.number_sealed,
        number_fingerprint=correction.number_fingerprint,
    )
