"""Print how fast officers' pages are with 100,000 teachers in 3,000 schools, beside an empty view.

`python -m bench.office [ROUNDS]`: the crowd is made once, in a folder that is kept
(`BENCH_VAR`, by default /tmp/yanxiu-bench-office). Pages are asked in the process, through all
middleware, signed in with a second factor; the empty view takes its turn in each round. Each page
is asked ROUNDS times (20). Says ✗ and ends with status 1 where a p95 is above 200 ms or a page
asks more than 12 queries. The pages of a school of 3,000 teachers, far larger than any, are printed
beside and decide nothing.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

VAR = Path(os.environ.get("BENCH_VAR", "/tmp/yanxiu-bench-office"))
os.environ |= {
    "YANXIU_VAR": str(VAR),
    "YANXIU_DEMO": "1",
    "YANXIU_LOG": "ERROR",
    "YANXIU_STATIC": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "DJANGO_SETTINGS_MODULE": "yanxiu.config.settings",
}

import django  # noqa: E402 - settings are read from the environment
from django.db import connection, connections  # noqa: E402 - likewise
from django.test import Client, override_settings  # noqa: E402 - likewise
from django.urls import NoReverseMatch, get_resolver, reverse  # noqa: E402 - likewise

from yanxiu.foundation import clock, postgres  # noqa: E402 - likewise

if TYPE_CHECKING:
    from yanxiu.training.organisations.models import School

MOST_MS, MOST_QUERIES = 200.0, 12
ROUNDS = 20
BEYOND = "3,000"
EMPTY = "an empty view"


@dataclass
class Page:
    """Be a page that somebody asks for, and what was measured of it."""

    who: str
    name: str
    url: str
    took_ms: list[float] = field(default_factory=list)
    queries: int = 0
    status: int = 0

    @property
    def p95_ms(self) -> float:
        """Return what nineteen of twenty answers stay below."""
        return statistics.quantiles(self.took_ms, n=20)[-1]

    @property
    def is_well(self) -> bool:
        """Tell whether it is as fast as promised."""
        return self.status < 500 and self.p95_ms <= MOST_MS and self.queries <= MOST_QUERIES

    def line(self) -> str:
        """Return the figures as one line of the table."""
        p50 = statistics.median(self.took_ms)
        sign = " " if self.is_well else ("·" if self.who == BEYOND else "✗")
        return (
            f"{sign} {self.who:<9} {self.name:<34} p50 {p50:>6.1f} ms   p95 {self.p95_ms:>6.1f} ms"
            f"   {self.queries:>2} queries   {self.status}"
        )


def main(rounds: int) -> int:
    """Make the crowd if need be, roll, ask every page; answer 0 when all is as promised."""
    VAR.mkdir(mode=0o711, exist_ok=True)
    VAR.chmod(0o711)
    with postgres.running():
        django.setup()
        _fill()
        _roll()
        with override_settings(ROOT_URLCONF="bench.office_urls", ALLOWED_HOSTS=["*"]):
            pages = list(_pages())
            empty = _measure(pages, rounds)
        # On a machine that does much else, what is measured is mostly the waiting for it.
        print(f"\n  load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"  {'':<9} {EMPTY:<34} p50 {statistics.median(empty):>6.1f} ms")
        for page in pages:
            print(page.line())
        counted = [page for page in pages if page.who != BEYOND]
        bad = [page for page in counted if not page.is_well]
        worst = max(page.p95_ms for page in counted)
        print(f"\n{len(counted)} pages, the slowest p95 {worst:.1f} ms; {len(bad)} not as promised")
        connections.close_all()
    return 1 if bad else 0


def _fill() -> None:
    """Make the demo country and the crowd, unless they are there."""
    from bench import crowd
    from tests.support.films import unfilmed
    from yanxiu.config import tables
    from yanxiu.training.cast import country
    from yanxiu.training.organisations.models import School
    from yanxiu.training.people.models import Account, Person

    tables.migrate()
    if country.is_empty():
        country.make(unfilmed)
    if not Account.objects.filter(phone=str(crowd.FIRST_PHONE + 1)).exists():
        began_s = time.perf_counter()
        owner = connections["owner"]
        owner.ensure_connection()
        crowd.fill(owner.connection, at=clock.now())
        print(f"made the crowd in {time.perf_counter() - began_s:.0f} s")
    print(f"{Person.objects.count():,} people, {School.objects.count():,} schools")


def _roll() -> None:
    """Bring the numbers up to date, everybody first, then only who changed; say what it costs."""
    from yanxiu.training.reports import rolling
    from yanxiu.training.reports.models import Figures, Roll, Standing

    with connection.cursor() as cursor:
        # Without the limits of a page, as the job runs.
        cursor.execute("SET statement_timeout = 0")
    for what in ("everybody", "who changed"):
        if what == "everybody":
            Roll.objects.all().delete()
        began_s, before = time.perf_counter(), _backend_kb()
        assert rolling.roll(at=clock.now()), "another roll is under way"
        took_s = time.perf_counter() - began_s
        rows = Standing.objects.count()
        print(
            f"rolled {what}: {took_s:.1f} s for {rows:,} standings"
            f" ({took_s * 100_000 / rows:.2f} s per 100,000), {Figures.objects.count():,} figures;"
            f" server process +{(_backend_kb() - before) // 1024} MB,"
            f" own {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
        )
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
    with connections["owner"].cursor() as cursor:
        # As autovacuum does within a minute.
        cursor.execute("ANALYZE reports_standing, reports_figures")


def _backend_kb() -> int:
    """Return the most memory that the server's process of this connection has held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def _pages() -> Iterator[Page]:
    """Give every page of the office as the officers of each level ask for it."""
    from bench import crowd
    from yanxiu.training.cast import signing_in
    from yanxiu.training.organisations.models import School

    _large_school()
    # The crowd's second school, with some 120 teachers.
    home = School.objects.filter(code__startswith="330106", code__gte="3301065001")
    nodes = {
        "nation": (signing_in.NATION, "000000"),
        "province": (signing_in.PROVINCE, "330000"),
        "city": (signing_in.CITY, "330100"),
        "county": (signing_in.COUNTY, "330106"),
        "school": (_serve(home.order_by("code")[0]), home.order_by("code")[0].code),
        BEYOND: (LARGE_OFFICER, crowd.BATCH_SCHOOL),
    }
    for who, (phone, code) in nodes.items():
        browser = _browser(phone)
        for name, url in _addresses(code):
            page = Page(who, name, url)
            page.took_ms = []
            BROWSERS[id(page)] = browser
            yield page


