"""Show that a page speaks the language that its reader has chosen, and keeps where she was."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.support import signing_in
from yanxiu.foundation import dates, facts
from yanxiu.foundation.periods import CHINA
from yanxiu.training.people import accounts, languages
from yanxiu.training.people.models import Account
from yanxiu.training.trail.models import Entry

NOON = datetime(2025, 7, 20, 12, tzinfo=CHINA)
ENGLISH = '<html lang="en"'
CHINESE = '<html lang="zh-CN"'


@pytest.fixture
def teacher(db: None) -> Account:
    return accounts.open_for("13912345678", kind="teacher", at=NOON)


def page(client: Client, accepts: str = "") -> str:
    headers = {"Accept-Language": accepts} if accepts else {}
    return client.get(reverse("verify"), headers=headers).content.decode()


def choose(client: Client, language: str, onward: str = "/verify/?number=1") -> int:
    answer = client.post(reverse("language"), {"language": language, "next": onward})
    assert answer.status_code != 303 or answer.headers["Location"] == onward
    return answer.status_code


@pytest.mark.django_db
def test_chinese_is_the_usual_language_and_english_a_wish() -> None:
    browser = Client()
    assert CHINESE in page(browser)
    assert CHINESE in page(browser, "zh-CN,zh;q=0.9,en;q=0.8")
    assert CHINESE in page(browser, "en-US,zh-TW;q=0.2"), "whoever reads Chinese gets the original"
    assert CHINESE in page(browser, "de,fr;q=0.8")
    assert ENGLISH in page(browser, "en-GB,de;q=0.8")
    assert CHINESE in page(browser, "en;q=x,,\x7f")


@pytest.mark.django_db
def test_a_place_may_leave_browsers_alone(settings: Settings) -> None:
    settings.YANXIU_FOLLOW_BROWSER = False
    assert CHINESE in page(Client(), "en")


@pytest.mark.django_db
def test_a_choice_keeps_the_page_and_stands_against_the_browser() -> None:
    browser = Client()
    assert choose(browser, "en") == 303
    assert ENGLISH in page(browser, "zh-CN")
    assert choose(browser, "zh-hans") == 303
    assert CHINESE in page(browser, "en")
    assert choose(browser, "tlh") == 400
    answer = browser.post(reverse("language"), {"language": "en", "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 303), ("none", 303), ("cross-site", 400)]
)
def test_no_other_site_chooses(site: str, status: int) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/language/", {"language": "en"}, headers={"sec-fetch-site": site})
    assert answer.status_code == status
    assert bool(answer.cookies) == (status == 303)


def test_no_cache_mixes_languages() -> None:
    answer = Client().get(reverse("verify"), headers={"Accept-Language": "en"})
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    assert answer.headers["Content-Language"] == "en"


def test_the_account_carries_a_choice_to_every_browser(teacher: Account) -> None:
    desk, phone = Client(), Client()
    signing_in.sign_in(desk, teacher)
    signing_in.sign_in(phone, teacher)
    choose(desk, "en")
    choose(desk, "en")
    assert ENGLISH in page(desk)
    assert ENGLISH in page(phone), "this browser has no cookie of its own"
    assert Entry.objects.filter(verb="language_chosen").count() == 1
    with pytest.raises(LookupError):
        languages.choose(teacher, "tlh", at=NOON)


def test_days_stand_in_the_order_of_the_language(teacher: Account) -> None:
    assert (dates.day(NOON), dates.whole_day(NOON)) == ("7 月 20 日", "2025 年 7 月 20 日")
    teacher.language = "en"
    with languages.speaking(teacher):
        assert (dates.day(NOON), dates.whole_day(NOON)) == ("20 Jul", "20 Jul 2025")
        assert facts.spoken(facts.kept(NOON)) == "20 Jul 2025 12:00"
        assert facts.spoken("听涛小学") == "听涛小学"
