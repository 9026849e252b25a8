"""Keep for a month what doubts are found from: who was lent which lease, and when who watched.

Nothing here is on the way of a beat: leases are noted by the page that lends them, watching is seen
by samples of the rows that beats leave anyway. Networks are no evidence: schools share one.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from yanxiu.foundation import ciphers, periods
from yanxiu.training.integrity import rules
from yanxiu.training.integrity.models import Lending, Presence

KEPT = timedelta(days=30)
# Less than this left is nothing left: an honest viewer keeps her ten seconds of grace.
SHORT_MS = 1_000
BATCH = 10_000

_SAMPLE = """
INSERT INTO integrity_presence AS kept (person_id, "on", seen, short, several)
SELECT held.person_id, %(on)s, slot.one,
  CASE WHEN held.balance_ms < %(short_ms)s THEN slot.one ELSE '{}' END,
  CASE WHEN (
    SELECT count(*) FROM learning_coverage moved
    WHERE moved.person_id = held.person_id AND moved.touched_at >= %(just)s
  ) >= %(several)s THEN slot.one ELSE '{}' END
FROM learning_allowance held,
  (SELECT int4multirange(int4range(%(begin)s, %(end)s)) AS one) AS slot
WHERE held.at >= %(since)s AND held.at <= %(until)s
ON CONFLICT (person_id, "on") DO UPDATE SET seen = kept.seen + excluded.seen,
  short = kept.short + excluded.short, several = kept.several + excluded.several
"""


def lend(
    person_id: UUID, training_id: UUID, lesson_id: UUID, *, player: str, mark: str, at: datetime
) -> None:
    """Note that a lease was lent; `mark` is what the browser keeps, "" where it keeps nothing."""
    Lending.objects.create(
        person_id=person_id,
        training_id=training_id,
        lesson_id=lesson_id,
        player=player,
        device=ciphers.fingerprint(mark, purpose="lending") if mark else None,
        at=at,
    )


def sample(*, at: datetime) -> int:
    """Note who has been watching in the ten minutes that have ended; again changes nothing."""
    local = at.astimezone(periods.CHINA).replace(second=0, microsecond=0)
    ended = local - timedelta(minutes=local.minute % rules.SAMPLE_MIN)
    since = ended - timedelta(minutes=rules.SAMPLE_MIN)
    begin = since.hour * 60 + since.minute
    facts: dict[str, Any] = {
        "on": since.date(),
        "since": since,
        "until": at,
        "begin": begin,
        "end": begin + rules.SAMPLE_MIN,
        "just": at - timedelta(seconds=rules.SEVERAL_WITHIN_S),
        "short_ms": SHORT_MS,
        "several": rules.SEVERAL_LESSONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAMPLE, facts)
        return int(cursor.rowcount)


def sweep(*, at: datetime) -> int:
    """Throw away evidence that is older than a month; doubts keep what they were found from."""
    old = (at - KEPT).astimezone(periods.CHINA).date()
    return _sweep_lendings(at - KEPT) + _sweep_presences(old)


def _sweep_lendings(until: datetime) -> int:
    gone = 0
    while found := list(Lending.objects.filter(at__lt=until).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            gone += Lending.objects.filter(pk__in=found).delete()[0]
    return gone


def _sweep_presences(until: date) -> int:
    return int(Presence.objects.filter(on__lt=until).delete()[0])
