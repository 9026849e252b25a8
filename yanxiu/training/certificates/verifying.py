"""Answer whether a paper is true, from what it says itself: nothing else can change an answer.

Trainings, schools and accounts are not asked, so they may go. Rules: docs/rules/checking.md.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from yanxiu.training.certificates import guessing, numbering, snapshots, standing
from yanxiu.training.certificates.models import Certificate, Guess
from yanxiu.training.people import masking
from yanxiu.training.trail.models import Entry

# The deeds that put a certificate on record; a row without one was not issued by anybody.
ISSUING = ("certificate_issued", "certificate_reissued")


class State(StrEnum):
    """Name what a certificate is to whoever checks it; never issued is no answer at all."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    UNREGISTERED = "unregistered"


@dataclass(frozen=True, slots=True)
class Answer:
    """Say what anyone may know: never an id, a whole name, a school or a document's number.

    `since` and `reason` (a class in words) tell of what is no longer valid; `has_current` that a
    later edition is. What is not on record says no more than its number. `is_whole` is a name that
    its holder shows herself, for a time.
    """

    state: State
    number: str
    token: str
    edition: int
    issued_at: datetime
    holder: str = ""
    training_title: str = ""
    authority: str = ""
    hours: str = ""
    since: datetime | None = None
    reason: str = ""
    has_current: bool = False
    is_whole: bool = False


def by_token(token: str) -> Answer | None:
    """Answer for the token of a QR code; None is unknown."""
    return answer(recorded().filter(token=token).first())


def by_number(number: str, check_code: str, *, network: str, at: datetime) -> Answer | None:
    """Answer for a number and the check code beside it; None is unknown, whichever is wrong.

    Raises `TooManyGuesses` once a network has been wrong too often.
    """
    guess = guessing.begin(Guess.Kind.NUMBER, network, at=at)
    found = recorded().filter(
        number=numbering.normalise(number), check_code=numbering.normalise_code(check_code)
    )
    told = answer(found.first())
    if told:
        guessing.was_right(guess)
    return told


def recorded() -> QuerySet[Certificate]:
    """Return certificates with their states, and whether they are on record."""
    entry = Entry.objects.filter(
        subject_kind="certificate",
        subject_id=Cast(OuterRef("pk"), CharField()),
        verb__in=ISSUING,
    )
    found = Certificate.objects.select_related("supersession", "revocation__proposal")
    return found.annotate(is_recorded=Exists(entry))


def answer(certificate: Certificate | None) -> Answer | None:
    """Return what may be told of a certificate that `recorded` has read.

    Only of a superseded one it asks whether a later edition is valid.
    """
    if certificate is None:
        return None
    said = _said(certificate)
    if said is None:
        return _bare(certificate, State.UNREGISTERED)
    state = State(standing.state(certificate))
    if state is State.VALID:
        return _whole(certificate, said)
    ended = certificate.revocation if state is State.REVOKED else certificate.supersession
    return _bare(
        certificate,
        state,
        training_title=said.training_title,
        authority=said.authority,
        since=ended.at,
        reason=_reason(certificate, state),
        has_current=state is State.SUPERSEDED and _has_current(certificate),
    )


def _said(certificate: Certificate) -> snapshots.Snapshot | None:
    """Return what the paper says, or None where it is not on record or not sealed by us."""
    is_recorded = getattr(certificate, "is_recorded", False)
    if not is_recorded or not numbering.is_wellformed(certificate.number):
        return None
    return snapshots.of(certificate) if snapshots.is_ours(certificate) else None


def _has_current(certificate: Certificate) -> bool:
    later = standing.valid().filter(
        person_id=certificate.person_id,
        training_id=certificate.training_id,
        edition__gt=certificate.edition,
    )
    return later.exists()


def _whole(certificate: Certificate, said: snapshots.Snapshot) -> Answer:
    return _bare(
        certificate,
        State.VALID,
        holder=masking.name(said.holder_name),
        training_title=said.training_title,
        authority=said.authority,
        hours=said.hours,
    )


def _bare(certificate: Certificate, state: State, **more: object) -> Answer:
    return Answer(
        state=state,
        number=certificate.number,
        token=certificate.token,
        edition=certificate.edition,
        issued_at=certificate.issued_at,
        **more,  # type: ignore[arg-type]  # each is named above
    )


def _reason(certificate: Certificate, state: State) -> str:
    if state is State.REVOKED:
        return certificate.revocation.proposal.get_reason_display()
    return certificate.supersession.get_cause_display()
