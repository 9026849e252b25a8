"""Say what becomes of a proposal that a second officer has to agree to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Model

# Proposals are rare and never many: a list shows the oldest of those that wait.
MOST = 50


class Outcome(StrEnum):
    """Name what became of a proposal."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REVOKED = "revoked"
    READMITTED = "readmitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Case[P: Model]:
    """Hold a proposal with what became of it: when, by whom and with which words."""

    proposal: P
    outcome: Outcome
    at: datetime | None = None
    by: str = ""
    sentence: str = ""
