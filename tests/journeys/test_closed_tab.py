"""Close, reload or lose the tab in the middle of a lesson: what was watched stays hers."""

import re

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.journeys import lessons, ways
from tests.journeys.platform import Platform

BEGIN_MS = 4_000
# The player looks once a second; a video at double speed plays this much between two looks.
LAST_LOOK_MS = 2_600
GENTLE = "登录已过期，学习记录已保存在本机，重新登录后自动补传。"


def test_a_tab_that_goes_away_loses_nothing(platform: Platform) -> None:
    lessons.together(
        lambda: close_and_reload(platform),
        lambda: die_offline(platform),
        lambda: outlive_the_session(platform),
        lambda: outlive_network_and_session(platform),
    )


def close_and_reload(platform: Platform) -> None:
    """Close the tab, go on in another, reload that one."""
    with lessons.viewing(platform, "13800000103", lessons.TWENTY) as viewer:
        page = viewer.open()
        ways.play(page)
        lessons.reach(page, BEGIN_MS)
        seen = lessons.played(page)
        page.close(run_before_unload=True)
        again = viewer.open()
        lessons.wait(again, lambda: viewer.has(seen), within_s=3)
        goes_on(again, at_ms=seen[-1][1])
        ways.play(again)
        lessons.reach(again, 2 * BEGIN_MS)
        more = lessons.played(again)
        again.reload()
        lessons.wait(again, lambda: viewer.has(seen) and viewer.has(more), within_s=3)
        goes_on(again, at_ms=more[-1][1])


def die_offline(platform: Platform) -> None:
    """Crash while offline; opened again with a network, the device hands over what it kept."""
    with lessons.viewing(platform, "13800000104", lessons.TWENTY, "phone") as viewer:
        page = viewer.open()
        ways.play(page)
        lessons.load(page)
        viewer.seat.set_offline(offline=True)
        lessons.reach(page, BEGIN_MS + LAST_LOOK_MS)
        kill(page)
        assert viewer.covered() == []
        viewer.seat.set_offline(offline=False)
        again = viewer.open()
        lessons.wait(again, lambda: viewer.has([(0, BEGIN_MS)]), within_s=3)
        goes_on(again, at_ms=BEGIN_MS + LAST_LOOK_MS)


def outlive_the_session(platform: Platform) -> None:
    """Watch unheard, come back signed out, read why nothing plays, sign in and be heard."""
    with lessons.viewing(platform, "13800000105", lessons.TWENTY) as viewer:
        page = viewer.open()
        ways.play(page)
        viewer.seat.route("**/learning/leases/", lose)
        viewer.seat.route("**/learning/beats/", lose)
        lessons.reach(page, BEGIN_MS + LAST_LOOK_MS)
        # Reports of a page that merely closes go past the tests' routes.
        kill(page)
        page = viewer.open()
        expect(page.get_by_text("网络不通，正在重试…")).to_be_visible()
        viewer.seat.clear_cookies()
        viewer.seat.unroute("**/learning/leases/")
        page.get_by_role("button", name="再试一次").click()
        expect(page.locator(".yx-panel")).to_have_text(GENTLE + "重新登录")
        assert viewer.covered() == []
        page.get_by_role("link", name="重新登录").first.click()
        page.wait_for_url("**/sign-in/**")
        viewer.seat.unroute("**/learning/beats/")
        ways.ask_for_code(page, "13800000105")
        ways.give_code(page, platform, "13800000105")
        page.wait_for_url(viewer.address)
        lessons.wait(page, lambda: viewer.has([(0, BEGIN_MS)]), within_s=5)


def outlive_network_and_session(platform: Platform) -> None:
    """Watch on from the buffer without network, close the page, lose the session; come back."""
    with lessons.viewing(platform, "13800000108", lessons.FORTY, "phone") as viewer:
        page = viewer.open()
        ways.play(page)
        lessons.load(page)
        viewer.seat.set_offline(offline=True)
        lessons.reach(page, BEGIN_MS + LAST_LOOK_MS)
        page.close(run_before_unload=True)
        viewer.seat.clear_cookies()
        assert not viewer.has([(0, BEGIN_MS)])
        viewer.seat.set_offline(offline=False)
        ways.take_session(viewer.seat, platform, "13800000108")
        again = viewer.open()
        lessons.wait(again, lambda: viewer.has([(0, BEGIN_MS)]), within_s=5)
        goes_on(again, at_ms=BEGIN_MS + LAST_LOOK_MS)


def goes_on(page: Page, *, at_ms: int) -> None:
    """See the lesson stand where it was left, or just before."""
    expect(page.locator(".yx-start")).to_have_accessible_name(re.compile("^从 .+ 继续播放$"))
    assert -LAST_LOOK_MS <= lessons.position_ms(page) - at_ms <= LAST_LOOK_MS


def kill(page: Page) -> None:
    """End the page's process without a word to the page."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    page.close()


def lose(route: Route) -> None:
    """Be a network that takes nothing."""
    route.abort()
