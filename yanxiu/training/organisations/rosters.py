"""Keep the rosters of schools: who teaches there, as the school itself knows.

An entry is added and ended, never changed; with it ends nothing else: posts, verifications and
certificates stay as they are. Numbers are sealed and fingerprinted. Rule: docs/rules/imports.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import FETCH_RAISE, Exists, OuterRef, Q, QuerySet

from yanxiu.foundation import ids, periods
from yanxiu.training.organisations import refusals, scopes
from yanxiu.training.organisations.models import (
    Decision,
    Import,
    Officer,
    Post,
    RosterEntry,
    School,
)
from yanxiu.training.people import documents, identities, masking, names
from yanxiu.training.people import refusals as people_refusals
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.trail import entries

PAGE = 50

# One statement for any number of entries; whoever is listed already stays as she is.
_ADD = """
INSERT INTO organisations_rosterentry (
    id, school_id, name, document_kind, number_sealed, number_fingerprint, role, subject,
    listed_at, source_id
)
SELECT id, school, name, kind, sealed, fingerprint, role, subject, %s, %s::uuid
FROM unnest(
    %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::text[], %s::text[]
) AS line (id, school, name, kind, sealed, fingerprint, role, subject)
ON CONFLICT (school_id, number_fingerprint) WHERE ended_at IS NULL DO NOTHING
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Be what a roster says of a teacher, name and number in normal form."""

    name: str
    document_kind: str
    number: str
    role: str = ""
    subject: str = ""

    @property
    def fingerprint(self) -> bytes:
        """Return what is equal for the same document."""
        return identities.fingerprint(self.document_kind, self.number)


@dataclass(frozen=True, slots=True)
class Listed:
    """Be an entry as the school's page shows it: its masked number, and how far she has come.

    `asked` tells that she teaches here on the platform, `verified` that the school confirmed her.
    """

    entry: RosterEntry
    number: str
    asked: bool
    verified: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page of a roster, and behind which entry the next one begins, where there is one."""

    rows: list[Listed]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Say how many stand in a roster, how many of them the school has confirmed."""

    listed: int
    verified: int


def read(typed: Line, *, at: datetime) -> Line:
    """Return a line in normal form; raise `people.refusals.Unacceptable` with every finding."""
    on = at.astimezone(periods.CHINA).date()
    found = identities.findings(
        name=typed.name, document_kind=typed.document_kind, number=typed.number, on=on
    )
    if found:
        raise people_refusals.Unacceptable(found)
    number = documents.normalise(typed.document_kind, typed.number)
    name = names.normalise(typed.name)
    return Line(name, typed.document_kind, number, typed.role.strip(), typed.subject.strip())


@transaction.atomic
def add(school: School, typed: Line, *, by: Person, at: datetime) -> RosterEntry:
    """Add one teacher by hand; raise `Unacceptable`, or `AlreadyListed` for one who is there."""
    line = read(typed, at=at)
    (identifier,) = add_all([(school.id, line)], at=at)
    if identifier is None:
        raise refusals.AlreadyListed
    subject = ("roster_entry", identifier)
    entries.record("roster_entry_added", subject=subject, by=by.id, at=at, path=school.path)
    return RosterEntry.objects.get(pk=identifier)


def add_all(
    lines: Sequence[tuple[UUID, Line]], *, at: datetime, source: Import | None = None
) -> list[UUID | None]:
    """Add lines to the rosters of these schools; return each entry's id, None for the listed."""
    if not lines:
        return []
    made = [ids.uuid7() for _line in lines]
    columns = [
        made,
        [school for school, _line in lines],
        *map(list, zip(*(_values(line) for _school, line in lines), strict=True)),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [at, source.id if source else None, *columns])
        kept = {row[0] for row in cursor.fetchall()}
    return [each if each in kept else None for each in made]


def end(entry: RosterEntry, *, by: Person, at: datetime) -> None:
    """End an entry; raise `EntryEnded` for one that is over. Verification is not touched."""
    with transaction.atomic():
        if not end_all(RosterEntry.objects.filter(pk=entry.pk), at=at):
            raise refusals.EntryEnded
        subject = ("roster_entry", entry.id)
        path = entry.school.path
        entries.record("roster_entry_ended", subject=subject, by=by.id, at=at, path=path)


def end_all(found: QuerySet[RosterEntry], *, at: datetime) -> int:
    """End all of these that still stand; return how many."""
    return found.filter(ended_at=None).update(ended_at=at)


def current(schools: Iterable[UUID]) -> QuerySet[RosterEntry]:
    """Return the entries that stand in the rosters of these schools."""
    return RosterEntry.objects.filter(school__in=list(schools), ended_at=None)


def page(school: School, *, text: str = "", after: UUID | None = None) -> Page:
    """Return a page of a school's roster by name, behind one entry; those whose name has `text`."""
    found = current([school.id]).filter(name__contains=text) if text else current([school.id])
    found = found.annotate(asked=_asked(), verified=_verified()).order_by("name", "id")
    last = RosterEntry.objects.filter(pk=after, school=school).first() if after else None
    if last:
        found = found.filter(Q(name__gt=last.name) | Q(name=last.name, id__gt=last.id))
    rows = list(found[: PAGE + 1])
    shown = [_shown(entry) for entry in rows[:PAGE]]
    return Page(shown, rows[PAGE - 1].id if len(rows) > PAGE else None)


def tally(school: School) -> Tally:
    """Return how many stand in a school's roster."""
    standing = current([school.id])
    return Tally(standing.count(), standing.filter(_verified()).count())


def find(held: list[Officer], entry_id: UUID) -> Listed | None:
    """Return an entry of the officer's branch with its school, or None outside of it."""
    seen = RosterEntry.objects.filter(scopes.roster_entries.visible(held), pk=entry_id)
    seen = seen.annotate(asked=_asked(), verified=_verified()).select_related("school")
    entry = seen.fetch_mode(FETCH_RAISE).first()
    return _shown(entry) if entry else None


def _values(line: Line) -> tuple[str, str, bytes, bytes, str, str]:
    sealed = identities.sealed(line.number)
    return line.name, line.document_kind, sealed, line.fingerprint, line.role, line.subject


def _posts() -> QuerySet[Post]:
    """Return the posts at an entry's school of whoever has given its number; for a query."""
    person = Identity.objects.filter(
        person=OuterRef("person"),
        until=None,
        number_fingerprint=OuterRef(OuterRef("number_fingerprint")),
    )
    return Post.objects.filter(Exists(person), school=OuterRef("school"), ended_at=None)


def _asked() -> Exists:
    return Exists(_posts())


def _verified() -> Exists:
    approved = Decision.objects.filter(
        verification__post=OuterRef("pk"),
        verification__withdrawn_at=None,
        outcome=Decision.Outcome.APPROVED,
    )
    return Exists(_posts().filter(Exists(approved)))


def _shown(entry: RosterEntry) -> Listed:
    number = masking.document_number(identities.opened(entry.number_sealed))
    return Listed(entry, number, getattr(entry, "asked", False), getattr(entry, "verified", False))
