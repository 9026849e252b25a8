"""Carry a correction of name or number through: request, answer, certificates, the word to her."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from yanxiu.foundation.facts import because
from yanxiu.training.certificates import reissuing
from yanxiu.training.journeys import laundering
from yanxiu.training.notices import notes
from yanxiu.training.organisations import corrections
from yanxiu.training.organisations.corrections import Wanted
from yanxiu.training.organisations.models import Correction, CorrectionAnswer, Officer
from yanxiu.training.people import identities
from yanxiu.training.people.models import Person


def request(person: Person, wanted: Wanted, *, at: datetime) -> Correction:
    """Ask for the difference; raises what `identities.check` and `corrections.request` raise."""
    facts = {"document_kind": wanted.document_kind, "number": wanted.number, "name": wanted.name}
    name, number = identities.check(person, **facts, at=at)
    kind = wanted.document_kind
    county = laundering.needs_county(person.id, name=name, document_kind=kind, number=number)
    normal = Wanted(name, kind, number, wanted.why.strip(), wanted.proof)
    return corrections.request(person, normal, needs_county=county, by=person, at=at)


def approve(correction: Correction, *, held: list[Officer], by: Person, at: datetime) -> None:
    """Make the difference true, reissue her certificates, and tell her, all at one instant."""
    # Stands by itself: what is refused for it has been handed up even so.
    laundering.hand_up_correction(correction, by=by, at=at)
    with transaction.atomic():
        corrections.approve(correction, held=held, by=by, at=at)
        reissuing.follow(correction.post.person_id, by=by, at=at)
        link = reverse("information")
        notes.tell(correction.post.person_id, "correction_approved", link=link, at=at)


@transaction.atomic
def reject(
    correction: Correction,
    *,
    held: list[Officer],
    no: tuple[str, str],
    by: Person,
    at: datetime,
) -> None:
    """Say no with (reason, sentence), and tell her."""
    corrections.reject(correction, held=held, no=no, by=by, at=at)
    reason, sentence = no
    facts = {"reason": because(CorrectionAnswer.Reason(reason).label, sentence)}
    link = reverse("correction")
    notes.tell(correction.post.person_id, "correction_rejected", facts=facts, link=link, at=at)
