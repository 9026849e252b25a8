"""Rule the player by keyboard, by name and by touch."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys import lessons
from tests.journeys.platform import Platform

SPEEDS = ["0.75×", "1×", "1.25×", "1.5×", "1.75×", "2×"]
# In the order of the Tab key, from the picture on.
ORDER = ("播放进度", "播放", "静音", "音量", "播放速度", "字幕", "清晰度", "全屏")
SMALLEST_PX = 44


def test_the_player_obeys_keys_and_names_everything(platform: Platform) -> None:
    lessons.together(lambda: rule_by_keys(platform), lambda: touch_on_a_phone(platform))


def rule_by_keys(platform: Platform) -> None:
    """Play, seek, speed up, read along, fill the screen: all without a mouse."""
    with lessons.viewing(platform, "13800000109", lessons.SIXTY) as viewer:
        page = viewer.open()
        player = page.locator("yx-player")
        expect(player).to_have_accessible_name(re.compile("^视频播放器：数据会说话$"))
        # Offered as soon as the video is known.
        expect(page.get_by_label("清晰度")).to_be_visible()
        expect(page.get_by_role("button", name="字幕")).to_be_visible()
        walk_by_tab(page)
        page.get_by_role("slider", name="播放进度").focus()
        seek_and_speed_up(page)
        page.keyboard.press("k")
        lessons.wait(page, lambda: not lessons.is_paused(page), within_s=5)
        switch_captions_and_sound(page)
        fill_the_screen(page)
        page.keyboard.press("Space")
        lessons.wait(page, lambda: lessons.is_paused(page), within_s=5)


def walk_by_tab(page: Page) -> None:
    """Come by every control, in the order in which they stand, and see where the focus is."""
    start = page.get_by_role("button", name="播放", exact=True).first
    start.focus()
    for name in ORDER:
        page.keyboard.press("Tab")
        here = page.locator("*:focus")
        expect(here).to_have_accessible_name(name)
        ring = here.evaluate("one => { const s = getComputedStyle(one); return s.outlineStyle }")
        assert ring != "none", name


def seek_and_speed_up(page: Page) -> None:
    """Go forward and back, and through the speeds."""
    slider = page.get_by_role("slider", name="播放进度")
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "1 分 00 秒，共 1 分 00 秒")
    page.keyboard.press("Home")
    lessons.wait(page, lambda: lessons.position_ms(page) < 5_000, within_s=5)
    page.keyboard.press("ArrowRight")
    lessons.wait(page, lambda: lessons.position_ms(page) >= 5_000, within_s=5)
    speed = page.get_by_label("播放速度")
    expect(speed.locator("option")).to_have_text(SPEEDS)
    for value in ("1.25", "1.5", "1.75", "2", "2"):
        page.keyboard.press(">")
        expect(speed).to_have_value(value)
    page.keyboard.press("<")
    expect(speed).to_have_value("1.75")
    assert page.locator("video").evaluate("video => video.playbackRate") == 1.75


def switch_captions_and_sound(page: Page) -> None:
    """Show the captions and hide them; silence and sound."""
    captions = page.get_by_role("button", name="字幕")
    expect(captions).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("c")
    expect(captions).to_have_attribute("aria-pressed", "true")
    cues = "video => video.textTracks[0].mode === 'showing' && video.textTracks[0].cues?.length > 0"
    video = page.locator("yx-player video")
    lessons.wait(page, lambda: bool(video.evaluate(cues)), within_s=5)
    page.keyboard.press("c")
    expect(captions).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="取消静音")).to_be_visible()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="静音", exact=True)).to_be_visible()


def fill_the_screen(page: Page) -> None:
    """Fill the screen with the player and go back."""
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="退出全屏")).to_be_attached()
    assert page.evaluate("() => document.fullscreenElement.className").startswith("yx-frame")
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="全屏", exact=True)).to_be_visible()


def touch_on_a_phone(platform: Platform) -> None:
    """Find everything large enough for a thumb, and change speed by touch."""
    with lessons.viewing(platform, "13800000110", lessons.SIXTY, "phone") as viewer:
        page = viewer.open()
        expect(page.get_by_label("播放速度").locator("option")).to_have_text(SPEEDS)
        page.get_by_role("button", name="播放", exact=True).first.tap()
        page.get_by_label("播放速度").select_option("0.75")
        lessons.wait(page, lambda: not lessons.is_paused(page), within_s=5)
        found = touchables(page)
        assert len(found) > 10
        for one in found:
            box = one.bounding_box()
            assert box, one
            assert min(box["width"], box["height"]) >= SMALLEST_PX, one.inner_text()


def touchables(page: Page) -> list[Locator]:
    """Return what a thumb may mean to touch: all controls of the player, lessons, tabs, buttons."""
    wanted = "yx-player :is(button, select, [role=slider]), a.lesson, nav.tabs a, a.button"
    return [one for one in page.locator(wanted).all() if one.is_visible()]
