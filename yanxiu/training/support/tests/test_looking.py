"""Show that the day's fifty hold whatever comes at once, and that looks are never taken back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.training.people import accounts
from yanxiu.training.support import looking, refusals
from yanxiu.training.support.looking import Facts
from yanxiu.training.support.models import Look


def test_searches_at_once_pass_no_limit(
    own_database: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "A_DAY", 3)
    at = clock.now()
    agent = accounts.open_for("13912345670", kind="teacher", at=at).person

    def search(index: int) -> str:
        facts = Facts(phone=f"139000000{index:02d}", name="王芳")
        try:
            looking.search(facts, by=agent, at=at)
        except (refusals.NobodyFits, refusals.TooManyPeople) as refused:
            return refused.code
        finally:
            connection.close()
        return "found"

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(search, range(8)))
    assert found == ["nobody_fits"] * 3 + ["too_many_people"] * 5
    assert Look.objects.filter(agent=agent).count() == 3
