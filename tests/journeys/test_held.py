"""Hold an attacker's hours, let her appeal, lift the hold: every second is there again."""

import re

import httpx
from playwright.sync_api import Browser, expect

from tests.journeys import ways
from tests.journeys.platform import Platform
from yanxiu.training.cast import holds as cast
from yanxiu.training.cast import signing_in

# So many times two players take over from each other within a minute.
TIMES = 20
FIND = """
from yanxiu.foundation import clock
from yanxiu.training.integrity import finding
print(finding.find(at=clock.now()))
"""


def hours(platform: Platform) -> dict[str, object]:
    cookies = platform.session(cast.ATTACKER)
    answer = httpx.get(f"{platform.address}/me/trainings/demo.json", cookies=cookies)
    found: dict[str, object] = answer.json()
    return found


def attack(platform: Platform) -> None:
    """Let two players take the lesson from each other, again and again, as a program would."""
    cookies = platform.session(cast.ATTACKER)
    season = httpx.get(f"{platform.address}/trainings/demo.json").json()
    lesson = season["courses"][0]["sections"][0]["lessons"][0]["id"]
    headers = {"X-CSRFToken": cookies["csrftoken"], "Origin": platform.address}
    with httpx.Client(cookies=cookies, headers=headers) as program:
        for place in range(TIMES):
            asked = {"lesson": lesson, "player": f"program-{place % 2}"}
            answer = program.post(f"{platform.address}/learning/leases/", json=asked)
            assert answer.status_code == 201, answer.text


def test_a_doubt_is_looked_at_held_appealed_and_lifted_and_no_second_is_lost(
    browser: Browser, platform: Platform
) -> None:
    attack(platform)
    before = hours(platform)
    assert platform.manage(FIND).split()[-1] == "1"
    assert hours(platform) == before
    with ways.seated(browser, platform, signing_in.COUNTY) as county:
        county.goto(f"{platform.address}/office/doubts/")
        row = county.get_by_role("row", name=re.compile(cast.ATTACKERS_NAME))
        expect(row).to_contain_text("2 个播放器来回接替了 18 次")
        row.get_by_role("link", name=re.compile("查看记录")).click()
        expect(county.get_by_text("也可能是在手机、电脑之间来回看")).to_be_visible()
        county.get_by_text("需要老师说明：暂缓认定").click()
        county.get_by_role("radio", name="疑似由程序代替观看").check(force=True)
        county.get_by_label("写给老师的说明").fill("一小时内两个播放器接替 18 次，请说明。")
        county.get_by_role("button", name="暂缓认定，并通知老师").click()
        expect(county.get_by_text("已暂缓认定，老师已收到通知")).to_be_visible()
    held = hours(platform)
    assert (held["recognised_s"], held["held_s"]) == (0, before["recognised_s"])
    with ways.seated(browser, platform, cast.ATTACKER) as teacher:
        teacher.goto(f"{platform.address}/me/")
        expect(teacher.get_by_text("一小时内两个播放器接替 18 次，请说明")).to_be_visible()
        teacher.get_by_role("link", name="查看与申诉").click()
        teacher.get_by_label("您的说明").fill("手机和电脑都开着，网络不好，一直在刷新。")
        teacher.get_by_role("button", name="提交申诉").click()
        expect(teacher.get_by_role("heading", level=1)).to_have_text("您的申诉正在等待答复")
    with ways.seated(browser, platform, signing_in.CITY) as city:
        city.goto(f"{platform.address}/office/holds/?state=appealed")
        row = city.get_by_role("row", name=re.compile(cast.ATTACKERS_NAME))
        row.get_by_role("link", name=re.compile("查看")).click()
        city.get_by_role("radio", name="解除暂缓认定").check(force=True)
        city.get_by_label("答复的理由").fill("学校证明当时网络故障。")
        city.get_by_role("button", name="答复申诉").click()
        expect(city.get_by_text("已解除").first).to_be_visible()
    assert hours(platform) == before
