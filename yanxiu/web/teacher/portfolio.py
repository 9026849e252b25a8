"""Gather all of a teacher's certificates: by year, each with its state, its editions, its hours."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from yanxiu.foundation import periods
from yanxiu.training.certificates import snapshots, standing
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.certificates.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Edition:
    """Be one edition: `state` is valid, superseded or revoked, since `until` where it is not."""

    certificate: Certificate
    told: Snapshot
    state: str
    is_signed: bool

    @property
    def until(self) -> datetime | None:
        """Return since when it does not count any more."""
        if self.state == "revoked":
            return self.certificate.revocation.at
        return self.certificate.supersession.at if self.state == "superseded" else None


@dataclass(slots=True)
class Held:
    """Be the certificate of one training: the newest edition, and those before it."""

    newest: Edition
    before: list[Edition] = field(default_factory=list)

    @property
    def year(self) -> int:
        """Return the year of the training: that in which its hours were complete."""
        at = datetime.fromisoformat(self.newest.told.completed_at)
        return at.astimezone(periods.CHINA).year


@dataclass(slots=True)
class Year:
    """Hold the certificates of a year."""

    number: int
    held: list[Held] = field(default_factory=list)

    @property
    def hours(self) -> str:
        """Return the hours that valid certificates stand for; two decimals."""
        valid = (each.newest for each in self.held if each.newest.state == "valid")
        return str(sum((Decimal(each.told.hours) for each in valid), Decimal("0.00")))


def years(person_id: UUID) -> list[Year]:
    """Return all that she holds, the latest year first, in one query."""
    found: dict[UUID, Held] = {}
    for certificate in standing.held(person_id):
        edition = _edition(certificate)
        if certificate.training_id in found:
            found[certificate.training_id].before.append(edition)
        else:
            found[certificate.training_id] = Held(edition)
    by_year: dict[int, Year] = {}
    for held in found.values():
        by_year.setdefault(held.year, Year(held.year)).held.append(held)
    return sorted(by_year.values(), key=lambda year: -year.number)


def _edition(certificate: Certificate) -> Edition:
    return Edition(
        certificate,
        snapshots.of(certificate),
        standing.state(certificate),
        standing.is_signed(certificate),
    )
