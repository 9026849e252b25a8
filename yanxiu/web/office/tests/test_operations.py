"""Show that whoever runs the platform sees the last hour, what is red, and what to do about it."""

import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import test_access
from yanxiu.foundation import clock, environment
from yanxiu.training.credits import findings
from yanxiu.training.credits.models import LedgerMark
from yanxiu.training.learning import history
from yanxiu.training.learning.models import Pulse
from yanxiu.training.learning.quantiles import BOUNDS_S
from yanxiu.training.reports import machine
from yanxiu.training.reports.health import Sign
from yanxiu.web.office import operation_words

TEN = timedelta(seconds=10)
NIGHTLY = (Sign.HOURS, Sign.CHECKED, Sign.BACKUP)


def said(at: datetime, process: int = 1, **changes: Any) -> Pulse:
    """Return what a process says of ten seconds of calm work."""
    commits = [0] * (len(BOUNDS_S) + 1)
    commits[3] = 100
    told: dict[str, Any] = {
        "over_ms": 10_000,
        "started_at": at - timedelta(hours=5),
        "place": f"host-{process}:4711",
        "beats": {"settled": 3_000},
        "refused": {"faster_than_time": 3},
        "faults": {},
        "commits": commits,
        "batches": 100,
        "waiting": 12,
        "beat_every_s": 30,
    }
    return Pulse(process_id=UUID(int=process), at=at, **(told | changes))


def an_hour(at: datetime, processes: int = 2, **last: Any) -> None:
    """Let processes have spoken for an hour, the last time with something else."""
    every = [
        said(at - TEN * turn, process, **(last if turn == 0 else {}))
        for process in range(1, processes + 1)
        for turn in range(360)
    ]
    Pulse.objects.bulk_create(every)


@pytest.fixture
def nation(country: None) -> Client:
    return test_access.client("nation")


def page(client: Client, query: str = "") -> str:
    answer = client.get(reverse("office_operations") + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def panel(told: str, code: str) -> str:
    return told.split(f'id="panel-{code}"')[1].split("</figure>", maxsplit=1)[0]


def test_every_sign_has_its_words() -> None:
    assert set(operation_words.WORDS) == set(Sign)


def test_an_hour_is_drawn_of_all_processes_together(nation: Client) -> None:
    an_hour(clock.now())
    told = page(nation)
    # Two processes with 3,000 beats in ten seconds each.
    assert '<b class="num">600</b> <span class="small soft">次/秒' in panel(told, "beats")
    assert '<b class="num">24</b>' in panel(told, "waiting")
    assert '<b class="num">10</b> <span class="small soft">毫秒' in panel(told, "commits")
    assert "看得比实际时间快 <b" in panel(told, "refused")
    assert told.count("<polyline") >= 6
    assert told.count("host-1:4711") == told.count("host-2:4711") == 1
    assert "<table" not in panel(told, "beats")


def test_the_numbers_stand_beside_the_charts_when_asked_for(nation: Client) -> None:
    an_hour(clock.now())
    told = panel(page(nation, "?tables=1"), "beats")
    assert told.count('<th scope="row"') == 12
    assert '<td class="figure">600</td>' in told


def test_it_is_fetched_anew_and_works_without_a_script(nation: Client) -> None:
    told = page(nation, "?tables=1")
    address = reverse("office_operations") + "?tables=1"
    assert f'hx-get="{address}" hx-trigger="every 10s"' in told
    assert f'href="{address}">刷新</a>' in told
    assert "数据截至" in told


def test_before_anything_was_said_the_page_says_so_and_what_to_do(nation: Client) -> None:
    told = page(nation)
    assert "这一小时没有数据" in panel(told, "beats")
    assert 'id="sign-processes"' in told
    assert "看服务器上 yanxiu serve 还在不在" in told


def test_what_is_red_stands_first_with_what_to_do(nation: Client) -> None:
    an_hour(clock.now(), waiting=900, beats={"settled": 1, "unsaved": 5}, faults={"busy": 2})
    told = page(nation)
    for sign in (Sign.SAVED, Sign.TURNED_AWAY, Sign.WAITING):
        assert f'id="sign-{sign}"' in told
        assert str(operation_words.WORDS[sign].act) in told
    assert "要处理" in panel(told, "waiting")
    assert "要处理" not in panel(told, "commits")


def test_hours_that_differ_and_a_late_backup_are_said_with_when(nation: Client) -> None:
    now = clock.now()
    an_hour(now)
    told = page(nation)
    assert "还没有过" in told
    assert "没有报告过" in told
    LedgerMark.objects.create(name=findings.NAME, at=now - timedelta(hours=3), found=0)
    (environment.var() / machine.BACKED_UP).touch()
    told = page(nation)
    assert "全部一致" in told
    assert not {f'id="sign-{sign}"' for sign in NIGHTLY if f'id="sign-{sign}"' in told}
    LedgerMark.objects.update(at=now - timedelta(hours=31), found=2)
    two_days_ago_s = (now - timedelta(days=2, minutes=1)).timestamp()
    os.utime(environment.var() / machine.BACKED_UP, (two_days_ago_s, two_days_ago_s))
    told = page(nation)
    assert "2 处不一致" in told
    for sign in NIGHTLY:
        assert f'id="sign-{sign}"' in told


def test_a_process_that_fell_silent_is_stopped(nation: Client) -> None:
    now = clock.now()
    Pulse.objects.bulk_create([said(now, 1), said(now - timedelta(minutes=2), 2)])
    told = page(nation)
    assert told.count("在运行</span>") == told.count("已停止</span>") == 1


def test_many_processes_cost_no_more_queries(nation: Client) -> None:
    asked = []
    for processes in (1, 20):
        Pulse.objects.all().delete()
        an_hour(clock.now(), processes)
        nation.get(reverse("office_operations"))
        with CaptureQueriesContext(connection) as seen:
            page(nation)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 12


@pytest.mark.django_db
def test_after_three_days_it_is_forgotten() -> None:
    now = clock.now()
    Pulse.objects.bulk_create([said(now), said(now - timedelta(days=4))])
    assert history.sweep(at=now) == 1
    assert Pulse.objects.get().at == now


@pytest.mark.django_db
def test_a_step_is_half_a_minute_and_the_last_one_ends_now() -> None:
    now = clock.now()
    Pulse.objects.bulk_create([said(now), said(now - TEN), said(now - timedelta(seconds=30))])
    told = history.moments(now)
    assert len(told) == 120
    assert told[-1].at == now
    assert [moment.beats.get("settled") for moment in told[-3:]] == [None, 3_000, 6_000]
    assert not told[0].is_told
