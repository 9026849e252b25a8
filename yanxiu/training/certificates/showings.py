"""Let a holder show her certificate with her whole name to whom she chooses, for some days.

The address is told once: we keep only its fingerprint. Rules: docs/rules/checking.md.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from yanxiu.foundation import ids
from yanxiu.training.certificates import (
    editions,
    guessing,
    refusals,
    snapshots,
    standing,
    verifying,
)
from yanxiu.training.certificates.models import Certificate, Guess, Showing
from yanxiu.training.certificates.verifying import Answer, State
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

# As many links of a certificate may be open at a time.
MOST_OPEN = 5
# Links that have ended are forgotten after this time, with whom they were for.
KEPT = timedelta(days=90)


def make(certificate: Certificate, *, whom: str, by: Person, at: datetime) -> tuple[Showing, str]:
    """Open a link for somebody; return it with its token, which nobody can be told again.

    Raises `NotShowable` for what is not valid, `TooManyShowings` where five are open.
    """
    with transaction.atomic():
        editions.alone(certificate.person_id)
        fresh = standing.told().get(pk=certificate.pk, person_id=by.id)
        if standing.state(fresh) != "valid":
            raise refusals.NotShowable
        if open_ones(fresh, at=at).count() >= MOST_OPEN:
            raise refusals.TooManyShowings(most=MOST_OPEN)
        token = ids.token()
        showing = Showing.objects.create(
            certificate=fresh,
            whom=whom,
            fingerprint=_fingerprint(token),
            at=at,
            ends_at=at + timedelta(days=settings.YANXIU_SHOWING_DAYS),
        )
        _note("showing_made", showing, by=by, at=at)
    return showing, token


def end(showing: Showing, *, by: Person, at: datetime) -> None:
    """Close a link at once; one that has ended stays as it is."""
    with transaction.atomic():
        still = Showing.objects.filter(pk=showing.pk, ended_at=None, ends_at__gt=at)
        if still.update(ended_at=at):
            _note("showing_ended", showing, by=by, at=at)


def open_ones(certificate: Certificate, *, at: datetime) -> QuerySet[Showing]:
    """Return the links of a certificate that lead somewhere now, the newest first."""
    still = Showing.objects.filter(certificate=certificate, ended_at=None, ends_at__gt=at)
    return still.order_by("-at", "-id")


def own(person_id: UUID, showing_id: UUID) -> Showing | None:
    """Return a link of this person's own, or None."""
    mine = Showing.objects.filter(pk=showing_id, certificate__person_id=person_id)
    return mine.select_related("certificate").first()


def find(token: str, *, network: str, at: datetime) -> Showing | None:
    """Return the link that a token belongs to, open or not; None is unknown, and counted.

    Raises `TooManyGuesses` once a network has been wrong too often; a right one is never held up.
    """
    found = Showing.objects.filter(fingerprint=_fingerprint(token)).first()
    if found is None:
        guessing.begin(Guess.Kind.SHOWING, network, at=at)
    return found


def is_open(showing: Showing, *, at: datetime) -> bool:
    """Tell whether a link still leads somewhere."""
    return showing.ended_at is None and at < showing.ends_at


def answer(showing: Showing) -> Answer | None:
    """Return what anybody may know of the certificate behind a link."""
    return verifying.answer(_certificate(showing))


def open_by(showing: Showing, *, at: datetime) -> Answer | None:
    """Return the answer with the holder's whole name, and count that it was looked at.

    The name stays covered once the link has ended, and where the certificate is no longer valid.
    """
    certificate = _certificate(showing)
    told = verifying.answer(certificate)
    if certificate is None or told is None or told.state is not State.VALID:
        return told
    still = Showing.objects.filter(pk=showing.pk, ended_at=None, ends_at__gt=at)
    if not still.update(opened=F("opened") + 1, last_opened_at=at):
        return told
    return replace(told, holder=snapshots.of(certificate).holder_name, is_whole=True)


def forget(*, at: datetime) -> int:
    """Delete the links that ended long ago; return how many."""
    return Showing.objects.filter(ends_at__lt=at - KEPT).delete()[0]


def _certificate(showing: Showing) -> Certificate | None:
    return verifying.recorded().filter(pk=showing.certificate_id).first()


def _fingerprint(token: str) -> bytes:
    # 128 random bits need no salt and no key.
    return hashlib.sha256(token.encode()).digest()


def _note(verb: str, showing: Showing, *, by: Person, at: datetime) -> None:
    # To whom she shows it is hers alone: it stands in no officer's trail.
    entries.record(verb, subject=("showing", showing.id), by=by.id, at=at)
