"""Show that an old desktop client is told what it needs, and that no second is lost by it."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.support.releases import publish
from yanxiu.foundation import versions
from yanxiu.foundation.versions import Least

pytestmark = pytest.mark.usefixtures("country")

AGENT = "Mozilla/5.0 (X11; Linux) YanxiuDesktop/"


@pytest.fixture(autouse=True)
def _least(settings: Settings) -> None:
    settings.YANXIU_DESKTOP_LEAST = Least(versions.read("1.2"), "更早的版本不能选择播放速度")


def desktop(version: str) -> Client:
    return Client(headers={"User-Agent": AGENT + version})


@pytest.mark.parametrize("version", ["1.1.9", "0.9", "", "beta", "１.2"])
def test_an_old_one_is_told_which_version_why_and_where(version: str) -> None:
    answer = desktop(version).get("/trainings/demo/")
    assert answer.status_code == 403
    said = answer.content.decode()
    for words in ("请更新桌面端", "1.2.0", "不能选择播放速度", 'href="/clients/"', "没有丢失"):
        assert words in said


@pytest.mark.parametrize("version", ["1.2", "1.2.0", "1.10.3", "2"])
def test_one_that_is_new_enough_gets_the_page_with_the_bar_on_the_left(version: str) -> None:
    said = desktop(version).get("/").content.decode()
    assert '<nav class="rail" aria-label="桌面端">' in said
    assert "css/client" in said


def test_what_it_needs_for_a_new_version_is_served_to_an_old_one() -> None:
    old = desktop("1.0.0")
    for path in ("/clients/", "/help/", "/app/", "/worker.js"):
        assert old.get(path).status_code == 200


def test_a_lesson_that_plays_on_in_an_old_one_gets_its_spans_through() -> None:
    answer = desktop("1.0.0").post("/learning/leases/", "{}", content_type="application/json")
    assert answer.json()["code"] != "client_too_old"
    assert desktop("1.0.0").get("/trainings/demo.json").status_code == 200


def test_a_part_of_an_open_page_is_replaced_by_the_whole_message() -> None:
    answer = desktop("1.0.0").get("/schools/?q=1", headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#content"


def test_browsers_are_not_asked_and_see_no_bar(client: Client) -> None:
    said = client.get("/").content.decode()
    assert 'class="rail"' not in said
    assert '<a class="button text to-clients" href="/clients/">桌面端</a>' in said


@pytest.fixture
def _published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(monkeypatch, tmp_path, version="1.3.0")


@pytest.mark.usefixtures("_published")
def test_a_newer_version_is_hinted_at_and_does_not_block() -> None:
    answer = desktop("1.2.0").get("/")
    assert answer.status_code == 200
    assert "新版本 1.3.0" in answer.content.decode()
    for version in ("1.3.0", "1.4.0"):
        assert 'class="newer"' not in desktop(version).get("/").content.decode()
