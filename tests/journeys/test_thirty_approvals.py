"""Approve thirty teachers on a phone, in a corridor or at once, and count every touch."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers, waiting_room, ways
from tests.journeys.platform import Platform

# Thirty answers, the way in, and one to spare; a batch is opened, picked, asked for and confirmed.
ONE_BY_ONE_MOST, AT_ONCE_MOST = 32, 4
COUNTING = """() => {
  window.addEventListener("click", () => {
    sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks") ?? 0) + 1);
  }, true);
}"""


@contextmanager
def desk(browser: Browser, platform: Platform, kind: str = "phone") -> Iterator[Page]:
    """Open the console as the officer of a school where thirty wait, every click counted."""
    printed = platform.manage("from tests.journeys import waiting_room; waiting_room.fill()")
    seat = browsers.seat(browser, kind)
    ways.take_session(seat, platform, printed.split()[-1])
    seat.add_init_script(f"({COUNTING})()")
    page = seat.new_page()
    page.goto(f"{platform.address}/office/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("30 位老师在等您审核")
    yield page
    seat.close()


def clicks(page: Page) -> int:
    return int(page.evaluate("() => Number(sessionStorage.getItem('clicks') ?? 0)"))


def test_one_by_one_each_case_fills_the_screen_and_the_next_one_follows(
    browser: Browser, platform: Platform
) -> None:
    with desk(browser, platform) as page:
        page.get_by_role("link", name="逐个审核").tap()
        for left in range(waiting_room.MANY, 0, -1):
            expect(page.get_by_text(f"还有 {left} 位在等您")).to_be_visible()
            yes = page.get_by_role("button", name="是，通过")
            assert lies_under_the_thumb(page)
            yes.tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("现在没有老师在等审核")
        assert clicks(page) <= ONE_BY_ONE_MOST


def test_all_thirty_at_once_take_four_touches(browser: Browser, platform: Platform) -> None:
    with desk(browser, platform) as page:
        page.get_by_role("link", name="查看全部").tap()
        page.get_by_role("link", name="全选本页").tap()
        page.get_by_role("button", name="通过所选").tap()
        expect(page.get_by_text("其中 6 位与名册不一致")).to_be_visible()
        page.get_by_role("button", name="确认通过 30 位").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("已通过 30 位老师")
        assert clicks(page) <= AT_ONCE_MOST


def test_all_matches_are_approved_with_the_keyboard_alone(
    browser: Browser, platform: Platform
) -> None:
    with desk(browser, platform, "desk") as page:
        reach(page, "通过 24 位一致的")
        page.keyboard.press("Enter")
        page.wait_for_url("**/batches/**")
        reach(page, "确认通过 24 位")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("已通过 24 位老师")
        reach(page, "逐个审核还在等的 6 位")
        page.keyboard.press("Enter")
        expect(page.get_by_text("还有 6 位在等您")).to_be_visible()
        reach(page, "是，通过")
        page.keyboard.press("Space")
        expect(page.get_by_text(re.compile("已通过.+的认证"))).to_be_visible()


def reach(page: Page, name: str) -> None:
    """Skip to the content and go on with Tab until the focus lies on what has this name."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")


def lies_under_the_thumb(page: Page) -> bool:
    """Tell whether both large buttons lie whole in the lower half of the screen."""
    boxes = [
        page.locator(".thumb-no summary").bounding_box(),
        page.get_by_role("button", name="是，通过").bounding_box(),
    ]
    size = page.viewport_size
    assert size
    return all(
        box and box["height"] >= 44 and size["height"] / 2 < box["y"] < size["height"] - 44
        for box in boxes
    )
