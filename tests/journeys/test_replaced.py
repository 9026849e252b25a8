"""Replace a film between two evenings: the notice, the time line and the numbers follow it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys import lessons, ways
from tests.journeys.platform import Platform
from yanxiu.foundation import media
from yanxiu.training.cast import videos

WATCHES, FINISHED = "13800000106", "13800000107"
FINISH = """
from datetime import timedelta
from uuid import UUID
from yanxiu.foundation import clock
from yanxiu.training.cast import seasons, watching
from yanxiu.training.people.models import Account
person = Account.objects.get(phone="{phone}").person_id
outline = seasons.outline(seasons.DEMO)
item = outline.lesson(UUID("{lesson}"))
begun_at = clock.now() - timedelta(hours=1)
watching.watch(person, [(item, item.duration_ms)], outline, begun_at=begun_at)
"""
# The old film lasts 30 s. Of its beginning 3 s are gone, 5 s are put in where 12 s were, so the
# new one lasts 32 s; what was watched until 20 s lies at 0-9 s and 14-22 s now.
KEPT = ("--keep", "0:03-0:12@0:00", "--keep", "0:12-0:30@0:14")
# How often a browser that is busy says where it is; source: HTML, "time marches on", 15 to 250 ms.
TURN_MS = 250
LEFT_AT_MS, LENGTH_S = 20_000, 32
WHY = "片头更换，补充一段课堂实录"
COMMAND = ("replace-media", lessons.THIRTY)


def test_a_replaced_film_keeps_what_was_watched_and_asks_for_the_rest(
    platform: Platform, tmp_path: Path
) -> None:
    lessons.together(lambda: watch_have_it_replaced_and_come_back(platform, tmp_path))


def watch_have_it_replaced_and_come_back(platform: Platform, folder: Path) -> None:
    """Watch two thirds, find another film the next time, and watch only what is missing of it."""
    with lessons.viewing(platform, WATCHES, lessons.THIRTY, "phone") as viewer:
        page = viewer.open()
        ways.play(page)
        lessons.reach(page, LEFT_AT_MS)
        page.get_by_role("button", name="暂停", exact=True).first.click()
        seen_ms = lessons.position_ms(page)
        lessons.wait(page, lambda: viewer.has([(0, seen_ms)]), within_s=10)
        expect(page.locator(".notice.info")).to_have_count(0)
        page.close()
        platform.manage(FINISH.format(phone=FINISHED, lesson=viewer.lesson))
        replace(platform, film(folder))
        page = viewer.open()
        notice(page)
        mapped = [(0, 9_000), (14_000, seen_ms + 2_000)]
        assert viewer.has(mapped)
        assert lessons.missing_ms(viewer.covered(), mapped) <= lessons.BLUR_MS
        fill(page)
        assert viewer.is_complete()
        # What was put in, and the end, are played; what is carried over is not.
        seen = lessons.played(page)
        assert lessons.missing_ms([(9_000, 14_000)], seen) <= lessons.BLUR_MS + TURN_MS
        assert lessons.missing_ms([(0, 7_000), (16_000, 20_000)], seen) == 11_000
    with lessons.viewing(platform, FINISHED, lessons.THIRTY) as other:
        assert other.is_complete()
        page = other.open()
        told = page.locator(".notice.info")
        expect(told).to_contain_text("您已完整看完原来的视频，学时不变，不用再看")
        expect(page.locator("yx-player")).to_contain_text("这一讲已学完")


def film(folder: Path) -> list[str]:
    """Make the new film's files."""
    made = videos.make_lesson(folder, title=lessons.THIRTY, subtitle="新版", length_s=LENGTH_S)
    keys = [each["src"] for each in (*made.renditions, *made.captions)]
    return [str(media.path(key, under=folder)) for key in keys]


def replace(platform: Platform, files: list[str]) -> None:
    """Read whom it touches, change one's mind, and do it after all."""
    words = (*COMMAND, *files, *KEPT, "--why", WHY)
    told = platform.run(*words, typed="no\n")
    # Others may have watched it too: the stories share a platform.
    assert re.search(r"version 2 touches ([2-9]|\d\d+) people", told), told
    assert re.search(r"[1-9]\d* have finished it and stay so", told), told
    assert re.search(r"[1-9]\d* are on the way and have more to watch", told), told
    assert "nothing was changed" in told
    assert "version 2 is shown from now on" in platform.run(*words, typed="yes\n")


def notice(page: Page) -> None:
    """Read what became of what was watched."""
    told = page.locator(".notice.info")
    expect(told).to_contain_text(re.compile(rf"视频已更新（\d+ 月 \d+ 日）：{WHY}"))
    expect(told).to_contain_text(re.compile(r"您看过的 2\d 秒里，有 1\d 秒在新视频里仍然算看过"))


def fill(page: Page) -> None:
    """Have only the rest played."""
    page.get_by_role("button", name="只看没看过的部分").click()
    expect(page.get_by_text("这一讲已学完")).to_be_visible(timeout=ways.PATIENCE_MS)
