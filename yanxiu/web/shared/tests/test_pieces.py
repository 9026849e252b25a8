"""Show that pieces which many people's pages share mark each page, and show nobody else's."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from yanxiu.foundation import clock
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account
from yanxiu.web.shared.templatetags import pieces

PAGES = ["/", "/channel/", "/help/", "/me/", "/me/trainings/", "/me/workbench/", "/me/notices/"]
WEB = Path(__file__).parents[2]
TEMPLATES = WEB / "shared" / "templates"


@pytest.fixture
def account(db: None) -> Account:
    return accounts.open_for("13800000401", kind="teacher", at=clock.now())


def test_each_page_is_marked_where_the_frame_leads_to_it(account: Account) -> None:
    browser = Client()
    browser.force_login(account)
    # Twice: the second time the pieces are there already.
    for path in [*PAGES, *PAGES]:
        page = browser.get(path).content.decode()
        marked = re.findall(r'<a href="([^"]*)" aria-current="page"', page)
        assert set(marked) == {path}, path
    assert (
        'aria-current="page"' not in browser.get("/me/account/").content.decode().split("<main")[0]
    )


def test_a_piece_sees_what_it_is_given_and_nothing_of_who_asks() -> None:
    for told in ("甲", "乙", "甲"):
        assert told in pieces.piece("components/bar.html", site_name=told, home_url="/")
    kept = set(re.findall(r'{% piece "([^"]+)"', "".join(map(Path.read_text, _templates()))))
    assert kept
    for name in kept:
        text = (TEMPLATES / name).read_text()
        assert not re.search(r"\b(request|account|csrf_token|csp_nonce|user)\b", text), name


def test_what_is_given_is_escaped_and_each_language_has_its_own() -> None:
    facts = {"site_name": "<b>", "home_url": "/"}
    with translation.override("zh-hans"):
        chinese = pieces.piece("components/bar.html", **facts)
    with translation.override("en"):
        english = pieces.piece("components/bar.html", **facts)
    assert "&lt;b&gt;" in chinese
    assert "首页" in chinese
    assert "首页" not in english


def _templates() -> list[Path]:
    return sorted(WEB.rglob("*.html"))
