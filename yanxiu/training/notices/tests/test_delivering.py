"""Show that what people are told goes out once, waits for the morning, and never blocks a deed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.foundation.periods import CHINA
from yanxiu.training.notices import delivering, groups, kinds, notes, preferences
from yanxiu.training.notices.groups import Way
from yanxiu.training.notices.models import Delivery, Notice
from yanxiu.training.notices.tests.services import Service
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account

type Texts = Callable[[], list[dict[str, str]]]

NOON = datetime(2025, 9, 15, 12, tzinfo=CHINA)
NIGHT = datetime(2025, 9, 15, 23, 30, tzinfo=CHINA)
MORNING = datetime(2025, 9, 16, 8, tzinfo=CHINA)
READY = {"training": "暑期研修"}
DYING = Path(__file__).with_name("dying.py")


def tell(account: Account, kind: str = "certificate_ready", *, at: datetime = NOON) -> Notice:
    changing = {"phone": "138****0000", "stop": "https://example.test/stop/x/"}
    facts = READY if kind == "certificate_ready" else changing
    notes.tell(account.person_id, kind, facts=facts, link="/me/", at=at)
    return Notice.objects.latest("at")


def test_goes_out_once(teacher: Account, texts: Texts) -> None:
    tell(teacher)
    assert texts() == [], "nothing goes out before the deed is done"
    assert delivering.deliver(at=NOON) == 1
    assert delivering.deliver(at=NOON + timedelta(hours=1)) == 0
    [line] = texts()
    assert line["to"] == "13912345678"
    assert line["text"] == "【智慧研修】“暑期研修”的证书可以领取了。"
    assert line["purpose"] == "certificate_ready"
    delivery = Delivery.objects.get()
    assert (delivery.outcome, delivery.done_at) == ("sent", NOON)
    assert line["key"] == str(delivery.pk)


def test_a_deed_undone_sends_nothing(teacher: Account, texts: Texts) -> None:
    with transaction.atomic():
        tell(teacher)
        transaction.set_rollback(True)
    assert delivering.deliver(at=NOON) == 0
    assert texts() == []


def test_waits_for_the_morning_unless_it_is_urgent(teacher: Account, texts: Texts) -> None:
    tell(teacher, at=NIGHT)
    tell(teacher, "phone_change_started", at=NIGHT)
    delivering.deliver(at=NIGHT)
    assert [line["purpose"] for line in texts()] == ["phone_change_started"]
    delivering.deliver(at=MORNING - timedelta(seconds=1))
    assert len(texts()) == 1
    delivering.deliver(at=MORNING)
    assert [line["purpose"] for line in texts()][1:] == ["certificate_ready"]


def test_what_was_read_meanwhile_rings_no_more(teacher: Account, texts: Texts) -> None:
    notice = tell(teacher, at=NIGHT)
    notes.read(teacher.person_id, notice.id, at=NIGHT)
    delivering.deliver(at=MORNING)
    assert texts() == []
    assert Delivery.objects.get().outcome == "needless"


def test_whoever_wants_no_texts_gets_none_but_what_safety_demands(
    teacher: Account, texts: Texts
) -> None:
    chosen = {group.code: frozenset[Way]() for group in groups.GROUPS}
    hours = (time(0), time(0))
    preferences.choose(teacher.person, chosen, hours, at=NOON)
    tell(teacher, at=NIGHT)
    notes.tell(teacher.person_id, "may_enrol", facts=READY, at=NOON)
    tell(teacher, "phone_change_started", at=NIGHT)
    delivering.deliver(at=NIGHT)
    assert [line["purpose"] for line in texts()] == ["phone_change_started"]
    shown = {each.kind for each in notes.page(teacher.person_id).rows}
    assert shown == {"certificate_ready", "phone_change_started"}, "what is a decision stays"
    tell(teacher, at=NIGHT)
    preferences.choose(teacher.person, {"certificate": frozenset({Way.TEXT})}, hours, at=NOON)
    tell(teacher, at=NIGHT)
    delivering.deliver(at=NIGHT)
    assert len(texts()) == 2, "she wants no quiet hours"


@pytest.mark.parametrize("status", [500, 429, 302])
def test_a_failing_gateway_is_tried_ever_more_rarely_and_given_up_visibly(
    status: int, teacher: Account, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANXIU_CARRIER", "yanxiu.foundation.carriers.Gateway")
    monkeypatch.setenv("YANXIU_CARRIER_URL", f"{service.address}/texts")
    service.answers = [status]
    tell(teacher, at=NOON + timedelta(hours=2))
    tried: list[datetime] = []
    while waiting := Delivery.objects.filter(done_at=None).first():
        at = waiting.due_at
        tried.append(at)
        assert delivering.deliver(at=at) == 1
        assert delivering.deliver(at=at) == 0, "it rests between two tries"
    gaps = [late - early for early, late in pairwise(tried)]
    assert tuple(gaps[:4]) == delivering.PAUSES[:4]
    assert gaps[4] == datetime(2025, 9, 16, 8, tzinfo=CHINA) - tried[4], "not before the morning"
    assert len(service.asked) == len(delivering.PAUSES) + 1
    assert {asked.headers["idempotency-key"] for asked in service.asked} == {
        str(Delivery.objects.get().pk)
    }
    [row] = notes.page(teacher.person_id).rows
    assert row.lost  # type: ignore[attr-defined]  # an annotation


def test_what_a_gateway_will_never_take_is_given_up_at_once(
    teacher: Account, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANXIU_CARRIER", "yanxiu.foundation.carriers.Gateway")
    monkeypatch.setenv("YANXIU_CARRIER_URL", f"{service.address}/texts")
    monkeypatch.setenv("YANXIU_CARRIER_TOKEN", "one of ours")
    service.answers = [400]
    tell(teacher)
    delivering.deliver(at=NOON)
    assert Delivery.objects.get().outcome == "failed"
    assert service.asked[0].headers["authorization"] == "Bearer one of ours"


def test_a_gateway_that_is_not_there_keeps_nobody_waiting(
    teacher: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANXIU_CARRIER", "yanxiu.foundation.carriers.Gateway")
    monkeypatch.setenv("YANXIU_CARRIER_URL", "http://127.0.0.1:9/texts")
    tell(teacher)
    delivering.deliver(at=NOON)
    delivery = Delivery.objects.get()
    assert (delivery.done_at, delivery.due_at) == (None, NOON + delivering.PAUSES[0])


def test_what_nobody_foresaw_is_an_alarm_and_holds_up_no_other(
    teacher: Account, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tell(teacher)
    sentences = {tell(teacher, at=NOON + timedelta(seconds=1)).pk: "好"}
    monkeypatch.setattr(delivering, "_sentence", lambda notice: sentences[notice.pk])
    with pytest.raises(KeyError):
        delivering.deliver(at=NOON + timedelta(minutes=1))
    assert [line["text"] for line in texts()] == ["【智慧研修】好"]
    left = Delivery.objects.get(done_at=None)
    assert (left.notice_id, left.why) == (broken.pk, "KeyError")


def test_old_news_are_not_sent(teacher: Account, texts: Texts) -> None:
    tell(teacher)
    delivering.deliver(at=NOON + delivering.STALE + timedelta(hours=1))
    assert texts() == []
    assert Delivery.objects.get().why == "stale"


def test_what_went_out_is_forgotten_after_a_month_and_what_failed_is_not(
    teacher: Account, texts: Texts
) -> None:
    failed = tell(teacher)
    delivering.deliver(at=NOON + delivering.STALE + timedelta(days=1))
    sent = tell(teacher, at=NOON + timedelta(minutes=1))
    delivering.deliver(at=NOON + timedelta(minutes=1))
    waiting = tell(teacher, at=NOON + timedelta(minutes=2))
    assert len(texts()) == 1
    assert delivering.sweep(at=NOON + timedelta(days=30)) == 0
    assert delivering.sweep(at=NOON + timedelta(days=60)) == 1
    kept = set(Delivery.objects.values_list("notice", flat=True))
    assert kept == {failed.pk, waiting.pk}
    assert Notice.objects.filter(pk=sent.pk).exists(), "the inbox keeps it"


def test_an_occasion_is_told_once(teacher: Account, texts: Texts) -> None:
    def told() -> int:
        return notes.tell_all(
            [teacher.person_id], "certificate_ready", facts=READY, once="season:7", at=NOON
        )

    assert [told(), told()] == [1, 0]
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)


def test_every_kind_belongs_to_one_group_and_what_is_fixed_has_its_reason() -> None:
    grouped = [kind for group in groups.GROUPS for kind in group.kinds]
    assert sorted(grouped) == sorted(kinds.SENTENCES)
    assert all(group.why for group in groups.GROUPS if group.fixed)


def test_many_processes_send_each_once(
    own_database: Scratch, texts: Texts, django_db_blocker: object
) -> None:
    at = clock.now()
    people = [accounts.open_for(f"139{n:08d}", kind="teacher", at=at) for n in range(60)]
    notes.tell_all([each.person_id for each in people], "certificate_ready", facts=READY, at=NOON)

    def work(_number: int) -> int:
        try:
            return sum(iter(lambda: delivering.deliver(at=NOON), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 60
    assert sorted(line["to"] for line in texts()) == sorted(each.phone for each in people)


def test_whoever_is_killed_between_sending_and_noting_sends_again_with_the_same_key(
    own_database: Scratch, texts: Texts, tmp_path: Path
) -> None:
    tell(accounts.open_for("13912345678", kind="teacher", at=clock.now()))
    environment = os.environ | {
        "YANXIU_ROLE": "work",
        "YANXIU_WORK_URL": own_database.web,
        "YANXIU_VAR": str(tmp_path),
        "YANXIU_CARRIER": "yanxiu.training.notices.tests.dying.Dying",
    }
    done = subprocess.run(
        [sys.executable, str(DYING), NOON.isoformat()],
        env=environment,
        cwd=Path.cwd(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(texts()) == 1
    assert delivering.deliver(at=NOON + timedelta(minutes=1)) == 0, "it might still be sending"
    assert delivering.deliver(at=NOON + delivering.LEASE) == 1
    assert delivering.deliver(at=NOON + timedelta(hours=5)) == 0
    first, second = texts()
    assert first["key"] == second["key"]


def test_telling_a_thousand_asks_as_often_as_telling_one(teacher: Account) -> None:
    def queries(people: list[Account]) -> int:
        with CaptureQueriesContext(connection) as seen:
            notes.tell_all([p.person_id for p in people], "certificate_ready", facts=READY, at=NOON)
        return len(seen)

    at = clock.now()
    many = [accounts.open_for(f"138{n:08d}", kind="teacher", at=at) for n in range(40)]
    assert queries([teacher]) == queries(many)


def test_what_is_urgent_goes_out_although_it_was_read(teacher: Account, texts: Texts) -> None:
    notice = tell(teacher, "phone_change_started")
    notes.read(teacher.person_id, notice.id, at=NOON)
    delivering.deliver(at=NOON)
    assert [line["purpose"] for line in texts()] == ["phone_change_started"]


def test_a_text_reaches_a_number_that_is_hers_no_more(teacher: Account, texts: Texts) -> None:
    facts = {"phone": "139****0000"}
    notes.text(teacher.person_id, "phone_changed", to="13800139999", facts=facts, at=NIGHT)
    delivering.deliver(at=NIGHT)
    assert [line["to"] for line in texts()] == ["13800139999"]
    assert notes.page(teacher.person_id).rows == [], "her inbox is told by itself"
