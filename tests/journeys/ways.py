"""Do on the pages what people do; each function is one step of somebody's way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import browsers
from tests.journeys.platform import Platform

# A step may wait for a video, a busy machine, or both.
PATIENCE_MS = 20_000
# Papers are signed by a job that begins every three seconds.
SIGNING_MS = 1_000


def sign_in(page: Page, platform: Platform, phone: str) -> None:
    """Go to the sign-in page and sign in with the code that the outbox holds."""
    page.goto(f"{platform.address}/sign-in/")
    ask_for_code(page, phone)
    give_code(page, platform, phone)


def ask_for_code(page: Page, phone: str) -> None:
    """Give the number on the open page, and come to the page that asks for its code."""
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    page.wait_for_url("**/sign-in/code/**")


def give_code(page: Page, platform: Platform, phone: str) -> None:
    """Give the code that the outbox holds, and what else she has to give."""
    page.get_by_label("验证码").fill(platform.code_for(phone))
    page.get_by_role("button", name="确认").click()
    page.wait_for_url(lambda url: "/sign-in/code/" not in url)
    give_second_factor(page)


def give_second_factor(page: Page) -> None:
    """Give the code that the demo shows, where a second factor is asked for."""
    shown = page.locator("[data-code]")
    if "/second-factor/" in page.url and shown.count():
        page.get_by_label("动态码").fill(shown.inner_text())
        page.get_by_role("button", name="确认").click()
        page.wait_for_url(lambda url: "/second-factor/" not in url)


def wait_until_signed(page: Page) -> None:
    """Look again until the paper is signed, as whoever has no scripts does."""
    link = page.get_by_role("link", name=re.compile("下载")).first
    for _ in range(PATIENCE_MS // SIGNING_MS):
        if link.count():
            return
        page.wait_for_timeout(SIGNING_MS)
        page.reload()


def take_session(seat: BrowserContext, platform: Platform, phone: str) -> None:
    """Be signed in without a code, as whoever holds the database may."""
    bring_cookies(seat, platform, platform.session(phone))


@contextmanager
def seated(browser: Browser, platform: Platform, phone: str) -> Iterator[Page]:
    """Open a page at a desk as somebody who is signed in already, until she leaves."""
    seat = browsers.seat(browser, "desk")
    take_session(seat, platform, phone)
    yield seat.new_page()
    seat.close()


def bring_cookies(seat: BrowserContext, platform: Platform, cookies: dict[str, str]) -> None:
    """Put the cookies of a signed-in session into a window."""
    seat.add_cookies([{"name": k, "value": v, "url": platform.address} for k, v in cookies.items()])


def register_as_teacher(page: Page, platform: Platform, phone: str) -> None:
    """Register a fresh number and choose the persona of a teacher."""
    sign_in(page, platform, phone)
    page.wait_for_url("**/register/**")
    page.get_by_role("radio", name=re.compile("教师")).check(force=True)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="完成注册").click()
    page.wait_for_url(lambda url: "/register/" not in url)


def give_information(page: Page, platform: Platform, *, name: str, number: str) -> None:
    """Fill in name and resident ID."""
    page.goto(f"{platform.address}/me/information/")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("证件号码").fill(number)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("姓名和证件号码已保存")).to_be_visible()


def choose_school(page: Page, platform: Platform, school: str) -> None:
    """Find the school by a part of its name and take it."""
    page.goto(f"{platform.address}/me/information/school/")
    page.get_by_label("学校名称").fill(school)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("radio", name=re.compile(school)).first.check(force=True)
    page.get_by_role("button", name="就是这所学校").click()
    page.wait_for_url("**/me/information/")


def enrol(page: Page, platform: Platform, slug: str) -> None:
    """Enrol from the training's page, checking the information first."""
    page.goto(f"{platform.address}/trainings/{slug}/")
    page.get_by_role("link", name="立即报名").first.click()
    page.wait_for_url("**/enrolment/")
    page.get_by_role("button", name=re.compile("报名")).click()
    page.wait_for_url(f"**/trainings/{slug}/**")


def play(page: Page) -> None:
    """Start the lesson that is open, at double speed."""
    expect(page.locator("yx-player video")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="播放", exact=True).first.click()
    page.get_by_label("播放速度").select_option("2", timeout=PATIENCE_MS)


def watch_to_the_end(page: Page) -> None:
    """Watch the open lesson at double speed until the page says that it is done."""
    play(page)
    done = page.locator("yx-player").get_by_text("这一讲已学完")
    length_ms = int(page.locator("yx-player").get_attribute("data-duration-ms") or 0)
    expect(done).to_be_visible(timeout=length_ms / 2 + PATIENCE_MS)
