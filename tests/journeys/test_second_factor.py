"""Prove oneself twice in a real browser: with the device's own passkey, and with an app's code."""

from dataclasses import replace

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import browsers, ways
from tests.journeys.platform import Platform

# Officers whom no other journey signs in by message: a number gets one code a minute.
WITH_PASSKEY, WITH_APP = "13800000016", "13800000017"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_an_officer_adds_a_passkey_and_enters_with_it(platform: Platform, browser: Browser) -> None:
    home = named(platform)
    seat = browsers.seat(browser, "phone")
    ways.take_session(seat, home, WITH_PASSKEY)
    page = seat.new_page()
    give_device(seat, page)
    page.goto(f"{home.address}/me/account/second-factor/")
    page.get_by_label("名称").fill("这部手机")
    page.get_by_role("button", name="添加通行密钥").click()
    expect(page.get_by_role("heading", name="请保存恢复码")).to_be_visible()
    page.get_by_role("link", name="我已保存").click()
    expect(page.get_by_text("这部手机")).to_be_visible()

    sign_in_anew(page, home, WITH_PASSKEY)
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url("**/office/verifications/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    # It signs her in alone: no number, no message, and nothing is asked for after it.
    page.context.clear_cookies()
    page.goto(f"{home.address}/sign-in/?next=/office/verifications/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(f"{home.address}/office/verifications/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    seat.close()


def test_an_officer_enters_with_the_code_of_her_app(platform: Platform, browser: Browser) -> None:
    seat = browsers.seat(browser, "desk")
    page = seat.new_page()
    sign_in_anew(page, platform, WITH_APP)
    page.get_by_label("动态码").fill("000000")
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_role("alert").first).to_contain_text("动态码不正确")
    ways.give_second_factor(page)
    assert page.url.endswith("/office/verifications/")
    # No browser keeps a passkey for a bare number: the page says so and leads to a name.
    page.goto(f"{platform.address}/me/account/second-factor/")
    expect(page.get_by_role("link", name="localhost")).to_be_visible()
    expect(page.get_by_role("button", name="添加通行密钥")).to_have_count(0)
    seat.close()


def named(platform: Platform) -> Platform:
    """Return the platform by its name: browsers make no passkey for the number of a machine."""
    return replace(platform, address=platform.address.replace("127.0.0.1", "localhost"))


def give_device(seat: BrowserContext, page: Page) -> None:
    """Give the browser a device that keeps passkeys and always finds its owner there."""
    cdp = seat.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in_anew(page: Page, platform: Platform, phone: str) -> None:
    """Begin again as somebody who has only her phone, and come to what else is asked."""
    page.context.clear_cookies()
    page.goto(f"{platform.address}/sign-in/?next=/office/verifications/")
    ways.ask_for_code(page, phone)
    page.get_by_label("验证码").fill(platform.code_for(phone))
    page.get_by_role("button", name="确认").click()
    page.wait_for_url("**/second-factor/**")
