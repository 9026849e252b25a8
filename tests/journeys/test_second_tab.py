"""Open a second tab, or a second device, while a lesson plays: one place plays, politely."""

from playwright.sync_api import Page, expect

from tests.journeys import lessons, ways
from tests.journeys.platform import Platform

ELSEWHERE = "已在另一处播放，在此继续？"
PART_MS = 3_000


def test_only_one_place_plays_and_what_both_saw_counts_once(platform: Platform) -> None:
    lessons.together(lambda: pass_between_tabs(platform), lambda: pass_between_devices(platform))


def pass_between_tabs(platform: Platform) -> None:
    """Take over in a second tab, see the same part there, and take back."""
    with lessons.viewing(platform, "13800000101", lessons.TWENTY) as viewer:
        first = viewer.open()
        ways.play(first)
        lessons.reach(first, PART_MS)
        second = viewer.open()
        asks(second)
        assert not lessons.is_paused(first)
        take_over(second)
        asks(first)
        second.get_by_role("slider", name="播放进度").press("Home")
        lessons.reach(second, PART_MS)
        take_over(first)
        asks(second)
        first.get_by_role("button", name="暂停").click()
        seen = [lessons.played(first), lessons.played(second)]
        lessons.wait(first, lambda: all(viewer.has(one) for one in seen), within_s=5)
        covered = viewer.covered()
        assert covered == [(0, max(end for one in seen for _, end in one))]


def pass_between_devices(platform: Platform) -> None:
    """Go on with a phone; the desk hears of it with its next report, and takes back."""
    with lessons.viewing(platform, "13800000107", lessons.SIXTY) as desk:
        phone = desk.elsewhere("phone")
        first = desk.open()
        ways.play(first)
        lessons.reach(first, PART_MS)
        second = phone.open()
        ways.play(second)
        lessons.reach(second, lessons.position_ms(second) + PART_MS)
        first.get_by_role("slider", name="播放进度").press("ArrowRight")
        first.get_by_role("button", name="暂停").click()
        asks(first)
        take_over(first)
        second.get_by_role("button", name="暂停").click()
        asks(second)
        first.get_by_role("button", name="暂停").click()
        seen = [lessons.played(first), lessons.played(second)]
        lessons.wait(first, lambda: all(desk.has(one) for one in seen), within_s=10)


def asks(page: Page) -> None:
    """See the tab stand still and ask."""
    expect(page.locator(".yx-panel")).to_contain_text(ELSEWHERE)
    assert lessons.is_paused(page)


def take_over(page: Page) -> None:
    """Go on in this tab."""
    page.get_by_role("button", name="在此继续").click()
    lessons.wait(page, lambda: not lessons.is_paused(page), within_s=5)
    expect(page.locator(".yx-panel")).to_be_hidden()
