"""Show that a job is deferred with the deed that needs it, or not at all."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from tests.support import jobs as deferred
from yanxiu.training.journeys import jobs

pytestmark = pytest.mark.django_db


def test_a_deed_undone_leaves_no_job() -> None:
    with transaction.atomic():
        jobs.start("papers")
        transaction.set_rollback(True)
    assert deferred.waiting() == []


def test_a_job_keeps_its_subject() -> None:
    number = str(uuid4())
    jobs.start("import", import_id=number)
    (job,) = deferred.waiting()
    assert (job.task_name, job.args, job.queue_name) == ("import", {"import_id": number}, "long")


def test_two_runs_of_one_import_wait_for_each_other() -> None:
    number = str(uuid4())
    jobs.start("import", import_id=number)
    jobs.start("import", import_id=number)
    assert {job.lock for job in deferred.waiting()} == {f"import:{number}"}


def test_asking_twice_for_papers_is_no_error() -> None:
    jobs.start("papers")
    jobs.start("papers")
    assert len(deferred.waiting()) == 2


def test_a_job_that_nobody_does_is_refused() -> None:
    with pytest.raises(TaskNotFound):
        jobs.start("gardening")


def test_pages_may_add_jobs_and_change_none() -> None:
    jobs.start("papers")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET args = '{}'")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert ProcrastinateJob.objects.count() == 1
