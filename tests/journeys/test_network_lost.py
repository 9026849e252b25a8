"""Lose the network in the middle of a lesson: what was watched meanwhile is late, never lost."""

from playwright.sync_api import Page, Route, expect

from tests.journeys import lessons, ways
from tests.journeys.platform import Platform

LOST_S = 20
# On a busy machine a video at double speed may lag a little.
STUTTER_MS = 4_000
# The demo asks for a beat every 15 s; the player spreads them by a fifth.
BEAT_S = 18


def test_playing_on_without_network_loses_nothing(platform: Platform) -> None:
    lessons.together(
        lambda: watch_on_while_the_server_is_away(platform),
        lambda: finish_on_a_phone_whose_reports_are_lost(platform),
    )


def watch_on_while_the_server_is_away(platform: Platform) -> None:
    """Keep playing while no report gets through; the next one brings everything."""
    with lessons.viewing(platform, "13800000101", lessons.SIXTY) as viewer:
        page = begin(viewer)
        page.route("**/learning/**", lose)
        before = viewer.covered()
        page.wait_for_timeout(LOST_S * 1000)
        assert not lessons.is_paused(page)
        assert viewer.covered() == before
        expect(page.locator("yx-player .yx-notice")).to_contain_text("已看的部分保存在本机")
        page.unroute("**/learning/**")
        seen = lessons.played(page)
        assert lessons.missing_ms([(0, 2 * LOST_S * 1000)], seen) < STUTTER_MS
        lessons.wait(page, lambda: viewer.has(seen), within_s=BEAT_S)


def finish_on_a_phone_whose_reports_are_lost(platform: Platform) -> None:
    """See the end of a lesson with no report taken; it is done as soon as the way is free again."""
    with lessons.viewing(platform, "13800000102", lessons.FORTY, "phone") as viewer:
        page = begin(viewer)
        page.route("**/learning/**", lose)
        page.wait_for_timeout(LOST_S * 1000)
        expect(page.get_by_text("都看过了，正在记录")).to_be_visible(timeout=ways.PATIENCE_MS)
        assert not viewer.is_complete()
        page.unroute("**/learning/**")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.get_by_text("这一讲已学完")).to_be_visible(timeout=BEAT_S * 1000)
        assert viewer.is_complete()
        assert viewer.has(lessons.played(page))


def begin(viewer: lessons.Viewer) -> Page:
    """Begin to play; films come by another way than reports, and go on coming."""
    page = viewer.open()
    ways.play(page)
    return page


def lose(route: Route) -> None:
    """Be a network that takes nothing."""
    route.abort()
