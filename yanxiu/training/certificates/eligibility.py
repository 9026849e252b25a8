"""Decide whether a certificate is due: values in, all reasons against it out, with their owner."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Code(StrEnum):
    """Name what stands between a teacher and her certificate."""

    NOT_ENROLLED = "not_enrolled"
    HOURS_MISSING = "hours_missing"
    NOT_VERIFIED = "not_verified"
    IDENTITY_CHANGED = "identity_changed"
    ON_HOLD = "on_hold"
    PHONE_CHANGING = "phone_changing"
    BEFORE_RELEASE = "before_release"


class Owner(StrEnum):
    """Name who has to act next."""

    TEACHER = "teacher"
    SCHOOL = "school"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Reason:
    """Say what is missing, who must act, and since when (None: since always)."""

    code: Code
    owner: Owner
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how something stands: who has it now and since when; `done` where it is settled."""

    done: bool
    owner: Owner
    since: datetime | None


SETTLED = Standing(done=True, owner=Owner.PLATFORM, since=None)


@dataclass(frozen=True, slots=True)
class Case:
    """Hold all that decides.

    `hours_complete` says whether they are earned, held or not. `identity` is not done where hours
    were earned as somebody else and no county has answered for the change; `hold` is not done while
    her hours are held, and `phone_changing_since` is when a change of her lost number was approved
    that can still be stopped.
    """

    enrolled_at: datetime | None
    hours_complete: bool
    verification: Standing
    certificates_from: datetime
    identity: Standing = SETTLED
    hold: Standing = SETTLED
    phone_changing_since: datetime | None = None


def reasons(case: Case, *, at: datetime) -> tuple[Reason, ...]:
    """Return every reason against issuing, in the order of a teacher's way; none means due.

    Source: docs/rules/certificates.md.
    """
    found = []
    if case.enrolled_at is None:
        found.append(Reason(Code.NOT_ENROLLED, Owner.TEACHER, None))
    if not case.hours_complete:
        found.append(Reason(Code.HOURS_MISSING, Owner.TEACHER, case.enrolled_at))
    if not case.verification.done:
        found.append(_stands(Code.NOT_VERIFIED, case.verification))
    if not case.identity.done:
        found.append(_stands(Code.IDENTITY_CHANGED, case.identity))
    if not case.hold.done:
        found.append(_stands(Code.ON_HOLD, case.hold))
    if case.phone_changing_since:
        found.append(Reason(Code.PHONE_CHANGING, Owner.PLATFORM, case.phone_changing_since))
    if at < case.certificates_from:
        found.append(Reason(Code.BEFORE_RELEASE, Owner.PLATFORM, None))
    return tuple(found)


def _stands(code: Code, standing: Standing) -> Reason:
    return Reason(code, standing.owner, standing.since)
