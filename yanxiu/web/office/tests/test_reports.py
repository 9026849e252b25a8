"""How it goes: from the nation to a teacher, each number opens its rows, nobody sees too much."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import jobs
from yanxiu.foundation import clock
from yanxiu.training.cast import people, places, seasons, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.people import Teacher
from yanxiu.training.organisations import grants, information, posts
from yanxiu.training.organisations.models import Import
from yanxiu.training.people.models import Account
from yanxiu.training.reports import rolling
from yanxiu.training.reports.models import Export, Figures, Reminder, Roll, Standing
from yanxiu.web.office.tests import desks

NUMBER = re.compile(r'<a href="(/office/teachers/\?[^"]+)">([\d,]+)<span')
SCHOOL = "3301060001"
WAY = (
    (signing_in.NATION, ("000000", "330000", "330100", "330106", SCHOOL)),
    (signing_in.COUNTY, ("330106", SCHOOL)),
    (signing_in.SCHOOL, (SCHOOL,)),
)


@pytest.fixture
def rolled(country: None) -> None:
    rolling.roll(at=clock.now())


def node(code: str, slug: str = seasons.SEASON) -> str:
    return reverse("office_training_node", args=[slug, code])


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.parametrize(("phone", "codes"), WAY)
def test_each_number_opens_exactly_its_rows(
    rolled: None, phone: str, codes: tuple[str, ...]
) -> None:
    client = desks.browser(phone)
    for code in codes:
        found = NUMBER.findall(page(client, node(code)))
        assert len(found) == 9
        for address, number in found:
            shown = desks.seen(page(client, html.unescape(address)))
            assert re.search(rf"：\D+{number}位", shown), (code, address)


def test_hours_on_hold_are_a_number_that_says_how_it_is_counted(rolled: None) -> None:
    # One teacher of the country has earned all of the tasting, and her hours are on hold.
    training = seasons.outline(seasons.DEMO).training
    told = Figures.objects.filter(training_id=training.id, path="000000").latest("on")
    assert (told.held, told.complete + told.laggards) == (1, told.enrolled - 1)
    for phone, code in ((signing_in.NATION, "000000"), (signing_in.SCHOOL, SCHOOL)):
        shown = page(desks.browser(phone), node(code, seasons.DEMO))
        assert "1 位老师的 4.00 学时暂缓认定：每门课程算到上限为止" in shown
        assert "state=held" in shown
    assert "学时暂缓认定" not in page(desks.browser(signing_in.NATION), node("000000"))


def test_the_nation_lies_open_as_tiles_and_as_rows(rolled: None) -> None:
    shown = page(desks.browser(signing_in.NATION), node("000000"))
    assert len(re.findall(r'class="tile-\d{6} step-\d+"', shown)) == 34
    assert f'href="{node("330000")}"' in shown
    assert "数据截至" in shown
    assert "<polyline" in shown
    assert shown.count('<th scope="row">') > 30


def test_a_province_is_the_sum_of_what_stands_below_it(rolled: None) -> None:
    client = desks.browser(signing_in.PROVINCE)
    shown = page(client, node("330000"))
    (told,) = Figures.objects.filter(
        training_id=seasons.outline(seasons.SEASON).training.id, path="000000/330000"
    ).order_by("-on")[:1]
    rows = re.findall(r'data-name="在册"><a href="([^"]+)">([\d,]+)<', shown)
    assert sum(int(number.replace(",", "")) for _, number in rows) == told.registered
    for link, number in rows:
        assert f" {number} 位</h1>" in page(client, html.unescape(link))


def test_above_the_own_node_and_beside_it_nothing_is_there(rolled: None) -> None:
    client = desks.browser(signing_in.COUNTY)
    for code in ("000000", "330000", "330110", "3301100001", "330107", "12", "x" * 10):
        page(client, node(code), 404)
        page(client, f"{reverse('office_teachers')}?node={code}", 404)
    assert node("330000") not in page(client, node("330106"))


def test_a_school_counts_this_instant(rolled: None, call: Call) -> None:
    client = desks.browser(signing_in.SCHOOL)
    before = dict_of(page(client, node(SCHOOL)))
    call.teacher(places.of(places.HOME, places.PRIMARY), at=clock.now())
    after = dict_of(page(client, node(SCHOOL)))
    assert after["registered"] == before["registered"] + 1
    assert after["waiting"] == before["waiting"] + 1
    county = dict_of(page(desks.browser(signing_in.COUNTY), node("330106")))
    rolling.roll(at=clock.now() + timedelta(seconds=30))
    fresh = dict_of(page(desks.browser(signing_in.COUNTY), node("330106")))
    assert fresh["registered"] == county["registered"] + 1


def dict_of(shown: str) -> dict[str, int]:
    found = NUMBER.findall(shown)
    return {
        html.unescape(address).partition("state=")[2]: int(number.replace(",", ""))
        for address, number in found
    }


def test_numbers_that_do_not_add_up_and_late_ones_are_told(rolled: None) -> None:
    client = desks.browser(signing_in.NATION)
    wrong = Figures.objects.filter(path="000000").order_by("-on")[0]
    Figures.objects.filter(path="000000", on=wrong.on).update(complete=wrong.complete + 7)
    rolling.roll(at=clock.now() - timedelta(minutes=9))
    shown = page(client, node("000000"))
    assert "与下级合计不一致" in shown
    Roll.objects.filter(differences=0).delete()
    assert "统计任务没有按时运行" in page(client, node("000000"))
    assert "与下级合计不一致" not in page(desks.browser(signing_in.COUNTY), node("330106"))


def test_a_list_is_sorted_searched_and_paged_in_its_address(call: Call, desk: Desk) -> None:
    for _ in range(25):
        people.join(call.phone(), call.person("慕容复"), desk.school, at=call.ago(days=1))
    rolling.roll(at=clock.now())
    training = seasons.outline(seasons.SEASON).training
    for phone, code in ((signing_in.COUNTY, "330106"), (signing_in.COUNTY, desk.school.code)):
        client = desks.browser(phone)
        for sort in ("school", "name", "least", "most", "waiting"):
            start = f"{reverse('office_teachers')}?training=season&node={code}&q=慕容&sort={sort}"
            seen: list[str] = []
            address, last = start, ""
            while address:
                shown = page(client, address)
                seen += re.findall(r'<th scope="row"><a href="([^"]+)"', shown)
                onward = re.search(r'rel="next" href="([^"]+)"', shown)
                last, address = address, ""
                if onward:
                    address = reverse("office_teachers") + html.unescape(onward[1])
            assert len(seen) == len(set(seen)) == 25, sort
            back = re.search(r'rel="prev" href="([^"]+)"', page(client, last))
            assert back
            shown = page(client, reverse("office_teachers") + html.unescape(back[1]))
            assert seen[4] in shown
    assert Standing.objects.filter(training_id=training.id, name="慕容复").count() == 25


@pytest.mark.parametrize(
    "query", ["state=rich", "sort=password", "after=junk", "q=" + "长" * 61, "after=1&before=2"]
)
def test_what_makes_no_sense_is_said(rolled: None, query: str) -> None:
    shown = page(desks.browser(signing_in.COUNTY), f"{reverse('office_teachers')}?{query}", 400)
    assert 'role="alert"' in shown


def teacher_of(desk: Desk, call: Call) -> Teacher:
    teacher = call.teacher(desk.school, at=call.ago(days=3))
    people.approve(teacher, by=desk.officer, at=call.ago(days=2))
    people.enrol(teacher, seasons.SEASON, at=call.ago(days=2))
    return teacher


def test_a_teacher_is_shown_whole_with_a_reason_for_every_number(call: Call, desk: Desk) -> None:
    teacher = teacher_of(desk, call)
    shown = page(desks.browser(desk.officer), reverse("office_teacher", args=[teacher.person.id]))
    assert teacher.asked.identity.name in shown
    assert "***********" in shown
    assert shown.count("按需选学；完整看完一个，就得到它的学时。") == 5
    assert desk.school.name in shown
    assert "通过" in shown


def test_who_leaves_takes_her_learning_along_and_brings_it_to_the_next_school(
    call: Call, desk: Desk
) -> None:
    teacher = teacher_of(desk, call)
    address = reverse("office_teacher", args=[teacher.person.id])
    own = desks.browser(desk.officer)
    assert "已认定" in page(own, address)
    posts.end(teacher.post, by=teacher.person, at=clock.now())
    left = page(own, address)
    assert "已离开您管理的范围" in left
    assert "已认定" not in left
    assert teacher.asked.identity.name not in page(
        own, f"{reverse('office_teachers')}?training=season"
    )
    home = places.of(places.HOME, places.PRIMARY)
    information.teach_at(teacher.person, home, by=teacher.person, at=clock.now())
    new = page(desks.browser(signing_in.SCHOOL), address)
    assert "已认定" in new
    assert desk.school.name not in new


def test_schools_that_lag_come_first(rolled: None) -> None:
    address = reverse("office_training_schools", args=[seasons.SEASON, "000000"])
    client = desks.browser(signing_in.NATION)
    shares = [int(n) for n in re.findall(r">(\d+)%</span>", page(client, address))]
    assert shares == sorted(shares)
    onward = re.search(r'rel="next" href="([^"]+)"', page(client, address))
    if onward:
        page(client, address + html.unescape(onward[1]))
    assert "没有找到学校" in page(client, f"{address}?q=没有的学校")
    page(client, f"{address}?sort=password", 400)


def test_an_export_is_asked_for_from_a_list_watched_and_fetched(rolled: None) -> None:
    client = desks.browser(signing_in.COUNTY)
    asked = {"kind": "teachers", "training": "season", "node": "330106", "form": "csv"}
    led = client.post(reverse("office_exports"), asked)
    assert led.status_code == 303
    assert "在排队" in page(client, led["Location"])
    jobs.run()
    shown = page(client, led["Location"])
    link = re.search(r'href="(/office/exports/files/[^"]+)"', shown)
    assert link
    answer = client.get(link[1])
    assert answer["Content-Disposition"].startswith("attachment")
    assert "姓名" in b"".join(answer).decode("utf-8-sig")
    assert client.post(led["Location"]).status_code == 303
    assert client.get(link[1]).status_code == 410
    assert desks.browser(signing_in.CITY).get(led["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2025-02-02", "2025-02-01", "开始日期晚于结束日期"),
        ("2015-01-01", "2025-01-01", "每次最多导出 1 年"),
        ("", "", "请选择开始日期和结束日期"),
        ("never", "2025-01-01", "有效"),
    ],
)
def test_days_that_make_no_sense_are_said(rolled: None, since: str, until: str, said: str) -> None:
    asked = {"kind": "days", "training": "season", "node": "330106", "form": "csv"}
    client = desks.browser(signing_in.COUNTY)
    answer = client.post(reverse("office_exports"), asked | {"since": since, "until": until})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Export.objects.exists()


def test_what_is_not_hers_is_not_exported(rolled: None) -> None:
    asked = {"kind": "teachers", "training": "season", "node": "330110", "form": "csv"}
    answer = desks.browser(signing_in.COUNTY).post(reverse("office_exports"), asked)
    assert answer.status_code == 404
    assert not Export.objects.exists()


def test_a_reminder_is_seen_before_and_after(rolled: None) -> None:
    client = desks.browser(signing_in.SCHOOL)
    address = reverse("office_reminders", args=[seasons.SEASON, SCHOOL])
    before = desks.seen(page(client, address))
    assert "将提醒11位未达标的老师" in before
    assert "张晓岚" in before
    assert client.post(address).status_code == 303
    jobs.run()
    after = desks.seen(page(client, address))
    assert "现在没有需要提醒的老师" in after
    assert "周立新提醒了" in after
    assert client.post(address).status_code == 409
    assert Reminder.objects.get().people == 11


def test_a_right_that_is_taken_ends_the_link_to_a_file_whatever_else_she_serves(
    rolled: None,
) -> None:
    client = desks.browser(signing_in.COUNTY)
    asked = {"kind": "teachers", "training": seasons.SEASON, "node": "330106", "form": "csv"}
    page = client.post(reverse("office_exports"), asked)["Location"]
    waiting = client.get(page).content.decode()
    assert f'hx-get="{page}"' in waiting
    assert re.search(rf'<noscript>.*href="{page}">刷新进度</a></noscript>', waiting)
    jobs.run()
    link = re.search(r'href="(/office/exports/files/[^"]+)"', client.get(page).content.decode())
    assert link
    assert client.get(link[1]).status_code == 200
    city, county = (
        Account.objects.select_related("person").get(phone=phone).person
        for phone in (signing_in.CITY, signing_in.COUNTY)
    )
    (grant,) = grants.held(county.id, at=clock.now())
    school = places.of(places.HOME, "342")
    grants.give(county, level="school", node=school, by=city, at=clock.now())
    grants.withdraw(grant, by=city, at=clock.now())
    for address in (link[1], page):
        assert client.get(address).status_code == 404, "what she serves now reaches neither"


@pytest.mark.parametrize(
    ("also", "status", "words"),
    [("342", 404, "不在您能看到的范围里"), ("", 403, "不能做这件事")],
)
def test_a_progress_page_says_so_and_asks_no_more_once_the_right_is_taken(
    also: str, status: int, words: str, rolled: None
) -> None:
    client = desks.browser(signing_in.COUNTY)
    city, county = (
        Account.objects.select_related("person").get(phone=phone).person
        for phone in (signing_in.CITY, signing_in.COUNTY)
    )
    asked = {"kind": "teachers", "training": seasons.SEASON, "node": "330106", "form": "csv"}
    export = client.post(reverse("office_exports"), asked)["Location"]
    (grant,) = grants.held(county.id, at=clock.now())
    sheet = Import.objects.create(
        kind="schools", path=grant.path, by=county, at=clock.now(), rows=9, started_at=clock.now()
    )
    pages = (export, reverse("office_import", args=[sheet.id]))
    assert all("hx-trigger" in client.get(page).content.decode() for page in pages)
    if also:
        school = places.of(places.HOME, also)
        grants.give(county, level="school", node=school, by=city, at=clock.now())
    grants.withdraw(grant, by=city, at=clock.now())
    for page in pages:
        answer = client.get(page, headers={"HX-Request": "true"})
        assert answer.status_code == status
        # The script puts the sentence where the whole page was, and with it went the asking.
        assert (answer["HX-Retarget"], answer["HX-Reselect"]) == ("#content", "#content")
        assert "hx-trigger" not in answer.content.decode()
        assert words in answer.content.decode()


def test_a_progress_page_is_led_away_whole_once_the_session_is_over() -> None:
    answer = Client().get(reverse("office_exports"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/sign-in/?next=/office/exports/")
