"""Use the platform as an app: without network it says so, and a new version is offered."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import browsers
from tests.journeys.platform import Platform

CONTROLLED = "() => navigator.serviceWorker.controller !== null"
REGISTER_THE_NEXT = """navigator.serviceWorker.register(
  `${navigator.serviceWorker.controller.scriptURL}&next`, { scope: '/' })"""
IN_CHARGE = "navigator.serviceWorker.controller.scriptURL"


def test_the_app_stands_without_network_and_offers_its_next_version(platform: Platform) -> None:
    with browsers.opened() as browser:
        seat = browsers.seat(browser, "phone", is_installed=True)
        page = seat.new_page()
        page.goto(f"{platform.address}/app/")
        page.wait_for_function(CONTROLLED)
        seat.set_offline(True)
        page.goto(f"{platform.address}/trainings/demo/")
        expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
        is_dressed(page)
        seat.set_offline(False)
        page.get_by_role("link", name="再试一次").tap()
        expect(page.get_by_role("heading", name=re.compile("体验专题"))).to_be_visible()
        a_new_version_is_offered(page)


def is_dressed(page: Page) -> None:
    """See that style and picture are there as well."""
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    picture = page.locator("main img")
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")


def a_new_version_is_offered(page: Page) -> None:
    """Publish another worker; nothing changes until the button is pressed, then the page does."""
    page.evaluate(REGISTER_THE_NEXT)
    expect(page.get_by_text("有新版本可用")).to_be_visible()
    assert not page.evaluate(IN_CHARGE).endswith("&next")
    with page.expect_navigation():
        page.get_by_role("button", name="立即更新").tap()
    assert page.evaluate(IN_CHARGE).endswith("&next")
