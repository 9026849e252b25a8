"""Be asked in the middle of a lesson, answer by the keyboard alone, and lose nothing."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import lessons, ways
from tests.journeys.platform import Platform
from tests.journeys.test_accessible import AXE, FINDINGS

TEACHER, TRAINING = "13800000108", "questions"
RIGHT = """
from yanxiu.training.learning.models import Question
from yanxiu.training.people.models import Account
person = Account.objects.get(phone="{phone}").person_id
print(Question.objects.filter(person_id=person).order_by("-turn").first().right)
"""
SPEED = "2"


def test_a_question_pauses_the_lesson_and_is_answered_by_keyboard(platform: Platform) -> None:
    lessons.together(lambda: watch_answer_and_finish(platform))


def watch_answer_and_finish(platform: Platform) -> None:
    """Watch a lesson that asks once, answer wrongly, then rightly, and have all of it counted."""
    with lessons.viewing(platform, TEACHER, lessons.FORTY, training=TRAINING) as viewer:
        page = viewer.seat.new_page()
        ways.enrol(page, platform, TRAINING)
        page = viewer.open()
        begin_by_keyboard(page)
        dialog = page.get_by_role("dialog", name="课堂提问")
        expect(dialog).to_be_visible(timeout=60_000)
        assert lessons.is_paused(page)
        seen = lessons.played(page)
        look_at(page)
        expect(page.locator("*:focus")).to_have_role("radio")
        before = viewer.covered()
        assert not viewer.has(seen, but_ms=1_000)
        put_off_and_come_back(page)
        answer(page, (right(platform) + 1) % 4)
        expect(dialog.get_by_role("status")).to_contain_text("没有选对")
        assert viewer.covered() == before
        expect(page.locator("*:focus")).to_have_role("radio", timeout=15_000)
        more_time(page)
        answer(page, right(platform))
        expect(dialog).to_be_hidden()
        # The focus is where it was, and playing goes on.
        expect(page.get_by_role("slider", name="播放进度")).to_be_focused()
        lessons.wait(page, lambda: viewer.has(seen), within_s=5)
        expect(page.get_by_text("这一讲已学完")).to_be_visible(timeout=60_000)
        assert viewer.is_complete()


def begin_by_keyboard(page: Page) -> None:
    """Play at double speed, from the time line's place in the player."""
    page.get_by_label("播放速度").select_option(SPEED)
    page.get_by_role("slider", name="播放进度").focus()
    page.keyboard.press("k")
    lessons.wait(page, lambda: not lessons.is_paused(page), within_s=5)


def put_off_and_come_back(page: Page) -> None:
    """Close the question; the page says that it waits, and brings it back."""
    page.keyboard.press("Escape")
    dialog = page.get_by_role("dialog", name="课堂提问")
    expect(dialog).to_be_hidden()
    expect(page.locator(".yx-notice")).to_contain_text("有一道课堂提问待回答")
    page.get_by_text("逐段说明").press("Enter")
    waiting = page.locator(".yx-parts .yx-key-later")
    expect(waiting).to_contain_text(re.compile("暂未计入.*有一道课堂提问待回答，回答后马上计入"))
    page.get_by_text("逐段说明").press("Enter")
    page.get_by_role("slider", name="播放进度").focus()
    page.keyboard.press("k")
    expect(dialog).to_be_visible()
    assert lessons.is_paused(page)


def more_time(page: Page) -> None:
    """Ask for more time, more often than the ten times that are due to everybody."""
    more = page.get_by_role("button", name="需要更多时间")
    for _ in range(11):
        more.press("Enter")
        expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("不用着急")


def answer(page: Page, choice: int) -> None:
    """Choose by arrow keys and press Enter."""
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(choice):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def right(platform: Platform) -> int:
    """Return which choice is right: only the server's database knows."""
    return int(platform.manage(RIGHT.format(phone=TEACHER)))


def look_at(page: Page) -> None:
    """Have the page looked at while the question is open."""
    page.evaluate(AXE.read_text())
    assert page.evaluate(FINDINGS) == []
