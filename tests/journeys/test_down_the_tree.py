"""Go down the tree: the nation's officer at a desk, a county's on a phone, to one teacher."""

import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers, lessons, measures, test_accessible, ways
from tests.journeys.platform import Platform

NATION, COUNTY = "13800000015", "13800000012"
# The numbers above the schools come with the first roll, half a minute after the start.
FIRST_ROLL_S = 90


def test_officers_go_down_from_their_node_to_a_teacher(platform: Platform) -> None:
    lessons.together(lambda: from_the_nation(platform), lambda: from_the_county(platform))


def from_the_nation(platform: Platform) -> None:
    """Open a province by its tile, and go on by city, county and school."""
    with browsers.opened() as browser:
        page = seated(browser, platform, "desk", NATION)
        counted(page, platform, "000000")
        # The tiles are links that the keyboard reaches, with the province's whole name.
        tile = page.get_by_role("link", name=re.compile("浙江省")).first
        tile.focus()
        page.keyboard.press("Enter")
        for name in ("杭州市", "西湖区", "杭州市西湖区听涛实验小学"):
            page.locator("tbody").get_by_role("link", name=name, exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        expect(page.locator("main")).to_contain_text("这是此刻的数字")
        assert_well(page)
        to_a_teacher(page)


def from_the_county(platform: Platform) -> None:
    """Open a number's rows on a phone, look at a teacher, and fetch the list."""
    with browsers.opened() as browser:
        page = seated(browser, platform, "phone", COUNTY)
        counted(page, platform, "330106")
        number = page.locator(".numbers > div", has_text="等待审核").get_by_role("link")
        many = (number.text_content() or "").split()[0]
        number.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"等待审核 {many} 位")
        assert_well(page)
        page.get_by_role("button", name="CSV").click()
        fetch = page.get_by_role("link", name=re.compile("下载"))
        expect(fetch.last).to_be_visible(timeout=FIRST_ROLL_S * 1_000)
        assert_well(page)
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(r"下载 .*\.csv")).click()
        path = download.value.path()
        assert path
        assert Path(path).read_text("utf-8-sig").count("\n") == int(many) + 1
        page.goto(f"{platform.address}/office/teachers/?training=season&node=330106")
        to_a_teacher(page)


def seated(browser: Browser, platform: Platform, kind: str, phone: str) -> Page:
    """Return a page of a desk or a phone on which an officer is signed in."""
    seat = browsers.seat(browser, kind)
    seat.add_init_script(path=test_accessible.AXE)
    ways.take_session(seat, platform, phone)
    return seat.new_page()


def counted(page: Page, platform: Platform, code: str) -> None:
    """Open a node once its numbers are there."""
    until = time.monotonic() + FIRST_ROLL_S
    while time.monotonic() < until:
        page.goto(f"{platform.address}/office/trainings/season/nodes/{code}/")
        if page.locator(".numbers").count():
            return
        page.wait_for_timeout(1_000)
    raise TimeoutError(code)


def to_a_teacher(page: Page) -> None:
    """Open the first teacher of the list: each course says why its hours are what they are."""
    link = page.locator("tbody th a").first
    name = link.text_content() or ""
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("审核记录")
    assert_well(page)


def assert_well(page: Page) -> None:
    """See nothing in anybody's way, and nothing too wide."""
    assert test_accessible.in_the_way(page) + measures.at_every_width(page) == []
