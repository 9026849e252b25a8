"""Approve teachers one by one and many at once, and count time and statements of both."""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import crowd
from tests.support.films import unfilmed
from tests.support.signing_in import sign_in
from yanxiu.foundation import clock, postgres
from yanxiu.training.cast import casting, country, people, signing_in
from yanxiu.training.journeys import batches, verifying
from yanxiu.training.organisations import grants, waiting
from yanxiu.training.organisations.models import Batch, School
from yanxiu.training.people.models import Account, Person

MANY, SINGLY = 3_000, 100
WANTED_S = 5.0


class Counted:
    """Count the statements that pass through the connection, and the seconds that pass.

    `cpu_s` is what this process and its database backend have used: on a busy machine less.
    """

    def __init__(self) -> None:
        """Begin now."""
        self.queries = 0
        self.cpu_s = -_cpu_s()
        self.took_s = -time.perf_counter()

    def end(self) -> None:
        """Stop the clocks."""
        self.took_s += time.perf_counter()
        self.cpu_s += _cpu_s()

    def __call__(self, execute: Callable[..., object], *arguments: Any) -> object:  # noqa: ANN401 - Django's own
        """Let a statement pass."""
        self.queries += 1
        return execute(*arguments)


def main(teachers: int) -> None:
    """Measure both ways; exit with an error where the batch took too long or left anybody out."""
    call_command("collectstatic", interactive=False, verbosity=0)
    country.make(unfilmed)
    crowd.BATCH = MANY + SINGLY
    with psycopg.connect(postgres.owner_url()) as owner:
        crowd.fill(owner, at=clock.now(), teachers=teachers)
    officer = _officer()
    single, (many, approved) = _one_by_one(officer), _at_once(officer)
    times = MANY // SINGLY
    one_s = single.took_s * times
    print(
        f"one by one  {one_s:>7.1f} s   {single.queries * times:>7,} queries"
        f"   ({SINGLY} measured, times {times})",
        f"at once     {many.took_s:>7.1f} s   {many.queries:>7,} queries   {approved:,} approved,"
        f" {many.cpu_s:.1f} s of CPU",
        f"ratio       {one_s / many.took_s:>7.1f}     (wanted: {WANTED_S:.0f} s at most)",
        sep="\n",
    )
    if approved != MANY or many.took_s > WANTED_S:
        sys.exit("too slow, or somebody was left out")


def _officer() -> Person:
    """Appoint an officer of the school where all of them wait."""
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    school = School.objects.get(code=crowd.BATCH_SCHOOL)
    officer = casting.colleague(casting.Call(clock.now()), "13800059999")
    return people.appoint(officer, school, by=county, at=casting.FOUNDED_AT)


def _one_by_one(officer: Person) -> Counted:
    held = grants.held(officer.id, at=clock.now())
    asked = list(waiting.matches(held, by=officer, at=clock.now())[:SINGLY])
    with _counted() as counted:
        for each in asked:
            verifying.approve(each, held=held, by=officer, at=clock.now())
    return counted


def _at_once(officer: Person) -> tuple[Counted, int]:
    """Confirm the page for all matches, and return what it took and how many it approved."""
    browser = Client(headers={"host": "localhost"})
    sign_in(browser, Account.objects.get(person=officer))
    shown = browser.get("/office/verifications/batches/?matching=1").content.decode()
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    with _counted() as counted:
        answer = browser.post("/office/verifications/batches/", form)
    batch = Batch.objects.get(pk=answer["Location"].split("/")[-2])
    return counted, batches.done(batch)


@contextmanager
def _counted() -> Iterator[Counted]:
    counted = Counted()
    with connection.execute_wrapper(counted):
        yield counted
    counted.end()


def _cpu_s() -> float:
    """Return the CPU time of this process and its backend; source: proc(5), fields 14 and 15."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
