"""See a training for the first time on a poor network, or go the whole way without scripts."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers, lessons, ways
from tests.journeys.platform import Platform

# Source: the promise for a first view on a phone, compressed, without pictures and media.
MOST_BYTES = 120 * 1024
LEFT_OUT = {"Image", "Media"}
COUNT_SHIFTS = """window.shifted = 0;
new PerformanceObserver(seen => seen.getEntries().forEach(one => { window.shifted += one.value }))
  .observe({ type: "layout-shift", buffered: true })"""
SCHOOL = "西湖区听涛实验小学"
TEACHER, OFFICER, CLAIMS = "13800000001", "13800000011", "13800000003"
NEEDS_SCRIPTS = "播放视频、记录学时需要浏览器允许 JavaScript。"
NEWCOMER, NAME, NUMBER = "13911110003", "司马静试", "330106198502030266"


def test_a_training_is_light_and_steady_and_needs_no_scripts(platform: Platform) -> None:
    lessons.together(
        lambda: weigh(platform),
        lambda: become_a_teacher(platform),
        lambda: claim(platform),
    )


def weigh(platform: Platform) -> None:
    """Count what a first view transfers and how far it jumps; then go on while scripts fail."""
    with browsers.opened() as browser:
        page = browsers.seat(browser, "phone").new_page()
        page.add_init_script(COUNT_SHIFTS)
        transferred = count_bytes(page)
        page.goto(f"{platform.address}/trainings/season/", wait_until="networkidle")
        assert 0 < sum(transferred.values()) <= MOST_BYTES, transferred
        assert page.evaluate("() => window.shifted") == 0
        page.context.route("**/*.js", lambda route: route.abort())
        page.reload()
        page.get_by_role("link", name="立即报名").first.tap()
        page.wait_for_url("**/sign-in/**")
        ways.take_session(page.context, platform, TEACHER)
        page.goto(f"{platform.address}/trainings/season/")
        page.get_by_role("link", name="开始学习").first.tap()
        page.wait_for_url("**/courses/**")
        expect(page.locator("a[data-lesson]").first).to_be_visible()


def count_bytes(page: Page) -> dict[str, int]:
    """Return a book that fills with the bytes the page transfers, by kind of resource."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    book: dict[str, int] = {}

    def note(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def count(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        if kind not in LEFT_OUT:
            book[kind] = book.get(kind, 0) + int(event["encodedDataLength"])

    session.on("Network.responseReceived", note)
    session.on("Network.loadingFinished", count)
    return book


def become_a_teacher(platform: Platform) -> None:
    """Register, give all information, enrol and be approved, with scripts switched off."""
    with browsers.opened() as browser:
        page = plain(browser)
        ways.register_as_teacher(page, platform, NEWCOMER)
        ways.give_information(page, name=NAME, number=NUMBER, platform=platform)
        ways.choose_school(page, platform, SCHOOL)
        ways.enrol(page, platform, "demo")
        expect(page.get_by_text("报名成功")).to_be_visible()
        page.get_by_role("link", name="开始学习").first.click()
        expect(page.locator("yx-player .notice")).to_have_text(NEEDS_SCRIPTS)
        officer = plain(browser)
        ways.take_session(officer.context, platform, OFFICER)
        approve(officer, platform)
        page.goto(f"{platform.address}/me/")
        expect(page.get_by_text("通过了您的审核")).to_be_visible()


def approve(page: Page, platform: Platform) -> None:
    """Search for the newcomer as the school's officer, and approve her."""
    page.goto(f"{platform.address}/office/verifications/")
    page.get_by_role("searchbox").fill(NAME)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=f"审核 {NAME}").click()
    page.wait_for_url("**/office/verifications/**")
    expect(page.get_by_text(NAME).first).to_be_visible()
    page.get_by_role("button", name=re.compile("通过")).first.click()
    expect(page.get_by_text(f"已通过{NAME}")).to_be_visible()


def claim(platform: Platform) -> None:
    """Look at the masked preview, confirm it and download the paper, with scripts switched off."""
    with browsers.opened() as browser:
        page = plain(browser)
        ways.take_session(page.context, platform, CLAIMS)
        page.goto(f"{platform.address}/trainings/demo/")
        page.get_by_role("link", name="领取证书").first.click()
        page.wait_for_url("**/certificate/")
        expect(page.get_by_text("*").first).to_be_visible()
        page.get_by_role("button", name="确认正确").click()
        ways.wait_until_signed(page)
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("下载")).first.click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")


def plain(browser: Browser) -> Page:
    """Return a page of a phone on which scripts are switched off."""
    return browsers.seat(browser, "phone", has_scripts=False).new_page()
