"""Come to a training the ways that the manual names, and begin to learn there."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys import browsers, ways
from tests.journeys.platform import Platform

LEARNER, OTHER = "13800000102", "13800000105"
TITLE = re.compile("体验专题")


def test_the_ways_of_the_web_lead_to_the_training(platform: Platform) -> None:
    with browsers.opened() as browser:
        seat = browsers.seat(browser, "desk")
        ways.take_session(seat, platform, LEARNER)
        page = seat.new_page()
        for way in (by_the_carousel, by_the_channel, by_my_trainings):
            way(page, platform)
            expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        begins_to_learn(page)
        by_the_portal(page, platform)


def test_the_way_of_the_phone_leads_to_the_training(platform: Platform) -> None:
    with browsers.opened() as browser:
        seat = browsers.seat(browser, "phone")
        page = seat.new_page()
        installs(page, platform)
        ways.sign_in(page, platform, OTHER)
        for way in (by_resources, by_the_workbench):
            way(page, platform)
            expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        begins_to_learn(page)


def installs(page: Page, platform: Platform) -> None:
    """Begin the second way: the page that a scanned code opens says how to install."""
    page.goto(f"{platform.address}/app/")
    expect(page.get_by_role("heading", name="把平台装到手机上")).to_be_visible()


def by_resources(page: Page, platform: Platform) -> None:
    """Go the second way: 资源 in the bar below, then the carousel."""
    page.goto(f"{platform.address}/me/")
    tabs(page).get_by_role("link", name="资源").tap()
    page.get_by_role("link", name=re.compile("第 2 张")).tap()
    page.locator(".slide").get_by_role("link", name=TITLE).first.tap()


def by_the_workbench(page: Page, platform: Platform) -> None:
    """Go the fourth way on a phone: 工作台, down to 培训, 查看更多, the training."""
    page.goto(platform.address)
    tabs(page).get_by_role("link", name="工作台").tap()
    learning = page.get_by_role("region", name="培训")
    expect(learning.get_by_role("heading", name="专题培训")).to_be_visible()
    learning.get_by_role("link", name="查看更多").tap()
    page.wait_for_url("**/me/trainings/")
    page.locator("main").get_by_role("link", name=TITLE).first.tap()


def tabs(page: Page) -> Locator:
    """Return the bar below the page."""
    return page.get_by_role("navigation", name="常用")


def by_the_carousel(page: Page, platform: Platform) -> None:
    """Go the first way: the picture on the home page."""
    page.goto(platform.address)
    page.get_by_role("link", name=re.compile("第 2 张")).click()
    page.locator(".slide").get_by_role("link", name=TITLE).first.click()


def by_the_channel(page: Page, platform: Platform) -> None:
    """Go the first way's other half: 教师研修, 国培示范, 专题培训."""
    page.goto(platform.address)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="教师研修").click()
    page.get_by_role("heading", name=TITLE).get_by_role("link").click()


def by_my_trainings(page: Page, platform: Platform) -> None:
    """Go the fourth way: avatar, 个人中心, 我的培训."""
    page.goto(platform.address)
    page.locator(".bar-end summary").click()
    page.locator(".menu-body").get_by_role("link", name="个人中心").click()
    page.get_by_role("navigation", name="个人中心").get_by_role("link", name="我的培训").click()
    page.locator("main").get_by_role("link", name=TITLE).first.click()


def begins_to_learn(page: Page) -> None:
    """Open a course and see its outline and its player."""
    page.locator(".card.course").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="课程大纲")).to_be_visible()
    expect(page.locator("video")).to_be_attached()


def by_the_portal(page: Page, platform: Platform) -> None:
    """Go the fifth way: the portal's carousel, its season, the entrance of basic education."""
    page.goto(f"{platform.address}/portal/")
    page.locator(".slide h2").first.get_by_role("link").click()
    page.wait_for_url("**/portal/season/")
    page.get_by_role("link", name="基础教育学习入口").click()
    page.wait_for_url("**/trainings/season/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("教师研修")
