"""Show that a person finds what she was told, and that only she puts it aside."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import signing_in
from tests.support.pages import text
from yanxiu.foundation import clock
from yanxiu.training.cast import signing_in as sign_ins
from yanxiu.training.notices import notes
from yanxiu.training.notices.models import Notice
from yanxiu.training.people.models import Account

INBOX = "/me/notices/"


@pytest.fixture
def fresh(country: None) -> Account:
    """Give somebody who was never told anything."""
    return Account.objects.get(phone=sign_ins.FRESH)


@pytest.fixture
def browser(fresh: Account) -> Client:
    client = Client()
    signing_in.sign_in(client, fresh)
    return client


def tell(account: Account, school: str = "一小", *, minutes: int = 0, link: str = "") -> Notice:
    at = clock.now() + timedelta(minutes=minutes)
    notes.tell(account.person_id, "post_ended", facts={"school": school}, link=link, at=at)
    return Notice.objects.latest("at", "id")


def test_an_empty_inbox_says_what_will_come(browser: Client) -> None:
    assert "还没有消息" in text(browser.get(INBOX))
    assert 'class="badge"' not in browser.get("/").content.decode()


def test_what_is_unread_is_counted_on_every_page(fresh: Account, browser: Client) -> None:
    tell(fresh)
    tell(fresh, "二小", minutes=1)
    for address in ("/", "/me/", "/channel/", INBOX):
        assert "2 条未读" in browser.get(address).content.decode(), address


def test_looking_reads_nothing_and_a_press_reads_all(fresh: Account, browser: Client) -> None:
    tell(fresh)
    browser.get(INBOX)
    page = browser.get(INBOX).content.decode()
    assert "1 条未读" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    tell(fresh, "二小", minutes=1)
    answer = browser.post(INBOX, {"seen": seen[1]}, follow=True)
    assert "1 条未读" in text(answer), "what came after the page was shown stays unread"


def test_a_notice_leads_on_and_is_read(fresh: Account, browser: Client) -> None:
    notice = tell(fresh, link=reverse("information"))
    answer = browser.post(INBOX, {"notice": notice.id})
    assert (answer.status_code, answer["Location"]) == (303, reverse("information"))
    assert "都已读过" in text(browser.get(INBOX))


def test_anothers_notice_stays_unread_and_unseen(fresh: Account, browser: Client) -> None:
    other = Account.objects.get(phone=sign_ins.READY)
    notice = tell(other, "别人的学校", link=reverse("my_school"))
    assert browser.post(INBOX, {"notice": notice.id})["Location"] == INBOX
    assert browser.post(INBOX, {"seen": notice.id})["Location"] == INBOX
    assert Notice.objects.get(id=notice.id).read_at is None
    assert "别人的学校" not in text(browser.get(INBOX))


@pytest.mark.parametrize("value", ["", "x", "\x00", str(UUID(int=7))])
def test_whatever_is_posted_leads_back(browser: Client, value: str) -> None:
    assert browser.post(INBOX, {"notice": value, "seen": value})["Location"] == INBOX


def test_older_notices_are_a_page_away(fresh: Account, browser: Client) -> None:
    for minute in range(notes.PAGE + 1):
        tell(fresh, f"第{minute}小学", minutes=minute)
    page = browser.get(INBOX).content.decode()
    assert "第0小学" not in page
    onward = re.search(r'rel="next" href="([^"]+)"', page)
    assert onward
    older = browser.get(onward[1].replace("&amp;", "&")).content.decode()
    assert "第0小学" in older
    assert 'rel="prev"' in older
