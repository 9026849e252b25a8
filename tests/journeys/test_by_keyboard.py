"""Go the ways of a teacher, an officer and whoever checks a paper, by the keyboard alone."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers, keys, lessons, ways
from tests.journeys.platform import Platform

NEWCOMER, NAME, NUMBER = "13911110041", "司徒健", "110101199003070150"
# She has all hours already, and waits for her school.
WAITING, HER_NAME = "13800000002", "李思源"
OFFICER = "13800000011"


def test_every_way_is_open_to_the_keyboard(platform: Platform, browser: Browser) -> None:
    page = browsers.seat(browser, "desk").new_page()
    register(page, platform)
    give_information(page, platform)
    enrol(page, platform)
    watch(page)
    approve(signed_in(browser, platform, OFFICER), platform)
    paper = claim(signed_in(browser, platform, WAITING), platform)
    verify(browsers.seat(browser, "desk").new_page(), platform, paper)


def signed_in(browser: Browser, platform: Platform, phone: str) -> Page:
    """Open a page as somebody who is signed in already."""
    seat = browsers.seat(browser, "desk")
    ways.take_session(seat, platform, phone)
    return seat.new_page()


def register(page: Page, platform: Platform) -> None:
    """Sign in with a fresh number, say that one is a teacher, and agree."""
    page.goto(f"{platform.address}/sign-in/")
    keys.write(page, page.get_by_label("手机号"), NEWCOMER)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/**")
    keys.write(page, page.get_by_label("验证码"), platform.code_for(NEWCOMER))
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/**")
    keys.press(page, page.get_by_role("radio", name=re.compile("教师")), "Space")
    keys.press(page, page.get_by_role("checkbox"), "Space")
    keys.press(page, page.get_by_role("button", name="完成注册"))
    page.wait_for_url(lambda url: "/register/" not in url)


def give_information(page: Page, platform: Platform) -> None:
    """Give name and number, and find one's school."""
    page.goto(f"{platform.address}/me/information/")
    keys.skip(page)
    keys.write(page, page.get_by_label("姓名"), NAME)
    keys.write(page, page.get_by_label("证件号码"), NUMBER)
    keys.press(page, page.get_by_role("button", name="保存"))
    expect(page.get_by_text("姓名和证件号码已保存")).to_be_visible()
    keys.press(page, page.get_by_role("link", name="选择学校"))
    page.wait_for_url("**/school/**")
    keys.write(page, page.get_by_label("学校名称"), "西湖区听涛实验小学")
    page.keyboard.press("Enter")
    found = page.get_by_role("radio", name=re.compile("听涛实验小学")).first
    expect(found).to_be_attached()
    keys.press(page, found, "Space")
    keys.press(page, page.get_by_role("button", name="就是这所学校"))
    page.wait_for_url("**/me/information/")


def enrol(page: Page, platform: Platform) -> None:
    """Enrol, and open the first course."""
    page.goto(f"{platform.address}/trainings/demo/")
    keys.skip(page)
    keys.press(page, page.get_by_role("link", name="立即报名").first)
    page.wait_for_url("**/enrolment/")
    keys.press(page, page.get_by_role("button", name=re.compile("报名")))
    page.wait_for_url(lambda url: "/enrolment/" not in url)
    keys.skip(page)
    keys.press(page, page.locator("a[href*='/courses/']").first)
    page.wait_for_url("**/courses/**")


def watch(page: Page) -> None:
    """Watch the lesson to its end, as quickly as it goes."""
    expect(page.locator("yx-player video")).to_be_visible(timeout=ways.PATIENCE_MS)
    keys.press(page, page.get_by_role("button", name="播放", exact=True).first)
    lessons.wait(page, lambda: not lessons.is_paused(page), within_s=10)
    for _ in range(4):
        page.keyboard.press(">")
    expect(page.get_by_label("播放速度")).to_have_value("2")
    done = page.locator("yx-player").get_by_text("这一讲已学完")
    expect(done).to_be_visible(timeout=ways.PATIENCE_MS * 2)


def approve(page: Page, platform: Platform) -> None:
    """Find her who waits among all who do, and say that she teaches here."""
    page.goto(f"{platform.address}/office/verifications/")
    keys.skip(page)
    keys.write(page, page.get_by_role("searchbox"), HER_NAME)
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    keys.skip(page)
    keys.press(page, page.get_by_role("link", name=f"审核 {HER_NAME}"))
    page.wait_for_url(re.compile("/office/verifications/[0-9a-f-]{36}/"))
    keys.press(page, page.get_by_role("button", name=re.compile("通过")).first)
    expect(page.get_by_text(re.compile("已通过|通过了")).first).to_be_visible()


def claim(page: Page, platform: Platform) -> tuple[str, str]:
    """Look at what the paper will say, confirm it, and return its number and check code."""
    page.goto(f"{platform.address}/trainings/demo/")
    keys.skip(page)
    keys.press(page, page.get_by_role("link", name="领取证书").first)
    page.wait_for_url("**/certificate/")
    keys.skip(page)
    keys.press(page, page.get_by_role("button", name="确认正确"))
    ways.wait_until_signed(page)
    keys.come_to(page, page.get_by_role("link", name=re.compile("下载")).first)
    number, code = page.locator(".paper-codes dd").all_inner_texts()
    return number, code


def verify(page: Page, platform: Platform, paper: tuple[str, str]) -> None:
    """Ask as a stranger whether the paper is valid."""
    page.goto(f"{platform.address}/verify/")
    keys.skip(page)
    number, code = paper
    keys.write(page, page.get_by_label("证书编号"), number)
    keys.write(page, page.get_by_label("校验码"), code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("有效").first).to_be_visible()
