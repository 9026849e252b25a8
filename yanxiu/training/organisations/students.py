"""Keep which students a school has: number, name and class, and nothing else of a minor.

An entry is added and ended, never changed. One number stands in one school's register at a time.
Rule: docs/rules/students.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import FETCH_RAISE, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from yanxiu.foundation import ciphers, ids
from yanxiu.training.organisations import student_refusals as no
from yanxiu.training.organisations.models import (
    Import,
    School,
    StudentCode,
    StudentEntry,
    StudentNumber,
)
from yanxiu.training.people import identities, masking, names, student_numbers
from yanxiu.training.people import refusals as people_refusals
from yanxiu.training.people.models import Person
from yanxiu.training.people.student_numbers import Finding
from yanxiu.training.trail import entries

PAGE, PURPOSE = 50, "student number"

_ADD = """
INSERT INTO organisations_studententry (
    id, school_id, name, "group", number_sealed, number_fingerprint, listed_at, source_id
)
SELECT id, %s, name, class, sealed, fingerprint, %s, %s::uuid
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bytea[], %s::bytea[])
    AS line (id, name, class, sealed, fingerprint)
ON CONFLICT (number_fingerprint) WHERE ended_at IS NULL DO NOTHING
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Be what a register says of a student; `group` is her class."""

    name: str
    number: str
    group: str = ""

    @property
    def fingerprint(self) -> bytes:
        """Return what is equal for the same number."""
        return fingerprint(self.number)


@dataclass(frozen=True, slots=True)
class Listed:
    """Be an entry as the school's page shows it: its masked number, and whether she has come."""

    entry: StudentEntry
    number: str
    has_account: bool
    code_until: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page of a register, and behind which entry the next one begins."""

    rows: list[Listed]
    after: UUID | None


def findings(name: str, number: str) -> dict[str, str]:
    """Return what is wrong with a line, a sentence for each field."""
    said = {
        Finding.MISSING: _("请填写学籍号。"),
        Finding.SHAPE: _("学籍号应为 19 位：字母 G、L 或 J，加 17 位数字，末位可为 X。"),
        Finding.CHECK_DIGIT: _("学籍号校验不通过，请核对最后一位。"),
    }
    wrong = student_numbers.read(number).finding
    found = {"name": identities.name_finding(name), "number": said[wrong] if wrong else ""}
    return {field: sentence for field, sentence in found.items() if sentence}


def read(typed: Line) -> Line:
    """Return a line in normal form; raise `people.refusals.Unacceptable` with every finding."""
    found = findings(typed.name, typed.number)
    if found:
        raise people_refusals.Unacceptable(found)
    number = student_numbers.read(typed.number).number
    return Line(names.normalise(typed.name), number, typed.group.strip())


@transaction.atomic
def add(school: School, typed: Line, *, by: Person, at: datetime) -> StudentEntry:
    """Add one student by hand; raise `Unacceptable`, `StudentListed` or `StudentElsewhere`."""
    line = read(typed)
    (identifier,) = add_all(school.id, [line], at=at)
    if identifier is None:
        is_here = current(school.id).filter(number_fingerprint=line.fingerprint).exists()
        raise no.StudentListed if is_here else no.StudentElsewhere
    subject = ("student_entry", identifier)
    entries.record("student_entry_added", subject=subject, by=by.id, at=at, path=school.path)
    return StudentEntry.objects.get(pk=identifier)


def add_all(
    school_id: UUID, lines: Sequence[Line], *, at: datetime, source: Import | None = None
) -> list[UUID | None]:
    """Add lines to a school's register; return each entry's id, None for whom some school lists."""
    made = [ids.uuid7() for _line in lines]
    columns: list[list[Any]] = [
        made,
        [line.name for line in lines],
        [line.group for line in lines],
        [sealed(line.number) for line in lines],
        [line.fingerprint for line in lines],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [school_id, at, source.id if source else None, *columns])
        kept = {row[0] for row in cursor.fetchall()}
    return [each if each in kept else None for each in made]


@transaction.atomic
def end(school: School, chosen: Q, *, by: Person, at: datetime) -> int:
    """End the chosen entries of a school and the codes of each; raise `StudentsGone` for none.

    Accounts stay: a student who leaves takes hers along.
    """
    gone = list(current(school.id).filter(chosen).values_list("pk", flat=True))
    count = StudentEntry.objects.filter(pk__in=gone, ended_at=None).update(ended_at=at)
    if not count:
        raise no.StudentsGone
    StudentCode.objects.filter(entry__in=gone, used_at=None).delete()
    detail: dict[str, object] = {"count": count}
    subject = ("school", school.id)
    entries.record(
        "student_entries_ended", subject=subject, by=by.id, at=at, detail=detail, path=school.path
    )
    return count


def current(school_id: UUID) -> QuerySet[StudentEntry]:
    """Return the entries that stand in a school's register."""
    return StudentEntry.objects.filter(school=school_id, ended_at=None)


def groups(school_id: UUID) -> list[tuple[str, int]]:
    """Return the classes of a school with how many students each has."""
    counted = current(school_id).values("group").annotate(count=Count("id")).order_by("group")
    return [(row["group"], row["count"]) for row in counted]


def page(
    school_id: UUID, *, group: str | None = None, text: str = "", after: UUID | None = None
) -> Page:
    """Return a page of a register by class and name, behind one entry."""
    found = current(school_id)
    if group is not None:
        found = found.filter(group=group)
    if text:
        found = found.filter(name__contains=text)
    last = StudentEntry.objects.filter(pk=after, school=school_id).first() if after else None
    if last:
        later = Q(group=last.group, name__gt=last.name)
        same = Q(group=last.group, name=last.name, id__gt=last.id)
        found = found.filter(Q(group__gt=last.group) | later | same)
    seen = found.annotate(has_account=_has_account(), code_until=_code_until())
    rows = list(seen.order_by("group", "name", "id").fetch_mode(FETCH_RAISE)[: PAGE + 1])
    return Page(
        [_shown(row) for row in rows[:PAGE]], rows[PAGE - 1].id if len(rows) > PAGE else None
    )


def name_of() -> Subquery:
    """Return the name by which a school lists the person of an account; for a query."""
    number = OuterRef("person__student_number__number_fingerprint")
    known = StudentEntry.objects.filter(number_fingerprint=number).order_by("-listed_at", "-id")
    return Subquery(known.values("name")[:1])


def fingerprint(number: str) -> bytes:
    """Return what is equal for the same number, in normal form."""
    return ciphers.fingerprint(number, purpose=PURPOSE)


def sealed(number: str) -> bytes:
    """Return a number so that only `opened` reads it."""
    return ciphers.seal(number.encode(), purpose=PURPOSE)


def opened(closed: bytes | memoryview) -> str:
    """Return the number that `sealed` has closed."""
    return ciphers.unseal(closed, purpose=PURPOSE).decode()


def _has_account() -> Exists:
    number = OuterRef("number_fingerprint")
    return Exists(StudentNumber.objects.filter(number_fingerprint=number))


def _code_until() -> Subquery:
    waiting = StudentCode.objects.filter(entry=OuterRef("pk"), used_at=None)
    return Subquery(waiting.values("expires_at")[:1])


def _shown(entry: StudentEntry) -> Listed:
    number = masking.document_number(opened(entry.number_sealed))
    has_account = bool(getattr(entry, "has_account", False))
    return Listed(entry, number, has_account, getattr(entry, "code_until", None))
