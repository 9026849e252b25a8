"""Keep the picture that shows what a teacher asks for: sealed, and opened only by who answers.

Source: docs/rules/correction.md.
"""

from datetime import datetime, timedelta

from django.db import transaction

from yanxiu.foundation import ciphers
from yanxiu.training.organisations import competence, refusals
from yanxiu.training.organisations.models import Correction, Officer
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries
from yanxiu.training.trail.models import Entry

PURPOSE = "correction proof"
# So long may who has asked for the picture see it, before it is asked for anew.
LOOK_LASTS = timedelta(minutes=10)

_LOOKED = "correction_proof_seen"


def sealed(picture: bytes) -> bytes:
    """Return a picture so that only `shown` opens it."""
    return ciphers.seal(picture, purpose=PURPOSE)


@transaction.atomic
def look(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Note that an officer looks at the picture; only who may answer may look.

    Raises what stands against an answer, or `CorrectionOver` where there is no picture any more.
    """
    _kept(correction, held=held, by=by, at=at)
    subject, path = ("correction", correction.id), correction.post.school.path
    entries.record(_LOOKED, subject=subject, by=by.id, at=at, path=path)


def has_looked(correction: Correction, *, by: Person, at: datetime) -> bool:
    """Tell whether an officer has asked for the picture just now."""
    looks = Entry.objects.filter(verb=_LOOKED, subject_kind="correction", actor_id=by.id)
    return looks.filter(subject_id=str(correction.id), at__gt=at - LOOK_LASTS).exists()


def shown(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> bytes:
    """Return the picture to an officer who has just asked for it by `look`.

    Raises what `look` raises, or `ProofNotAsked`.
    """
    kept = _kept(correction, held=held, by=by, at=at)
    if not has_looked(correction, by=by, at=at):
        raise refusals.ProofNotAsked
    return ciphers.unseal(kept, purpose=PURPOSE)


def _kept(
    correction: Correction, *, held: list[Officer], by: Person, at: datetime
) -> bytes | memoryview:
    refused = competence.against(correction, held=held, by=by, at=at)
    if refused:
        raise refused
    if correction.proof_sealed is None:
        raise refusals.CorrectionOver
    return correction.proof_sealed
