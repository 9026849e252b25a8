"""Seal each line of a ledger together with the one before it, so that a changed line is found.

The mark is an HMAC under the installation's secret: whoever can write to the database alone cannot
make one. Cutting the last lines off is found by the evidence that they stood for.
source: docs/rules/ledger.md
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from yanxiu.foundation import ciphers

FIRST = b""
_PURPOSE = "ledger"
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Hold what a ledger entry says; `at` is when it came about."""

    person_id: UUID
    kind: str
    training_id: UUID
    course_id: UUID
    seconds: int
    cause: str
    rulebook_version: int
    at: datetime
    lesson_id: UUID | None = None
    media_version: int | None = None
    identity_version: int | None = None
    sentence: str = ""
    actor_id: UUID | None = None


def mark(previous: bytes, number: int, line: Line) -> bytes:
    """Return the 32 bytes that stand for a line at its place, after the line marked before it."""
    said = (
        previous.hex(),
        number,
        line.person_id,
        line.kind,
        line.training_id,
        line.course_id,
        line.lesson_id,
        line.media_version,
        line.rulebook_version,
        line.identity_version,
        line.seconds,
        line.cause,
        line.sentence,
        line.actor_id,
        line.at.astimezone(UTC).isoformat(),
    )
    return ciphers.fingerprint(_BETWEEN.join(map(str, said)), purpose=_PURPOSE)
