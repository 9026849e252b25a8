"""Set a teacher's hours right: one officer proposes, another confirms, the teacher reads why."""

import re

import httpx
from playwright.sync_api import Browser, expect

from tests.journeys import keys, ways
from tests.journeys.platform import Platform
from yanxiu.training.cast import holds as cast
from yanxiu.training.cast import signing_in

HER, HER_NAME = cast.DOUBTED, cast.DOUBTED_NAME
WHY = "“讲台的清晨”由同事打开，本人没有看，已书面说明。"
DIFFERENCES = """
from yanxiu.foundation import clock
from yanxiu.training.journeys import recomputing
recomputing.repair(at=clock.now())
print([str(each) for each in recomputing.check(at=clock.now())])
"""


def hours(platform: Platform) -> tuple[int, int]:
    """Return what she has learned and what of it is recognised, in seconds."""
    answer = httpx.get(f"{platform.address}/me/trainings/demo.json", cookies=platform.session(HER))
    told = answer.json()
    return told["learned_s"], told["recognised_s"]


def test_hours_are_proposed_confirmed_and_explained_to_the_teacher(
    browser: Browser, platform: Platform
) -> None:
    learned_s, recognised_s = hours(platform)
    with ways.seated(browser, platform, signing_in.PROVINCE) as province:
        province.goto(f"{platform.address}/office/teachers/?training=demo&q={HER_NAME}")
        province.get_by_role("link", name=HER_NAME).click()
        keys.press(province, province.get_by_text("更正学时", exact=True))
        keys.press(province, province.get_by_role("link", name="走近教育家精神"))
        province.wait_for_url("**/amendment/")
        # Tab comes to a group of choices, arrows go on within it.
        keys.press(province, province.get_by_role("radio", name="增加学时"), "ArrowDown")
        keys.write(province, province.get_by_label("多少"), "20")
        province.get_by_label("单位").select_option(label="秒")
        keys.write(province, province.get_by_label("更正的原因"), WHY)
        keys.press(province, province.get_by_role("button", name="看看更正后是多少"))
        row = province.get_by_role("row", name=re.compile("本课程已学习"))
        expect(row).to_have_text(re.compile(r"2\.00\s*1\.33"))
        keys.press(province, province.get_by_role("button", name="提交，请人确认"))
        expect(province.get_by_role("heading", name="等另一位管理员确认")).to_be_visible()
    assert hours(platform) == (learned_s, recognised_s)
    with ways.seated(browser, platform, signing_in.NATION) as nation:
        nation.goto(f"{platform.address}/office/")
        keys.press(nation, nation.get_by_role("link", name="去确认 学时更正待确认"))
        keys.press(nation, nation.get_by_role("link", name=f"去确认 {HER_NAME}"))
        keys.press(nation, nation.get_by_role("button", name="确认，更正学时"))
        expect(nation.get_by_text("✓ 已更正")).to_be_visible()
        line = nation.get_by_role("row", name=re.compile(re.escape(WHY)))
        expect(line).to_contain_text("-20")
    # What the film gave lay partly above the cap of 45 seconds.
    assert hours(platform) == (learned_s - 20, recognised_s - 5)
    with ways.seated(browser, platform, HER) as teacher:
        teacher.goto(f"{platform.address}/me/notices/")
        teacher.get_by_role("button", name=re.compile("的学时已更正")).click()
        said = teacher.get_by_text(f"减去 20 秒，即 0.66 学时。{WHY}")
        expect(said.filter(visible=True).first).to_be_visible()
        expect(teacher.locator("main")).to_contain_text("1.33")
    assert platform.manage(DIFFERENCES).split()[-1] == "[]"
