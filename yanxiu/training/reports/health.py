"""Judge how the platform runs: which of its signs are red, so that somebody has to act.

Source of every number: docs/rules/running.md.
"""

import enum
from dataclasses import dataclass

# A batch holds so many beats; what waits beyond one batch is late.
MOST_WAITING = 512
# Above it players are asked to report less often.
MOST_COMMIT_MS = 200
# Twice the rhythm of the rulebook.
MOST_EVERY_S = 60
# A few clients that are faster than time are theirs; many at once are ours.
MOST_FAST_SHARE, FEW_BEATS = 0.05, 100
MOST_CONNECTIONS_SHARE = 0.8
MOST_JOB_WAIT_S = 300
MOST_ROLL_AGE_S = 120
# Every night, and some hours of patience; backups every night, and one may fail.
MOST_CHECK_AGE_S = 30 * 3_600
MOST_BACKUP_AGE_S = 48 * 3_600


class Sign(enum.StrEnum):
    """Name what is looked at, the gravest first."""

    PROCESSES = "processes"
    SAVED = "saved"
    TURNED_AWAY = "turned_away"
    WAITING = "waiting"
    COMMIT = "commit"
    RHYTHM = "rhythm"
    CLOCKS = "clocks"
    CONNECTIONS = "connections"
    WORKERS = "workers"
    JOBS = "jobs"
    FAILED = "failed"
    FIGURES = "figures"
    HOURS = "hours"
    CHECKED = "checked"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Hold what is known of the last minutes; None where nothing could be known."""

    processes: int
    settled: int
    unsaved: int
    turned_away: int
    waiting: int
    commit_ms: float | None
    beat_every_s: int
    too_fast: int
    connections: int
    most_connections: int
    workers: int
    job_wait_s: float
    failed: int
    roll_age_s: float | None
    hours_different: int
    check_age_s: float | None
    backup_age_s: float | None


def red(state: State) -> list[Sign]:
    """Return the signs that somebody has to act on, the gravest first."""
    found = {
        Sign.PROCESSES: not state.processes,
        Sign.SAVED: state.unsaved > 0,
        Sign.TURNED_AWAY: state.turned_away > 0,
        Sign.WAITING: state.waiting > MOST_WAITING,
        Sign.COMMIT: (state.commit_ms or 0) > MOST_COMMIT_MS,
        Sign.RHYTHM: state.beat_every_s > MOST_EVERY_S,
        Sign.CLOCKS: state.settled >= FEW_BEATS
        and state.too_fast > state.settled * MOST_FAST_SHARE,
        Sign.CONNECTIONS: state.connections > state.most_connections * MOST_CONNECTIONS_SHARE,
        Sign.WORKERS: not state.workers,
        Sign.JOBS: state.job_wait_s > MOST_JOB_WAIT_S,
        Sign.FAILED: state.failed > 0,
        Sign.FIGURES: (state.roll_age_s or 0) > MOST_ROLL_AGE_S,
        Sign.HOURS: state.hours_different > 0,
        Sign.CHECKED: (state.check_age_s or 0) > MOST_CHECK_AGE_S,
        Sign.BACKUP: (state.backup_age_s or 0) > MOST_BACKUP_AGE_S,
    }
    return [sign for sign in Sign if found[sign]]
