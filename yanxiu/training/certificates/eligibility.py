"""Decide whether a certificate is due: values in, all reasons against it out, with their owner."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Code(StrEnum):
    """Name what stands between a teacher and her certificate."""

    NOT_ENROLLED = "not_enrolled"
    HOURS_MISSING = "hours_missing"
    NOT_VERIFIED = "not_verified"
    BEFORE_RELEASE = "before_release"


class Owner(StrEnum):
    """Name who has to act next."""

    TEACHER = "teacher"
    SCHOOL = "school"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Reason:
    """Say what is missing, who must act, and since when (None: since always)."""

    code: Code
    owner: Owner
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how the verification stands: who has it now and since when; `done` where confirmed."""

    done: bool
    owner: Owner
    since: datetime | None


def reasons(
    *,
    enrolled_at: datetime | None,
    hours_complete: bool,
    verification: Standing,
    certificates_from: datetime,
    at: datetime,
) -> tuple[Reason, ...]:
    """Return every reason against issuing, in the order of a teacher's way; none means due.

    Source: docs/rules/certificates.md.
    """
    found = []
    if enrolled_at is None:
        found.append(Reason(Code.NOT_ENROLLED, Owner.TEACHER, None))
    if not hours_complete:
        found.append(Reason(Code.HOURS_MISSING, Owner.TEACHER, enrolled_at))
    if not verification.done:
        found.append(Reason(Code.NOT_VERIFIED, verification.owner, verification.since))
    if at < certificates_from:
        found.append(Reason(Code.BEFORE_RELEASE, Owner.PLATFORM, None))
    return tuple(found)
