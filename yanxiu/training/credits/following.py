"""Follow what is completed into the ledger, in batches, exactly once, and catch up after a crash.

Completions are found by their instant; a mark says how far the ledger has come. Rules:
docs/rules/ledger.md.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from django.db import transaction

from yanxiu.training.credits import catalogued, keeping, ledger, reckoning
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.models import LedgerMark
from yanxiu.training.credits.offered import Offered
from yanxiu.training.learning.models import Completion

NAME = "completions"
# So many completions are written in one transaction.
BATCH = 1_000


def follow(*, at: datetime) -> int:
    """Write what was completed since the last time; return how many lines are new.

    What a transaction wrote may be seen later than its instant, so some minutes are looked at
    again; what is written already is left alone.
    """
    mark = LedgerMark.objects.filter(pk=NAME).first()
    since = mark.at - keeping.LATE if mark else None
    return sum(_follow(some, at) for some in _fresh(since, at)) + _mark(at)


def lines(done: Iterable[Completion], offered: Offered) -> list[Line]:
    """Return the lines that completions deserve; what no catalogue knows deserves none."""
    return [
        reckoning.award(each.person_id, _done(each), offered)
        for each in done
        if each.lesson_id in offered.lessons
    ]


def _fresh(since: datetime | None, at: datetime) -> Iterable[tuple[Completion, ...]]:
    found = Completion.objects.filter(completed_at__lte=at)
    if since:
        found = found.filter(completed_at__gte=since)
    ordered = found.order_by("completed_at", "person_id", "lesson_id")
    # A cursor of the server's: memory holds one batch, however long nobody followed.
    return batched(ordered.iterator(chunk_size=BATCH), BATCH, strict=False)


def _follow(some: tuple[Completion, ...], at: datetime) -> int:
    """Write one batch and note how far it leads, so that a kill loses no more than this."""
    with transaction.atomic():
        # Before the rules are read: whoever publishes new ones waits, or has ended.
        ledger.alone()
        written = ledger.write(lines(some, catalogued.read()))
        _mark(min(at, some[-1].completed_at))
    return written


def _done(row: Completion) -> reckoning.Done:
    return reckoning.Done(
        row.lesson_id, row.media_version, row.completed_at, row.credited_s, row.identity_version
    )


def _mark(at: datetime) -> int:
    LedgerMark.objects.update_or_create(pk=NAME, defaults={"at": at})
    return 0
