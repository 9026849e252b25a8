"""Decide whether a teacher may enrol: values in, every reason against it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Name what stands against enrolling."""

    NOT_A_TEACHER = "not_a_teacher"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    IDENTITY_MISSING = "identity_missing"
    SCHOOL_MISSING = "school_missing"
    OTHER_PLATFORM = "other_platform"


@dataclass(frozen=True, slots=True)
class Window:
    """Be the time in which a training takes teachers: [opens_at, closes_at)."""

    opens_at: datetime
    closes_at: datetime


def reasons(
    *,
    is_teacher: bool,
    has_identity: bool,
    schools_serve: Sequence[str],
    serves: str,
    window: Window,
    at: datetime,
) -> tuple[Reason, ...]:
    """Return every reason against enrolling; none means welcome.

    `schools_serve` holds the branch of education of each current post's school; any one post at
    a school of the branch that the training `serves` suffices. Source: docs/rules/enrolment.md.
    """
    found = []
    if not is_teacher:
        found.append(Reason.NOT_A_TEACHER)
    if at < window.opens_at:
        found.append(Reason.NOT_YET_OPEN)
    if at >= window.closes_at:
        found.append(Reason.CLOSED)
    if not has_identity:
        found.append(Reason.IDENTITY_MISSING)
    if not schools_serve:
        found.append(Reason.SCHOOL_MISSING)
    elif serves not in schools_serve:
        found.append(Reason.OTHER_PLATFORM)
    return tuple(found)
