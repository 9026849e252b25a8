"""Skip a part, read which, play only that, and see the page's numbers change by themselves."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import lessons, ways
from tests.journeys.platform import Platform

# The promise is one second; a busy machine gets another.
AT_ONCE_MS = 2_000
# How far from a gap's ends the tour may begin and stop: its lead, and one look at double speed.
EDGE_MS = 1_500
NOTE_LEAPS = """video => { window.leaps = []; video.addEventListener("seeking",
  () => window.leaps.push(Math.round(video.currentTime * 1000))) }"""


def test_only_the_gap_is_played_and_completes_the_lesson(platform: Platform) -> None:
    lessons.together(lambda: watch_skip_and_fill(platform))


def watch_skip_and_fill(platform: Platform) -> None:
    """Leave a gap of five seconds, and have it filled."""
    with lessons.viewing(platform, "13800000108", lessons.TWENTY, "phone") as viewer:
        page = viewer.open()
        circle = page.locator(f"[data-lesson-state='{viewer.lesson}']")
        expect(circle).to_have_accessible_name("未开始")
        gap = leave_a_gap(page)
        expect(page.locator(".yx-summary")).to_contain_text(
            re.compile(r"还差 [56] 秒.*00:0\d–00:\d\d没有看过")
        )
        expect(circle).to_have_accessible_name(re.compile(r"^已学 7\d%，未完成$"))
        expect(page.locator("#course-count")).to_contain_text("0 / 2")
        page.locator("yx-player video").evaluate(NOTE_LEAPS)
        page.get_by_role("button", name="只看没看过的部分").click()
        expect(page.get_by_text("这一讲已学完")).to_be_visible(timeout=ways.PATIENCE_MS)
        expect(circle).to_have_accessible_name("已学完", timeout=AT_ONCE_MS)
        expect(page.locator("#course-count")).to_contain_text("1 / 2", timeout=AT_ONCE_MS)
        expect(page.locator("#course-standing")).to_contain_text("0.66", timeout=AT_ONCE_MS)
        assert viewer.is_complete()
        lessons.wait(page, lambda: lessons.is_paused(page), within_s=5)
        assert lessons.position_ms(page) < gap[1] + EDGE_MS
        # Nothing forgot this on the way: the page was never loaded again.
        [leap] = page.evaluate("() => window.leaps")
        assert gap[0] - EDGE_MS < leap <= gap[0]


GAPS = ((5_000, 9_000), (17_000, 18_500), (30_000, 33_000))
LEAVE_GAPS = """
from yanxiu.training.learning.models import Coverage
from yanxiu.training.people.models import Account
person = Account.objects.get(phone="{phone}").person_id
mine = Coverage.objects.filter(person_id=person, lesson_id="{lesson}")
print(mine.update(covered="{{[0,5000),[9000,17000),[18500,30000),[33000,40000)}}"))
"""
COUNTER = "13800000109"
# What may be played beside each gap at double speed: a picture's time, and where pictures begin.
BESIDE_MS = 300


def test_several_gaps_are_played_exactly_and_nothing_else(platform: Platform) -> None:
    lessons.together(lambda: fill_several_gaps(platform))


def fill_several_gaps(platform: Platform) -> None:
    """Have three gaps filled at double speed, and compare what was played with what was missing."""
    with lessons.viewing(platform, COUNTER, lessons.FORTY) as viewer:
        page = viewer.open()
        # With the lease come the qualities.
        expect(page.get_by_label("清晰度")).to_be_visible()
        page.close()
        asked = LEAVE_GAPS.format(phone=COUNTER, lesson=viewer.lesson)
        assert platform.manage(asked).strip() == "1"
        page = viewer.open()
        expect(page.locator(".yx-summary")).to_contain_text("还差 9 秒")
        page.get_by_label("播放速度").select_option("2")
        page.get_by_role("button", name="只看没看过的部分").click()
        expect(page.get_by_text("这一讲已学完")).to_be_visible(timeout=ways.PATIENCE_MS)
        lessons.wait(page, lambda: lessons.is_paused(page), within_s=5)
        seen = lessons.played(page)
        assert lessons.missing_ms(list(GAPS), seen) <= lessons.BLUR_MS
        missing_ms = sum(end - start for start, end in GAPS)
        assert sum(end - start for start, end in seen) <= missing_ms + BESIDE_MS * len(GAPS)
        assert viewer.has([(0, 40_000)])


def leave_a_gap(page: Page) -> tuple[int, int]:
    """Watch, leap five seconds, watch to the end; return what was leapt over."""
    ways.play(page)
    lessons.reach(page, 4_000)
    page.get_by_role("slider", name="播放进度").press("ArrowRight")
    video = page.locator("yx-player video")
    lessons.wait(page, lambda: bool(video.evaluate("video => video.ended")), within_s=20)
    before, after = lessons.played(page)
    return before[1], after[0]
