"""Run in the test itself what the code under test has handed to the `work` process."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

# Pages may add jobs and change none, so what has run is remembered here.
_ran: set[tuple[str, int]] = set()


def waiting() -> list[ProcrastinateJob]:
    """Return the jobs that were deferred and have not been run, the oldest first."""
    database = connection.settings_dict["NAME"]
    found = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return [job for job in found if (database, job.pk) not in _ran]


def run() -> list[str]:
    """Run all that waits, and what that hands on in turn; return the names in their order."""
    names = []
    while jobs := waiting():
        for job in jobs:
            _ran.add((connection.settings_dict["NAME"], job.pk))
            names.append(job.task_name)
            app.tasks[job.task_name](**job.args)
    return names
