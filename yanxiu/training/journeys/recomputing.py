"""Rebuild every hour from its evidence, person by person, and name whatever differs.

Memory holds one batch of people, however many there are. What lines can set right is set right by
lines alone; everything else is named and left as it is. Rules: docs/rules/ledger.md.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import batched, islice
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.training.catalogue.models import Rulebook
from yanxiu.training.credits import (
    amendments,
    catalogued,
    findings,
    keeping,
    ledger,
    reckoning,
    ruling,
    walking,
)
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.models import AmendmentAnswer, LedgerMark
from yanxiu.training.credits.offered import Offered
from yanxiu.training.credits.reckoning import Difference, Done, Person, Watched, Written
from yanxiu.training.learning import coverage
from yanxiu.training.organisations.regions import NATION
from yanxiu.training.trail import entries

log = logging.getLogger(__name__)

# Rows that are being written may be half there: who earned within this time is looked at later.
SETTLED = timedelta(minutes=10)
# Who is looked at in one night, beside those of whom something was written.
A_NIGHT = 2_000_000
NOTED = "hours_differ"
# Whoever looks needs to know what is wrong and where; the log holds the others.
MOST = 200

_RANGE, _THESE = "person_id > %(after)s AND person_id <= %(last)s", "person_id = ANY(%(people)s)"
_WATCHED = """
SELECT person_id, lesson_id, media_version, covered::text FROM learning_coverage WHERE """
_DONE = """
SELECT person_id, lesson_id, media_version, completed_at, credited_s, identity_version
FROM learning_completion WHERE """
_WRITTEN = "SELECT number, mark, " + ", ".join(Line.__slots__)
_WRITTEN += " FROM credits_ledgerentry WHERE "
_CHANGED = "SELECT DISTINCT person_id FROM learning_completion WHERE completed_at >= %s"

type Asked = Mapping[str, Any]
type Confirmed = Mapping[UUID, Sequence[Line]]


def check(*, at: datetime) -> Iterator[Difference]:
    """Yield every difference of everybody, in the order of persons."""
    for stretch in walking.stretches():
        yield from _check(_RANGE, stretch.bounds, at)


def repair(*, at: datetime) -> int:
    """Add the lines that are missing; return how many. What lines cannot set right stays named."""
    added = 0
    for stretch in walking.stretches():
        found = _check(_RANGE, stretch.bounds, at)
        added += ledger.write(reckoning.lines(found))
    for book in Rulebook.objects.exclude(lowered={}).order_by("valid_from"):
        for lowered in ruling.lowered_by(book):
            for due in keeping.everybody(lowered, until=book.valid_from):
                added += keeping.keep(lowered, due, at=book.valid_from)
    return added


def watch(*, at: datetime, most: int = A_NIGHT, batch: int = walking.BATCH) -> list[Difference]:
    """Look at whom something was written of, and at a night's share of the others; raise the alarm.

    A line in the log for each difference, an entry in the trail for each person once.
    """
    mark = LedgerMark.objects.filter(pk=findings.NAME).first()
    found = list(_changed(mark.at - SETTLED, at)) if mark else []
    after = (mark.after if mark else None) or walking.NOBODY
    last: UUID | None = None
    for stretch in islice(walking.stretches(after=after, batch=batch), most // batch):
        found += _check(_RANGE, stretch.bounds, at)
        last = stretch.last if len(stretch.people) == batch else None
    once = list({each.said: each for each in found}.values())
    LedgerMark.objects.update_or_create(
        pk=findings.NAME, defaults={"at": at, "after": last, "found": len(once)}
    )
    for each in once:
        log.error("hours differ: %s", each.said)
    _alarm(once, at=at)
    return once


def _changed(since: datetime, at: datetime) -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [since])
        people = [row[0] for row in cursor.fetchall()]
    for some in batched(people, walking.BATCH, strict=False):
        yield from _check(_THESE, {"people": list(some)}, at)


def _check(whom: str, asked: Asked, at: datetime) -> list[Difference]:
    """Return the differences of some people; whoever seems to have one is read a second time.

    Her rows may have been written while they were read.
    """
    offered = catalogued.read()
    found = _reckoned(_read(whom, asked), offered, at)
    again = sorted({each.person_id for each in found})
    return _reckoned(_read(_THESE, {"people": again}), offered, at) if again else []


def _reckoned(people: Iterable[Person], offered: Offered, at: datetime) -> list[Difference]:
    every = (each for person in people for each in reckoning.check(person, offered))
    return [each for each in every if not (each.line and each.line.at > at - SETTLED)]


def _read(whom: str, asked: Asked) -> Iterator[Person]:
    """Yield each of these people with all that is stored of her hours."""
    watched, done, written = defaultdict(list), defaultdict(list), defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WATCHED + whom, asked)
        for person_id, lesson_id, version, covered in cursor.fetchall():
            watched[person_id].append(Watched(lesson_id, version, coverage.parse(covered)))
        cursor.execute(_DONE + whom, asked)
        for person_id, *row in cursor.fetchall():
            done[person_id].append(Done(*row))
        cursor.execute(_WRITTEN + whom, asked)
        for number, mark, *said in cursor.fetchall():
            line = Line(**dict(zip(Line.__slots__, said, strict=True)))
            written[line.person_id].append(Written(number, line, bytes(mark)))
    confirmed = _confirmed(whom, asked)
    for person_id in sorted({*watched, *done, *written, *confirmed}):
        yield Person(
            person_id,
            watched[person_id],
            done[person_id],
            written[person_id],
            confirmed.get(person_id, ()),
        )


def _confirmed(whom: str, asked: Asked) -> Confirmed:
    """Return the lines that confirmed amendments of these people deserve."""
    found: defaultdict[UUID, list[Line]] = defaultdict(list)
    offered = catalogued.read()
    mine = AmendmentAnswer.objects.filter(outcome=amendments.CONFIRMED)
    if whom == _RANGE:
        mine = mine.filter(
            amendment__person_id__gt=asked["after"], amendment__person_id__lte=asked["last"]
        )
    else:
        mine = mine.filter(amendment__person_id__in=asked["people"])
    for answer in mine.select_related("amendment"):
        line = amendments.line_of(answer.amendment, offered, by_id=answer.by_id, at=answer.at)
        found[line.person_id].append(line)
    return found


def _alarm(found: Sequence[Difference], *, at: datetime) -> None:
    by_person = {each.person_id: each for each in reversed(found)}
    some = dict(islice(by_person.items(), MOST))
    known = entries.known(NOTED, ("person", some))
    for person_id, each in some.items():
        if str(person_id) not in known:
            entries.record(
                NOTED,
                subject=("person", person_id),
                by=None,
                at=at,
                detail={"what": each.said},
                path=NATION,
            )
