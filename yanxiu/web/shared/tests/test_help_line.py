"""Show that every page says whether somebody answers the telephone now, or when next."""

from datetime import datetime

import pytest
from django.test import Client

from yanxiu.foundation.periods import CHINA
from yanxiu.web.shared import help_line


@pytest.mark.parametrize(
    ("instant", "sentence"),
    [
        ("2025-07-21T09:00", "现在可以拨打，到 17:00"),
        ("2025-07-21T07:00", "今天 8:30 起可以拨打"),
        ("2025-07-21T17:00", "明天 8:30 起可以拨打"),
        ("2025-09-30T17:00", "10 月 9 日（周四） 8:30 起可以拨打"),
        ("2026-12-31T17:00", "2027 年 1 月 4 日（周一） 8:30 起可以拨打"),
    ],
)
def test_says_whether_now_or_when(instant: str, sentence: str) -> None:
    said = help_line.at(datetime.fromisoformat(instant).replace(tzinfo=CHINA))
    assert said.when == sentence
    assert said.hours == "工作日 8:30-17:00"


def test_it_stands_on_pages_and_on_errors(db: None) -> None:
    for address in ("/", "/nowhere/", "/sign-in/"):
        page = Client().get(address).content.decode()
        assert "客服电话" in page
        assert "可以拨打" in page
