"""Read back what the processes that take beats have said of themselves: an hour, in even steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yanxiu.training.learning import quantiles
from yanxiu.training.learning.models import Pulse

SPAN, STEP = timedelta(hours=1), timedelta(seconds=30)
STEPS = SPAN // STEP
# Three times in a row it said nothing: a process is not taken for up any longer.
SILENT = timedelta(seconds=30)
KEPT = timedelta(days=3)

# Steps are counted back from now, so that each of them is whole; 0 is the oldest. What was said at
# its last instant belongs to a step, at its first to the one before.
_STEP = "ceil(extract(epoch FROM at - %(since)s) / %(step)s)::int - 1"
_COUNTS = f"""
SELECT {_STEP} AS step, kind, name, sum(number)
FROM learning_pulse, LATERAL (
  SELECT 'beats' AS kind, key AS name, value::bigint AS number FROM jsonb_each_text(beats)
  UNION ALL SELECT 'refused', key, value::bigint FROM jsonb_each_text(refused)
  UNION ALL SELECT 'faults', key, value::bigint FROM jsonb_each_text(faults)
  UNION ALL SELECT 'commits', (place - 1)::text, value::bigint
    FROM jsonb_array_elements_text(commits) WITH ORDINALITY AS each(value, place)
    WHERE value <> '0'
  UNION ALL SELECT 'batches', '', batches
) AS told
WHERE at > %(since)s AND at <= %(now)s
GROUP BY step, kind, name
"""  # noqa: S608 - only the expression above is put in
_LEVELS = f"""
SELECT step, sum(waiting)::int, max(beat_every_s)
FROM (
  SELECT {_STEP} AS step, process_id, max(waiting) AS waiting, max(beat_every_s) AS beat_every_s
  FROM learning_pulse WHERE at > %(since)s AND at <= %(now)s
  GROUP BY step, process_id
) AS each_process
GROUP BY step
"""  # noqa: S608 - only the expression above is put in
_PROCESSES = """
SELECT process_id, min(place), min(started_at), max(at)
FROM learning_pulse WHERE at > %(since)s AND at <= %(now)s
GROUP BY process_id ORDER BY max(at) DESC, min(started_at)
"""


@dataclass(slots=True)
class Moment:
    """Hold what all processes did together in one step of half a minute that ended at `at`.

    What is counted is counted by name; `commits` by the buckets of `quantiles.BOUNDS_S`.
    """

    at: datetime
    beats: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    commits: dict[int, int] = field(default_factory=dict)
    batches: int = 0
    waiting: int = 0
    beat_every_s: int = 0

    @property
    def is_told(self) -> bool:
        """Tell whether any process spoke in this step."""
        return self.beat_every_s > 0

    def commit_ms(self, share: float) -> float | None:
        """Return within how many milliseconds this share of the batches was on disk."""
        counts = [self.commits.get(place, 0) for place in range(len(quantiles.BOUNDS_S) + 1)]
        found = quantiles.of(counts, share)
        return None if found is None else found * 1_000


@dataclass(frozen=True, slots=True)
class Process:
    """Be a process that took beats within the hour: where, since when, and its last word."""

    id: UUID
    place: str
    started_at: datetime
    last_at: datetime
    is_up: bool


def moments(at: datetime) -> list[Moment]:
    """Return the last hour, the oldest step first; steps of which nobody spoke are empty."""
    since = at - SPAN
    found = [Moment(since + STEP * (place + 1)) for place in range(STEPS)]
    for step, kind, name, number in _rows(_COUNTS, at):
        moment = found[step]
        if kind == "batches":
            moment.batches += int(number)
        elif kind == "commits":
            moment.commits[int(name)] = int(number)
        else:
            getattr(moment, kind)[name] = int(number)
    for step, waiting, beat_every_s in _rows(_LEVELS, at):
        moment = found[step]
        moment.waiting, moment.beat_every_s = waiting, beat_every_s
    return found


def processes(at: datetime) -> list[Process]:
    """Return the processes that spoke within the hour, those that are up first."""
    return [
        Process(process_id, place, started_at, last_at, last_at > at - SILENT)
        for process_id, place, started_at, last_at in _rows(_PROCESSES, at)
    ]


def together(told: Sequence[Moment]) -> Moment:
    """Return several steps as one."""
    whole = Moment(told[-1].at)
    for moment in told:
        for kind in ("beats", "refused", "faults", "commits"):
            counted: dict[str | int, int] = getattr(whole, kind)
            for name, number in getattr(moment, kind).items():
                counted[name] = counted.get(name, 0) + number
        whole.batches += moment.batches
        whole.waiting = max(whole.waiting, moment.waiting)
        whole.beat_every_s = max(whole.beat_every_s, moment.beat_every_s)
    return whole


def sweep(*, at: datetime) -> int:
    """Delete what was said more than three days ago; return how many rows."""
    return Pulse.objects.filter(at__lt=at - KEPT).delete()[0]


def _rows(statement: str, at: datetime) -> Iterator[tuple[Any, ...]]:
    told: dict[str, Any] = {"since": at - SPAN, "now": at, "step": STEP.total_seconds()}
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        yield from cursor.fetchall()
