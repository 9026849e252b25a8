"""Write the account of everybody's hours: lines are added, never changed.

A person's lines are numbered, and each is sealed together with the one before. Whatever was written
already is left alone, so that each writer may begin anew after a crash. Rules:
docs/rules/ledger.md.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction

from yanxiu.training.credits import chain
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.models import LedgerEntry
from yanxiu.training.people import identities

# A number of our own for the advisory lock: lines are numbered by one writer at a time.
LOCK = 7_305_002
AWARD = LedgerEntry.Kind.AWARD

_LAST = """
SELECT DISTINCT ON (person_id) person_id, number, mark
FROM credits_ledgerentry WHERE person_id = ANY(%s) ORDER BY person_id, number DESC
"""
_AWARDED = """
SELECT person_id, lesson_id FROM credits_ledgerentry
JOIN unnest(%s::uuid[], %s::uuid[]) AS wanted(person_id, lesson_id) USING (person_id, lesson_id)
WHERE kind = 'award'
"""


@transaction.atomic
def write(lines: Sequence[Line]) -> int:
    """Add those of the lines that are not there yet, in their order; return how many were added."""
    alone()
    fresh = _fresh(lines)
    ends = _ends({line.person_id for line in fresh})
    made = []
    for line in fresh:
        number, previous = ends.get(line.person_id, (0, chain.FIRST))
        number, mark = number + 1, chain.mark(previous, number + 1, line)
        ends[line.person_id] = number, mark
        made.append(_entry(line, number, mark))
    LedgerEntry.objects.bulk_create(made, batch_size=1_000)
    return len(made)


def alone() -> None:
    """Be the only one who writes lines or changes rules, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def amendments(people: Collection[UUID], training_ids: Collection[UUID]) -> list[LedgerEntry]:
    """Return the lines that change what these people's completions alone would say, in order."""
    found = LedgerEntry.objects.filter(person_id__in=people, training_id__in=training_ids)
    return list(found.exclude(kind=AWARD).order_by("person_id", "number"))


def of_course(person_id: UUID, course_id: UUID) -> list[LedgerEntry]:
    """Return all lines of a person's course in their order, each with its `actor`'s name."""
    found = LedgerEntry.objects.filter(person_id=person_id, course_id=course_id)
    return list(found.annotate(actor=identities.name_of("actor_id")).order_by("number"))


def line(entry: LedgerEntry) -> Line:
    """Return what an entry says."""
    return Line(**{name: getattr(entry, name) for name in Line.__slots__})


def _entry(line: Line, number: int, mark: bytes) -> LedgerEntry:
    said = {name: getattr(line, name) for name in Line.__slots__}
    return LedgerEntry(**said, number=number, mark=mark)


def _fresh(lines: Iterable[Line]) -> list[Line]:
    """Return the lines, each once, that nobody has written."""
    wanted = {_key(line): line for line in lines}
    known = _awarded([line for line in wanted.values() if line.kind == AWARD])
    known |= _caused([line for line in wanted.values() if line.kind != AWARD])
    return [line for key, line in wanted.items() if key not in known]


def _key(line: Line) -> tuple[UUID, object]:
    return line.person_id, line.lesson_id if line.kind == AWARD else line.cause


def _awarded(lines: list[Line]) -> set[tuple[UUID, object]]:
    if not lines:
        return set()
    with connection.cursor() as cursor:
        people, lessons = zip(*((line.person_id, line.lesson_id) for line in lines), strict=True)
        cursor.execute(_AWARDED, [list(people), list(lessons)])
        return set(cursor.fetchall())


def _caused(lines: list[Line]) -> set[tuple[UUID, object]]:
    if not lines:
        return set()
    found = LedgerEntry.objects.exclude(kind=AWARD).filter(
        person_id__in={line.person_id for line in lines}, cause__in={line.cause for line in lines}
    )
    return set(found.values_list("person_id", "cause"))


def _ends(people: Collection[UUID]) -> dict[UUID, tuple[int, bytes]]:
    """Return each person's last number and its mark."""
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(people)])
        return {person_id: (number, bytes(mark)) for person_id, number, mark in cursor.fetchall()}
