"""Go from registration to a certificate that anyone can check, on real video, on phone and desk."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import pypdf
import pypdfium2
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers, ways
from tests.journeys.platform import Platform

SCHOOL = "西湖区听涛实验小学"
OFFICER = "13800000011"


@dataclass(frozen=True)
class Newcomer:
    """Be somebody who has never been here: an invented name and a valid invented number."""

    kind: str
    phone: str
    name: str
    number: str


NEWCOMERS = (
    Newcomer("desk", "13911110001", "欧阳晓试", "110101199003070134"),
    Newcomer("phone", "13911110002", "阿依古丽·买买提", "650102198811230025"),
)


def test_from_registration_to_a_certificate_on_desk_and_phone(platform: Platform) -> None:
    with ThreadPoolExecutor(len(NEWCOMERS)) as both:
        gone = [both.submit(go, platform, newcomer) for newcomer in NEWCOMERS]
        for way in gone:
            way.result()


def go(platform: Platform, who: Newcomer) -> None:
    """Go the whole way as one newcomer, in a browser of her own."""
    with browsers.opened() as browser:
        page = browsers.seat(browser, who.kind).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        ways.register_as_teacher(page, platform, who.phone)
        ways.give_information(page, name=who.name, number=who.number, platform=platform)
        ways.choose_school(page, platform, SCHOOL)
        ways.enrol(page, platform, "demo")
        watch_all(page, platform)
        expect(page.get_by_text("学校审核").first).to_be_visible()
        be_verified(browser, platform, who)
        pdf = claim(page, platform)
        check_paper(browser, platform, who, pdf)
        assert not errors


def watch_all(page: Page, platform: Platform) -> None:
    """Watch every lesson of every course, and see the hours grow on the course's own page."""
    page.goto(f"{platform.address}/trainings/demo/")
    courses = page.locator("a[href*='/courses/']").evaluate_all("links => links.map(a => a.href)")
    for course in dict.fromkeys(urlsplit(link).path for link in courses):
        page.goto(platform.address + course)
        lessons = page.locator("a[data-lesson]").evaluate_all("links => links.map(a => a.href)")
        for lesson in lessons:
            page.goto(lesson)
            ways.watch_to_the_end(page)
        expect(page.locator("svg.state[aria-label='已学完']")).to_have_count(len(lessons))
    page.goto(f"{platform.address}/trainings/demo/")
    expect(page.locator(".ring").first).to_contain_text("4.00")


def be_verified(browser: Browser, platform: Platform, who: Newcomer) -> None:
    """Have the school's officer find the newcomer and approve her."""
    seat = browsers.seat(browser, who.kind)
    desk = seat.new_page()
    if who.kind == "desk":
        ways.sign_in(desk, platform, OFFICER)
    else:
        # A number is sent one code a minute; the other way has just asked for it.
        ways.take_session(seat, platform, OFFICER)
    desk.goto(f"{platform.address}/office/verifications/?q={who.name}")
    ways.give_second_factor(desk)
    desk.get_by_role("link", name=f"审核 {who.name}").click()
    desk.wait_for_url("**/office/verifications/**")
    expect(desk.get_by_text(who.name).first).to_be_visible()
    assert who.number not in desk.content()
    desk.get_by_role("button", name=re.compile("通过")).first.click()
    desk.wait_for_load_state()
    expect(desk.get_by_text(re.compile("已通过|通过了")).first).to_be_visible()
    desk.context.close()


def claim(page: Page, platform: Platform) -> bytes:
    """Look at the masked preview, confirm it, and download the paper."""
    page.goto(f"{platform.address}/trainings/demo/")
    page.get_by_role("link", name="领取证书").first.click()
    page.wait_for_url("**/certificate/")
    expect(page.get_by_text("*").first).to_be_visible()
    page.get_by_role("button", name="确认正确").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("下载")).first.click()
    return download.value.path().read_bytes()


def check_paper(browser: Browser, platform: Platform, who: Newcomer, pdf: bytes) -> None:
    """Read the paper back with other tools, and verify it as a stranger would."""
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\n", "")
    assert who.name in text
    assert who.number in text
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()
    address = zxingcpp.read_barcodes(picture)[0].text
    assert "/verify/" in address
    stranger = browsers.seat(browser, who.kind).new_page()
    stranger.goto(platform.address + urlsplit(address).path)
    expect(stranger.get_by_text("有效").first).to_be_visible()
    assert who.name not in stranger.content()
    # She compares the person before her with the paper, and is told no more than that.
    stranger.get_by_label("持证人姓名").fill(who.number[-6:])
    stranger.get_by_role("button", name="核对持证人").click()
    expect(stranger.get_by_text("一致：")).to_be_visible()
    assert who.name not in stranger.content()
    assert who.number[-6:] not in stranger.content()
    stranger.goto(f"{platform.address}/verify/AAAAAAAAAAAAAAAAAAAAAA/")
    expect(stranger.get_by_text(re.compile("没有找到|未找到|查不到")).first).to_be_visible()
