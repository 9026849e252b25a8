"""Show what was done in the branch in words, to those above too, and never a number."""

import re
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from tests import test_access
from tests.support import pages
from yanxiu.foundation import clock
from yanxiu.training.organisations import grants
from yanxiu.training.reports import acts
from yanxiu.training.trail import entries, words
from yanxiu.training.trail.models import Entry

pytestmark = pytest.mark.usefixtures("country")

TRAIL = reverse("office_trail")
# Eleven or eighteen digits in a row: a phone, a resident's number.
NUMBER = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dX])(?!\d)")


def shown(who: str, query: str = "") -> str:
    return pages.text(test_access.client(who).get(TRAIL + query))


def rows(who: str, query: str = "") -> str:
    return shown(who, query).partition("查找")[2]


def test_an_act_at_a_school_is_read_by_the_school_and_by_all_above() -> None:
    officer = test_access.account("officer")
    path = grants.held(officer.person_id, at=clock.now())[0].path
    subject = ("person", test_access.account("teacher").person_id)
    entries.record(
        "factors_reset", subject=subject, by=officer.person_id, at=clock.now(), path=path
    )
    for who in ("officer", "county", "deputy", "city", "province", "nation"):
        assert "周立新 重置了张晓岚的二次验证" in shown(who), who
    for who in ("sibling", "neighbour", "foreign", "abroad"):
        assert "重置了 张晓岚" not in shown(who), who


def test_what_belongs_to_no_branch_is_read_by_nobody() -> None:
    entries.record("registered", subject=("person", "x"), by=None, at=clock.now())
    for who in ("nation", "county"):
        assert "注册了账号" not in rows(who, "?since=2000-01-01")


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("?who=吴慧敏&what=right", "授权", "审核申请"),
        ("?what=verification", "审核", "授权"),
        ("?who=nobody", "没有符合条件的记录", "授权"),
    ],
)
def test_acts_are_narrowed_by_what_stands_in_the_address(
    query: str, found: str, missing: str
) -> None:
    text = rows("county", query)
    assert found in text
    assert missing not in text


def test_days_are_inclusive_and_in_their_order() -> None:
    today = clock.now().date()
    assert "没有符合条件" in rows("county", f"?since={today + timedelta(days=3)}")
    wrong = test_access.client("county").get(f"{TRAIL}?since=2026-02-02&until=2026-02-01")
    assert wrong.status_code == 400
    assert "开始日期晚于结束日期" in wrong.content.decode()


def test_pages_follow_one_another_in_order_of_time_without_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = grants.held(test_access.account("county").person_id, at=clock.now())
    monkeypatch.setattr(acts, "PAGE", 40)
    before, read, last = None, 0, None
    while True:
        page = acts.page(held, acts.Wanted(), before=before)
        assert page.rows == sorted(page.rows, key=lambda act: act.at, reverse=True)
        assert last is None or page.rows[0].at <= last
        read, last = read + len(page.rows), page.rows[-1].at
        if page.before is None:
            break
        before = page.before
    assert read == Entry.objects.filter(grants.branch(held)).count() > 80


def test_no_entry_holds_a_number_and_no_page_shows_one() -> None:
    assert not [each for each in Entry.objects.all() if NUMBER.search(str(each.detail))]
    assert not NUMBER.search(shown("nation"))


def test_every_sentence_can_be_said_with_nothing_known() -> None:
    assert all(words.told(verb, {}) for verb in words.SENTENCES)
    assert words.told("nobody wrote words for this", {}) == "做了一项操作"


def test_every_group_has_its_verbs_and_finds_them_all() -> None:
    assert all(words.verbs(group) for group in words.GROUPS)
    assert not words.verbs("invented")


@pytest.mark.parametrize(
    "statement", ["UPDATE trail_entry SET verb = 'x'", "DELETE FROM trail_entry"]
)
def test_an_entry_is_never_changed_by_whoever_serves_pages(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
