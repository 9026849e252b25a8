"""Read how the database and the jobs are: what an operator asks first when something is slow."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from yanxiu.foundation import environment
from yanxiu.training.credits import findings
from yanxiu.training.credits.models import LedgerMark
from yanxiu.training.reports.models import Roll

# Whatever makes backups touches this file once one is complete.
BACKED_UP = "backed-up"

# A worker says every five seconds that it lives; one that was silent for so long is dead.
SILENT = timedelta(seconds=20)

_DATABASE = """
SELECT pg_database_size(current_database()),
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
  current_setting('max_connections')::int,
  (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'learning_coverage'::regclass),
  pg_postmaster_start_time()
"""
_JOBS = """
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, %(now)s) <= %(now)s),
  count(*) FILTER (WHERE status = 'doing'),
  count(*) FILTER (WHERE status = 'failed'),
  (SELECT min(coalesce(j.scheduled_at, e.at)) FROM procrastinate_jobs j
   JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
   WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) <= %(now)s),
  (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %(alive)s)
FROM procrastinate_jobs
"""


@dataclass(frozen=True, slots=True)
class Database:
    """Hold how large the database is, how many are connected, and since when it runs."""

    size_bytes: int
    connections: int
    most_connections: int
    lessons_begun: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Jobs:
    """Count the jobs, and since when the oldest of those waits that could run."""

    waiting: int
    running: int
    failed: int
    oldest_at: datetime | None
    workers: int


def database() -> Database:
    """Return how the database is; how many lessons were begun is its own estimate."""
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE)
        [row] = cursor.fetchall()
    return Database(*row)


def jobs(at: datetime) -> Jobs:
    """Return how the jobs are."""
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, {"now": at, "alive": at - SILENT})
        [row] = cursor.fetchall()
    return Jobs(*row)


def last_roll() -> Roll | None:
    """Return the newest run that brought the officers' numbers up to date."""
    return Roll.objects.order_by("-at").first()


def last_check() -> LedgerMark | None:
    """Return when all hours were last compared with their evidence, and how many differed."""
    return LedgerMark.objects.filter(pk=findings.NAME).first()


def last_backup() -> datetime | None:
    """Return when a backup last said that it was complete; None where none ever did."""
    try:
        touched_s = (environment.var() / BACKED_UP).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(touched_s, UTC)
