"""Type something wrong: the form says what, keeps what was typed, and ties the two together."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys import browsers, lessons, ways
from tests.journeys.platform import Platform

FRESH = "13800000004"
NEW_PHONE = "13911110031"
NUMBER_HELP = "居民身份证 18 位，末位可为 X；其他证件见下面的说明"


def test_a_wrong_answer_is_explained_where_it_stands(platform: Platform) -> None:
    lessons.together(lambda: mistype_everything(platform))


def mistype_everything(platform: Platform) -> None:
    """Go wrong on each form in turn, on a phone."""
    with browsers.opened() as browser:
        page = browsers.seat(browser, "phone").new_page()
        mistype_the_code(page, platform)
        mistype_the_paper(page, platform)
        switch_the_language(page, platform)
        ways.take_session(page.context, platform, FRESH)
        mistype_the_person(page, platform)


def mistype_the_code(page: Page, platform: Platform) -> None:
    """Give a number that is none, then a code that is another."""
    page.goto(f"{platform.address}/sign-in/")
    phone = page.get_by_label("手机号")
    phone.fill("1391111003")
    page.get_by_role("button", name="获取验证码").click()
    explains(phone, kept="1391111003")
    expect(phone).to_be_focused()
    ways.ask_for_code(page, NEW_PHONE)
    code = page.get_by_label("验证码")
    expect(code).to_be_focused()
    code.fill("12 34 5")
    page.get_by_role("button", name="确认").click()
    explains(code, kept="12 34 5", sentence="验证码为 6 位数字。")
    wrong = "000000" if platform.code_for(NEW_PHONE) != "000000" else "000001"
    code.fill(wrong)
    page.get_by_role("button", name="确认").click()
    explains(code, kept=wrong)
    expect(code).to_be_focused()


def mistype_the_paper(page: Page, platform: Platform) -> None:
    """Ask for a paper by a number with a slip, and without its check code."""
    page.goto(f"{platform.address}/verify/")
    number, code = page.get_by_label("证书编号"), page.get_by_label("校验码")
    number.fill("2025SQ-0001-2345-678")
    page.get_by_role("button", name="核验").click()
    explains(number, kept="2025SQ-0001-2345-678")
    explains(code, kept="", sentence="请填写校验码。")


def mistype_the_person(page: Page, platform: Platform) -> None:
    """Give a name that is none and a document number with a slip."""
    page.goto(f"{platform.address}/me/information/")
    name, number = page.get_by_label("姓名"), page.get_by_label("证件号码")
    expect(number).to_have_accessible_description(NUMBER_HELP)
    name.fill("张3")
    number.fill("330106198502030267")
    page.get_by_role("button", name="保存").click()
    explains(name, kept="张3")
    explains(number, kept="330106198502030267")
    name.fill("张三")
    number.fill("330106 19850203 0267")
    page.get_by_role("button", name="保存").click()
    explains(number, kept="330106 19850203 0267")
    expect(name).to_have_value("张三")
    expect(name).not_to_have_attribute("aria-invalid", "true")


def explains(field: Locator, *, kept: str, sentence: str = "") -> None:
    """See the typed text in the field, and a sentence that belongs to it and is in sight."""
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(kept)
    described = (field.get_attribute("aria-describedby") or "").split()
    error = field.page.locator(f"#{described[-1]}")
    expect(error).to_be_visible()
    expect(error).to_contain_text(sentence or "。")


def switch_the_language(page: Page, platform: Platform) -> None:
    """Type something and read the page in the other language: page and text are still there."""
    page.goto(f"{platform.address}/verify/?from=paper")
    page.get_by_label("证书编号").fill("2025SQ-0001")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(f"{platform.address}/verify/?from=paper")
    expect(page.get_by_label("Certificate number")).to_have_value("2025SQ-0001")
    page.get_by_role("button", name="简体中文").click()
    expect(page.get_by_label("证书编号")).to_have_value("2025SQ-0001")
