"""See a training for the first time on a poor network, or go the whole way without scripts."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers, first_views, lessons, ways
from tests.journeys.platform import Platform

COUNT_SHIFTS = """window.shifted = 0;
new PerformanceObserver(seen => seen.getEntries().forEach(one => { window.shifted += one.value }))
  .observe({ type: "layout-shift", buffered: true })"""
SCHOOL = "西湖区听涛实验小学"
TEACHER, OFFICER, CLAIMS = "13800000001", "13800000011", "13800000003"
STUDIES = "13800000109"
# The script of the player draws what the page has left room for, to a few pixels.
A_LITTLE = 0.02
NEEDS_SCRIPTS = "播放视频、记录学时需要浏览器允许 JavaScript。"
NEWCOMER, NAME, NUMBER = "13911110003", "司马静试", "330106198502030266"


def test_a_training_is_light_and_steady_and_needs_no_scripts(platform: Platform) -> None:
    lessons.together(
        lambda: weigh(platform),
        lambda: weigh_what_is_hers(platform),
        lambda: become_a_teacher(platform),
        lambda: claim(platform),
    )


def weigh(platform: Platform) -> None:
    """Count what a first view transfers and how far it jumps; then go on while scripts fail."""
    with browsers.opened() as browser:
        for path in ("/", "/sign-in/", "/verify/"):
            look(browsers.seat(browser, "phone").new_page(), f"{platform.address}{path}")
        page = browsers.seat(browser, "phone").new_page()
        look(page, f"{platform.address}/trainings/season/")
        page.context.route("**/*.js", lambda route: route.abort())
        page.reload()
        page.get_by_role("link", name="立即报名").first.tap()
        page.wait_for_url("**/sign-in/**")
        ways.take_session(page.context, platform, TEACHER)
        page.goto(f"{platform.address}/trainings/season/")
        page.get_by_role("link", name="开始学习").first.tap()
        page.wait_for_url("**/courses/**")
        expect(page.locator("a[data-lesson]").first).to_be_visible()


def weigh_what_is_hers(platform: Platform) -> None:
    """Count likewise for the pages of somebody who studies, the player among them."""
    with lessons.viewing(platform, STUDIES, lessons.TWENTY, "phone") as viewer:
        paths = ("/trainings/demo/", "/me/", "/app/saved/")
        for address in (viewer.address, *(f"{platform.address}{path}" for path in paths)):
            look(viewer.elsewhere("phone").seat.new_page(), address, most_shift=A_LITTLE)


def look(page: Page, address: str, *, most_shift: float = 0) -> None:
    """See that the first view of a page transfers little and stays where it is."""
    page.add_init_script(COUNT_SHIFTS)
    book = first_views.count_bytes(page)
    page.goto(address, wait_until="networkidle")
    assert 0 < first_views.needed(book) <= first_views.MOST_BYTES, (address, book)
    assert page.evaluate("() => window.shifted") <= most_shift, address


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