LARGE_OFFICER, SCHOOL_OFFICER = "13800009998", "13800009999"
BROWSERS: dict[int, Client] = {}


def _large_school() -> None:
    from bench import crowd
    from yanxiu.training.organisations.models import School

    _serve(School.objects.get(code=crowd.BATCH_SCHOOL), LARGE_OFFICER)


def _serve(school: "School", phone: str = SCHOOL_OFFICER) -> str:
    """Give a school an officer, unless she is there; return her phone."""
    from yanxiu.training.cast import casting, people, signing_in
    from yanxiu.training.organisations.models import Officer
    from yanxiu.training.people.models import Account

    if not Officer.objects.filter(school=school, person__account__phone=phone).exists():
        nation = Account.objects.select_related("person").get(phone=signing_in.NATION).person
        call = casting.Call(clock.now())
        people.appoint(casting.colleague(call, phone), school, by=nation, at=clock.now())
    return phone


def _browser(phone: str) -> Client:
    from tests.support.signing_in import sign_in
    from yanxiu.training.people.models import Account

    browser = Client()
    sign_in(browser, Account.objects.get(phone=phone))
    return browser


def _addresses(code: str) -> Iterator[tuple[str, str]]:
    """Give name and address of each page as a node's officer asks for it."""
    from yanxiu.training.reports.models import Standing

    node = {"slug": "season", "code": code}
    own = Standing.objects.filter(path__contains=code).order_by("path", "name", "person_id")
    rows = list(own[:50])
    found: list[tuple[str, str, dict[str, str]]] = [
        ("office_training_node", "", node),
        ("office_reminders", "", node),
        ("office_teachers", "?training=season&state=laggards&sort=least", {}),
        ("office_teachers", "?training=season&state=waiting", {}),
        ("office_teachers", "?training=season&q=王", {}),
        ("office_teachers", "?training=season&q=司马", {}),
        ("office_teachers", "?training=season&sort=name", {}),
        ("office_teachers", f"?training=season&after={rows[-1].person_id}", {}),
        ("office_teacher", "", {"person_id": str(rows[0].person_id)}),
    ]
    if len(code) == 6:
        found += [
            ("office_training_schools", "", node),
            ("office_training_schools", "?sort=laggards&q=小学", node),
        ]
    for name in _plain():
        yield name, reverse(name)
    for name, query, arguments in found:
        yield (
            f"{name} {query.removeprefix('?training=season')}".strip()[:34],
            (reverse(name, kwargs=arguments) + query),
        )


def _plain() -> list[str]:
    """Return the names of all pages of the office that need no object."""
    names = []
    for pattern in get_resolver().url_patterns:
        name = str(getattr(pattern, "name", ""))
        if name.startswith("office"):
            try:
                reverse(name)
            except NoReverseMatch:
                continue
            names.append(name)
    return names


def _measure(pages: list[Page], rounds: int) -> list[float]:
    """Ask each page in each round, and the empty view in turn with them; return its times."""
    empty: list[float] = []
    for turn in range(rounds + 1):
        for page in pages:
            browser = BROWSERS[id(page)]
            with _counting() as counted:
                began_s = time.perf_counter()
                answer = browser.get(page.url)
                took_ms = (time.perf_counter() - began_s) * 1_000
            page.status, page.queries = answer.status_code, len(counted)
            # What a process keeps in memory is there from the second time on.
            if turn:
                page.took_ms.append(took_ms)
        began_s = time.perf_counter()
        browser.get("/empty/")
        empty.append((time.perf_counter() - began_s) * 1_000)
    return empty


@contextmanager
def _counting() -> Iterator[list[str]]:
    asked: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401 - Django's hook
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield asked


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
