"""Mend a wrong name with a photo and lose nothing; or leave the school, mend it, and come back."""

import io
import re

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers, lessons, ways
from tests.journeys.platform import Platform

CORRECTS, LEFT, OFFICER = "13800000005", "13800000006", "13800000011"
HOLDER = "13800000003"
SCHOOL = "西湖区听涛实验小学"


def test_a_wrong_name_is_mended_both_ways(platform: Platform) -> None:
    lessons.together(lambda: correct(platform), lambda: leave_and_return(platform))


def correct(platform: Platform) -> None:
    """Take a request back, ask again with a photo on the phone, and be answered at a desk."""
    with browsers.opened() as browser:
        page = phone(browser, platform, CORRECTS)
        page.goto(f"{platform.address}/me/information/")
        page.get_by_role("link", name="查看更正申请").tap()
        page.get_by_role("button", name="撤回申请").tap()
        expect(page.get_by_text("更正申请已撤回")).to_be_visible()
        ask(page)
        is_confirmed(page, platform)
        answer(browser, platform)
        is_confirmed(page, platform)
        page.goto(f"{platform.address}/me/information/")
        expect(page.get_by_text("更正已核准")).to_be_visible()
        expect(page.get_by_role("definition").first).to_have_text("江若岚")
        is_reissued(page, platform)


def is_reissued(page: Page, platform: Platform) -> None:
    """See the new edition, take it home, and find the old one void for anybody who checks it."""
    page.goto(f"{platform.address}/trainings/demo/certificate/")
    expect(page.get_by_text("签发，第 2 版")).to_be_visible()
    expect(page.get_by_role("link", name="下载")).to_be_visible(timeout=ways.PATIENCE_MS)
    page.goto(f"{platform.address}/me/notices/")
    told = page.get_by_role("paragraph").filter(
        has_text="的证书已按更正后的信息重新生成，原证书作废"
    )
    expect(told).to_be_visible()
    page.goto(f"{platform.address}/me/certificates/")
    expect(page.get_by_text("✓ 有效")).to_be_visible()
    page.get_by_text("以前的版本（1）").tap()
    old = page.locator("details li", has_text="第 1 版")
    expect(old).to_contain_text("作废（信息更正）")
    old.get_by_role("link", name="核验页").tap()
    page.wait_for_url("**/verify/*/")
    expect(page.get_by_role("heading", name="证书已作废")).to_be_visible()
    expect(page.get_by_text("作废（信息更正）")).to_be_visible()
    expect(page.get_by_text("持证人现在有更新的一版有效证书")).to_be_visible()


def ask(page: Page) -> None:
    """Say what is wrong, first without a photo that can be read, then with one."""
    page.get_by_label("姓名", exact=True).fill("江若岚")
    page.get_by_label("更正的原因").fill("登记时“岚”写成了“兰”。")
    page.get_by_label("证明照片").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    page.get_by_role("button", name="提交更正申请").tap()
    expect(page.get_by_text("仅支持 JPG、PNG 图片")).to_be_visible()
    expect(page.get_by_label("更正的原因")).to_have_value("登记时“岚”写成了“兰”。")
    page.get_by_label("证明照片").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="提交更正申请").tap()
    expect(page.get_by_text("更正申请已提交")).to_be_visible()


def answer(browser: Browser, platform: Platform) -> None:
    """Find the request at the desk, look at the photo, and approve the difference."""
    seat = browsers.seat(browser, "desk")
    ways.take_session(seat, platform, OFFICER)
    desk = seat.new_page()
    desk.goto(f"{platform.address}/office/verifications/")
    desk.get_by_role("link", name="更正申请").first.click()
    desk.get_by_role("link", name=re.compile("审核 江若兰")).click()
    expect(desk.locator("mark.differs").last).to_have_text("岚")
    desk.get_by_role("button", name="查看证明照片").click()
    shown = desk.get_by_role("img", name="老师提交的证明照片")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 1200
    desk.get_by_role("button", name="属实，核准").click()
    expect(desk.get_by_text("已核准江若岚的更正")).to_be_visible()


def is_confirmed(page: Page, platform: Platform) -> None:
    """See that nothing has lapsed."""
    page.goto(f"{platform.address}/me/information/")
    expect(page.get_by_text("认证通过", exact=True).first).to_be_visible()


def leave_and_return(platform: Platform) -> None:
    """Leave the way the manual says on a phone, mend the name, and choose the school anew."""
    with browsers.opened() as browser:
        page = phone(browser, platform, HOLDER)
        page.goto(f"{platform.address}/me/")
        page.get_by_role("link", name="个人信息").first.tap()
        school = page.locator(".post summary")
        expect(school).to_contain_text("认证通过")
        page.get_by_role("link", name="删除该任教信息").tap()
        expect(page.get_by_text("继续有效").first).to_be_visible()
        page.get_by_role("button", name="确定").tap()
        expect(page.get_by_text("请尽快添加正确的任教信息")).to_be_visible()
        ways.give_information(page, platform, name="王明惠", number="")
        ways.choose_school(page, platform, SCHOOL)
        expect(page.get_by_text("审核中", exact=True).first).to_be_visible()
        approve(browser, platform)
        is_confirmed(page, platform)


def approve(browser: Browser, platform: Platform) -> None:
    """Confirm her again as the school's officer."""
    seat = browsers.seat(browser, "phone")
    ways.take_session(seat, platform, OFFICER)
    desk = seat.new_page()
    desk.goto(f"{platform.address}/office/verifications/?q=王明惠")
    desk.get_by_role("link", name=re.compile("审核 王明惠")).tap()
    desk.get_by_role("button", name="是，通过").tap()
    expect(desk.get_by_text("已通过王明惠")).to_be_visible()


def phone(browser: Browser, platform: Platform, who: str) -> Page:
    seat = browsers.seat(browser, "phone")
    ways.take_session(seat, platform, who)
    return seat.new_page()


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 760), "#d8ccb4").save(out, "JPEG")
    return out.getvalue()
