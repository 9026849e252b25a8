"""Run the jobs: what `yanxiu work` is. Several may run side by side, on as many machines.

A process that cannot go on ends and is started again by whoever watches it; whatever it had begun
is taken up by the next one, for every job can be repeated.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from procrastinate import App
from procrastinate.contrib.django import app, utils
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from yanxiu.config import beside as keeping
from yanxiu.training.journeys import jobs

# How many jobs of each queue run at once. Signing, counting and looking never wait
# behind an import.
ABREAST = {jobs.QUICK: 2, jobs.LOOKS: 2, jobs.LONG: 2, jobs.PAPERS: 1, jobs.MAIL: 2}
# Seconds. A process that has not beaten for STALLED_S is dead; one looks for its jobs every LOOK_S,
# so that they go on within half a minute.
BEAT_S, STALLED_S, LOOK_S = 5, 20, 5
# Seconds. How long a polite stop waits for running jobs; an import goes on where it was.
GRACE_S = 8
MOST_CONNECTIONS = 10


def run(*, beside: bool) -> None:
    """Work until told to stop; with `beside` also until standard input ends, as its parent does.

    Exits with status 1 where the database is lost.
    """
    if not asyncio.run(_run(beside=beside)):
        sys.exit(1)


async def _run(*, beside: bool) -> bool:
    """Return whether the end was asked for."""
    stop = _stop(beside=beside)
    connector = PsycopgConnector(
        kwargs=utils.connector_params(), min_size=1, max_size=MOST_CONNECTIONS
    )
    app.perform_import_paths()  # type: ignore[no-untyped-call]  # its library has no types
    # The jobs themselves defer through Django, in the transactions of their verbs.
    async with app.with_connector(connector).open_async() as own:
        workers = [_worker(own, queue) for queue in ABREAST]
        running = [asyncio.create_task(worker.run()) for worker in workers]  # type: ignore[no-untyped-call]  # its library has no types
        looking = asyncio.create_task(_look(own))
        asked = asyncio.create_task(stop.wait())
        await asyncio.wait([*running, looking, asked], return_when=asyncio.FIRST_COMPLETED)
        looking.cancel()
        await _end(own, workers, running)
    asked.cancel()
    return stop.is_set()


def _worker(own: App, queue: str) -> Worker:
    return Worker(
        own,
        queues=[queue],
        name=queue,
        concurrency=ABREAST[queue],
        install_signal_handlers=False,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
        update_heartbeat_interval=BEAT_S,
        stalled_worker_timeout=STALLED_S,
        task_middleware=own.worker_defaults.get("task_middleware"),
    )


def _stop(*, beside: bool) -> asyncio.Event:
    """Return what is set when the process shall end."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    if beside:
        keeping.ends_with_its_parent()
    return stop


async def _look(own: App) -> None:
    """Take up, again and again, what dead processes have left."""
    while True:
        await retake(own)
        await asyncio.sleep(LOOK_S)


async def retake(own: App) -> None:
    """Let the jobs of dead processes begin anew; several processes may do so at once."""
    for job in await own.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
        try:
            await _renew(own, job)
        except ConnectorException:
            # Another process was faster.
            continue


async def _renew(own: App, job: Job) -> None:
    if job.queue in {jobs.LOOKS, jobs.LONG}:
        await own.job_manager.retry_job(job)
    else:
        # What comes back by itself in a moment need not be repeated.
        await own.job_manager.finish_job(job, Status.FAILED, delete_job=True)


async def _end(own: App, workers: Sequence[Worker], running: Sequence[asyncio.Task[None]]) -> None:
    """Stop the workers; jobs that take longer than the grace are left to the next process."""
    for worker in workers:
        worker.stop()  # type: ignore[no-untyped-call]  # its library has no types
    _done, late = await asyncio.wait(running, timeout=GRACE_S)
    if not late:
        return
    try:
        for worker in workers:
            if worker.worker_id is not None:
                await own.job_manager.unregister_worker(worker.worker_id)
    finally:
        # Threads cannot be stopped; the server rolls their transactions back.
        os._exit(1)
