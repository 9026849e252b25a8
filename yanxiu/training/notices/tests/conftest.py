"""Give the tests of notices somebody to tell, and an outbox of their own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from yanxiu.foundation import clock
from yanxiu.training.notices.tests import services
from yanxiu.training.notices.tests.services import Service
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account

type Texts = Callable[[], list[dict[str, str]]]


@pytest.fixture
def teacher(db: None) -> Account:
    return accounts.open_for("13912345678", kind="teacher", at=clock.now())


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Texts:
    """Return the text messages that have gone out."""
    monkeypatch.setenv("YANXIU_VAR", str(tmp_path))

    def read() -> list[dict[str, str]]:
        kept = tmp_path / "outbox" / "sms.jsonl"
        return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []

    return read


@pytest.fixture
def service() -> Iterator[Service]:
    with services.serving() as found:
        yield found
