"""Show whoever runs the platform how it runs: live charts of the last hour, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.credits.models import LedgerMark
from yanxiu.training.learning import history
from yanxiu.training.learning.history import Moment
from yanxiu.training.organisations import grants
from yanxiu.training.reports import health, machine
from yanxiu.training.reports.health import State
from yanxiu.training.reports.models import Roll
from yanxiu.web.office import operation_panels, operation_words
from yanxiu.web.shared import access

# What is judged is what happened in the last five minutes.
LATELY = timedelta(minutes=5) // history.STEP
NEARLY_ALL = 0.99


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold when what comes again and again was last done."""

    now: datetime
    roll: Roll | None
    check: LedgerMark | None
    backed_up_at: datetime | None


@require_safe
@access.office
def page(request: access.Office) -> HttpResponse:
    """Show the last hour and the present state; a script fetches it anew every ten seconds."""
    if not grants.operates(request.held):
        raise PermissionDenied
    now = clock.now()
    told, processes = history.moments(now), history.processes(now)
    database, jobs, standing = machine.database(), machine.jobs(now), _standing(now)
    red = health.red(_state(told, processes, database, jobs, standing))
    facts = {
        "now": now,
        "red": [(sign, operation_words.WORDS[sign]) for sign in red],
        "panels": operation_panels.every(told, red),
        "processes": processes,
        "database": database,
        "jobs": jobs,
        "standing": standing,
        "signs": set(red),
        "has_tables": request.GET.get("tables") == "1",
        "limits": health,
    }
    return render(request, "office/operations.html", facts)


def _standing(now: datetime) -> Standing:
    return Standing(now, machine.last_roll(), machine.last_check(), machine.last_backup())


def _state(
    told: Sequence[Moment],
    processes: Sequence[history.Process],
    database: machine.Database,
    jobs: machine.Jobs,
    standing: Standing,
) -> State:
    lately = history.together(told[-LATELY:])
    return State(
        processes=sum(each.is_up for each in processes),
        settled=lately.beats.get("settled", 0),
        unsaved=lately.beats.get("unsaved", 0),
        turned_away=lately.faults.get("busy", 0),
        waiting=lately.waiting,
        commit_ms=lately.commit_ms(NEARLY_ALL),
        beat_every_s=lately.beat_every_s,
        too_fast=lately.refused.get("faster_than_time", 0),
        connections=database.connections,
        most_connections=database.most_connections,
        workers=jobs.workers,
        job_wait_s=_age_s(jobs.oldest_at, told[-1].at) or 0,
        failed=jobs.failed,
        roll_age_s=_age_s(standing.roll.at if standing.roll else None, standing.now),
        hours_different=standing.check.found if standing.check else 0,
        check_age_s=_age_s(standing.check.at if standing.check else None, standing.now),
        backup_age_s=_age_s(standing.backed_up_at, standing.now),
    )


def _age_s(since: datetime | None, now: datetime) -> float | None:
    return (now - since).total_seconds() if since else None
