import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.training.people import codes, refusals
from yanxiu.training.people.models import Code

PHONE, OTHER = "13800138000", "13900139000"
NETWORK = "203.0.113.0/24"
NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)
PURPOSE = "sign_in"


def issue(
    at: datetime = NOW,
    *,
    phone: str = PHONE,
    network: str = NETWORK,
    purpose: str = PURPOSE,
    most: int = 100,
) -> str:
    return codes.issue(phone, purpose=purpose, network=network, limits=codes.Limits(most), at=at)


def take(code: str, at: datetime = NOW, *, phone: str = PHONE, purpose: str = PURPOSE) -> None:
    codes.take(phone, code, purpose=purpose, at=at)


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.django_db
def test_a_right_code_is_taken_once() -> None:
    code = issue()
    take(code)
    with pytest.raises(refusals.CodeExpired):
        take(code)


@pytest.mark.django_db
def test_a_code_can_be_taken_for_five_minutes_and_not_a_moment_longer() -> None:
    code = issue()
    with pytest.raises(refusals.CodeExpired):
        take(code, NOW + minutes(5))
    take(code, NOW + minutes(5) - timedelta(microseconds=1))


@pytest.mark.django_db
def test_after_five_wrong_codes_the_right_one_is_refused() -> None:
    code = issue()
    for left in (4, 3, 2, 1):
        with pytest.raises(refusals.WrongCode) as refused:
            take(another(code))
        assert refused.value.facts == {"left": left}
    for tried in (another(code), code):
        with pytest.raises(refusals.TooManyTries):
            take(tried)


@pytest.mark.django_db
def test_a_code_is_good_for_its_number_alone() -> None:
    code = issue()
    with pytest.raises(refusals.CodeExpired):
        take(code, phone=OTHER)
    if issue(phone=OTHER) != code:
        with pytest.raises(refusals.WrongCode):
            take(code, phone=OTHER)


@pytest.mark.django_db
def test_a_code_is_good_for_its_purpose_alone() -> None:
    code = issue()
    with pytest.raises(refusals.CodeExpired):
        take(code, purpose="rebind")
    take(code)


@pytest.mark.django_db
def test_a_fresh_code_ends_the_older_one() -> None:
    old = issue()
    new = issue(NOW + minutes(1))
    if old != new:
        with pytest.raises(refusals.WrongCode):
            take(old, NOW + minutes(1))
    take(new, NOW + minutes(1))


@pytest.mark.django_db
def test_no_code_is_written_down_as_it_is() -> None:
    code = issue()
    row = Code.objects.get()
    assert code.encode() not in bytes(row.fingerprint)
    assert len(row.fingerprint) == 32


@pytest.mark.django_db
def test_a_number_gets_one_code_a_minute() -> None:
    issue()
    with pytest.raises(refusals.TooSoon) as refused:
        issue(NOW + timedelta(seconds=17.2), network="198.51.100.0/24")
    assert refused.value.message == "验证码已发送，请 43 秒后再获取。"
    issue(NOW + minutes(1))


@pytest.mark.django_db
def test_a_number_gets_five_codes_an_hour() -> None:
    for count in range(5):
        issue(NOW + minutes(count * 2))
    with pytest.raises(refusals.TooMany) as refused:
        issue(NOW + minutes(10))
    assert refused.value.facts == {"minutes": 50}
    issue(NOW + minutes(60))


@pytest.mark.django_db
def test_a_number_gets_ten_codes_a_day() -> None:
    for count in range(10):
        issue(NOW + timedelta(hours=count))
    with pytest.raises(refusals.TooMany):
        issue(NOW + timedelta(hours=23))
    issue(NOW + timedelta(hours=24))


@pytest.mark.django_db
def test_a_code_is_forgotten_once_no_limit_looks_at_it() -> None:
    for count in range(10):
        issue(NOW + timedelta(hours=count))
    tomorrow = NOW + timedelta(hours=24)
    assert codes.sweep(at=tomorrow - timedelta(seconds=1)) == 0
    with pytest.raises(refusals.TooMany):
        issue(tomorrow - timedelta(seconds=1))
    assert codes.sweep(at=tomorrow) == 1, "the oldest"
    issue(tomorrow)
    with pytest.raises(refusals.TooMany):
        issue(tomorrow + timedelta(minutes=1))
    assert codes.sweep(at=tomorrow + timedelta(hours=24)) == 10
    assert not Code.objects.exists()


@pytest.mark.django_db
def test_a_network_gets_so_many_codes_an_hour_and_others_are_not_touched() -> None:
    for count in range(3):
        issue(phone=f"1380000000{count}", most=3)
    with pytest.raises(refusals.TooMany):
        issue(phone="13800000009", most=3)
    issue(phone="13800000009", network="198.51.100.0/24", most=3)
    issue(NOW + timedelta(hours=1), phone="13800000008", most=3)


@pytest.mark.django_db
def test_what_is_refused_is_neither_written_nor_sent(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    issue()
    with django_capture_on_commit_callbacks() as sent, pytest.raises(refusals.TooSoon):
        issue()
    assert sent == []
    assert Code.objects.count() == 1


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YANXIU_VAR", str(tmp_path))
    return tmp_path / "outbox"


@pytest.mark.django_db
def test_the_message_goes_out_once_the_code_is_kept(
    outbox: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        code = issue()
        assert not outbox.exists()
    line = json.loads((outbox / "sms.jsonl").read_text(encoding="utf-8"))
    assert line == {
        "to": PHONE,
        "purpose": PURPOSE,
        "code": code,
        "text": f"【智慧研修】验证码 {code}，5 分钟内有效。请勿告诉他人。",
        "at": NOW.isoformat(),
        "key": "",
    }


@pytest.mark.django_db
def test_a_message_that_cannot_go_out_is_told(
    outbox: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    outbox.write_text("no folder")
    with (
        pytest.raises(refusals.NotDelivered),
        django_capture_on_commit_callbacks(execute=True),
    ):
        issue()


def test_of_twenty_right_codes_at_once_one_is_taken(own_database: Scratch) -> None:
    code = issue()

    def act(_number: int) -> str:
        take(code)
        return "taken"

    assert crowds.together(20, act) == {"taken": 1, "code_expired": 19}


def test_of_twenty_requests_at_once_one_is_sent(own_database: Scratch) -> None:
    def act(number: int) -> str:
        issue(network=f"203.0.{number}.0/24")
        return "sent"

    assert crowds.together(20, act) == {"sent": 1, "sms_too_frequent": 19}


def test_twenty_wrong_guesses_at_once_are_five_tries(own_database: Scratch) -> None:
    code = issue()

    def act(number: int) -> str:
        take(f"{(int(code) + 1 + number) % 1_000_000:06d}")
        return "taken"

    assert crowds.together(20, act) == {"code_wrong": 4, "code_too_many_tries": 16}
    with pytest.raises(refusals.TooManyTries):
        take(code)
