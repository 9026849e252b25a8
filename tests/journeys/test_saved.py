"""Save a lesson on a phone, watch it without network, and see it count once there is network."""

import re
from dataclasses import replace

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import browsers, lessons, lines, ways
from tests.journeys.platform import Platform

CONTROLLED = "() => navigator.serviceWorker.controller !== null"
WATCHER, ANOTHER = "13800000106", "13800000107"
SAVED, LIST = re.compile(r"^已保存，\d+P，"), "/app/saved/"

# Looked for by name first: opening what is not there yet would make it.
SEEN = """async () => {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === "yanxiu-seen")) return false;
  return new Promise((resolve) => {
    const asked = indexedDB.open("yanxiu-seen");
    asked.onsuccess = () => {
      const counted = asked.result.transaction("pages").objectStore("pages").count();
      counted.onsuccess = () => { asked.result.close(); resolve(counted.result > 0); };
    };
  });
}"""


def test_a_saved_lesson_is_watched_without_network_and_counts(platform: Platform) -> None:
    with (
        lines.leading(platform) as (line, near),
        lessons.viewing(near, WATCHER, lessons.TWENTY) as viewer,
    ):
        assert viewer.seat.browser
        seat = browsers.seat(viewer.seat.browser, "phone", is_installed=True)
        ways.bring_cookies(seat, near, viewer.cookies)
        save(replace(viewer, seat=seat), line)
        page = seat.new_page()
        see_it_saved_by_another_page(page, near)
        line.cut()
        watch(page, near)
        assert not replace(viewer, platform=platform).is_complete()
        what_was_seen_is_still_there(page, near)
        line.mend()
        page.goto(f"{near.address}{LIST}")
        expect(page.get_by_text("没有待补传的学习记录")).to_be_visible(timeout=ways.PATIENCE_MS)
        expect(page.get_by_text(re.compile("已计入 .* 学时"))).to_be_visible()
        assert viewer.is_complete()
        nobody_else_sees_it(line, seat, near)


def save(viewer: lessons.Viewer, line: lines.Line) -> None:
    """Begin to save the open lesson, lose the network, pause, go on, and close the page."""
    page = viewer.seat.new_page()
    page.goto(f"{viewer.platform.address}/trainings/demo/")
    page.wait_for_function(SEEN)
    page.goto(viewer.address)
    page.wait_for_function(CONTROLLED)
    page.get_by_text("保存到本机").tap()
    button = page.get_by_role("button", name=re.compile("^保存 .* MB$"))
    expect(button).to_be_visible()
    line.cut()
    button.tap()
    saving = page.locator("yx-save .saving")
    expect(saving.get_by_text("网络不通，等联网后再保存")).to_be_visible()
    saving.get_by_role("button", name="暂停").tap()
    expect(saving.get_by_text("已暂停，0.0 MB")).to_be_visible()
    saving.get_by_role("button", name="继续").tap()
    expect(saving.get_by_role("button", name="暂停")).to_be_visible()
    page.close()
    line.mend()


def see_it_saved_by_another_page(page: Page, platform: Platform) -> None:
    """Open any page: it goes on with what the closed one had begun."""
    page.goto(f"{platform.address}/")
    page.wait_for_function("() => localStorage.getItem('yanxiu-saving') === ''")
    page.goto(f"{platform.address}{LIST}")
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_text(re.compile("您的视频占用 .* MB，本机大约还能存"))).to_be_visible()


def watch(page: Page, platform: Platform) -> None:
    """Go to what is saved, and watch it to its end."""
    page.goto(f"{platform.address}{LIST}")
    expect(page.get_by_text("没有待补传的学习记录")).to_be_visible()
    page.get_by_role("link", name="播放", exact=True).tap()
    ways.play(page)
    expect(page.get_by_text("都看过了，正在记录")).to_be_visible(timeout=ways.PATIENCE_MS)
    page.goto(f"{platform.address}{LIST}")
    expect(page.get_by_role("heading", name=re.compile("^待补传 "))).to_be_visible()


def what_was_seen_is_still_there(page: Page, platform: Platform) -> None:
    """Open the training as it was seen last, and another page, which says that it is not here."""
    page.goto(f"{platform.address}/trainings/demo/")
    expect(page.get_by_text(re.compile("没有网络。下面是 .* 看到的内容"))).to_be_visible()
    expect(page.get_by_role("heading", name="课程", exact=True)).to_be_visible()
    page.goto(f"{platform.address}/verify/")
    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
    expect(page.get_by_role("link", name="已保存的视频（1）")).to_be_visible()


def nobody_else_sees_it(line: lines.Line, seat: BrowserContext, platform: Platform) -> None:
    """Sign out, and sign in as somebody else: her things are not shown, with network or without."""
    page = seat.new_page()
    seat.clear_cookies()
    page.goto(f"{platform.address}/")
    page.goto(f"{platform.address}{LIST}")
    expect(page.get_by_text("没有登录，看不到已保存的视频")).to_be_visible()
    ways.take_session(seat, platform, ANOTHER)
    page.goto(f"{platform.address}/trainings/demo/")
    line.cut()
    page.goto(f"{platform.address}{LIST}")
    expect(page.get_by_text("本机还没有保存视频")).to_be_visible()
    expect(page.get_by_text(lessons.TWENTY)).to_have_count(0)
    page.goto(f"{platform.address}/verify/")
    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("已保存的视频（"))).to_have_count(0)
