"""Show that a person decides how she is told, but for what law and safety demand."""

import base64

from pytest_django.fixtures import Settings

from tests.support.season import Scene
from yanxiu.foundation import clock
from yanxiu.training.cast.people import Teacher
from yanxiu.training.notices import groups, notes, preferences
from yanxiu.training.notices.groups import Way
from yanxiu.training.notices.models import Delivery, Notice
from yanxiu.training.notices.tests.services import Browser, Service
from yanxiu.web.teacher.tests.pages import SignIn, text

SETTINGS, BROWSERS = "/me/notices/settings/", "/me/notices/browsers/"


def plain(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode()


def test_what_is_fixed_says_why_and_stays_on(scene: Scene, signed_in: SignIn) -> None:
    teacher = scene.teacher()
    browser = signed_in(teacher.person)
    page = text(browser.get(SETTINGS))
    assert "关系到账号安全，站内消息和短信不能关闭" in page
    assert 'value="security:text" checked disabled' in page
    assert "管理工作" not in page, "she is no officer"
    nothing = {"begins": "12:30", "ends": "13:30", "is_quiet": "on"}
    assert browser.post(SETTINGS, nothing).status_code == 303
    chosen = preferences.choice(teacher.person.id)
    assert chosen["security"] == {Way.INBOX, Way.TEXT}
    assert chosen["learning"] == frozenset()
    page = text(browser.get(f"{SETTINGS}?done=saved"))
    assert "已保存" in page
    assert 'value="12:30"' in page
    assert 'value="learning:push" >' in page


def test_never_quiet_is_kept_and_shown(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    browser.post(SETTINGS, {"begins": "22:00", "ends": "08:00", "wanted": "learning:push"})
    page = text(browser.get(SETTINGS))
    assert 'name="is_quiet" >' in page
    assert 'value="learning:push" checked' in page


def test_what_is_no_time_keeps_all_other_choices(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    wrong = {"begins": "25:00", "ends": "8", "wanted": "learning:text", "is_quiet": "on"}
    page = text(browser.post(SETTINGS, wrong), status=400)
    assert "时间请按“22:00”这样填写" in page
    assert 'value="learning:text" checked' in page
    assert "25:00" in page


def test_a_browser_is_begun_and_ended(
    scene: Scene, signed_in: SignIn, service: Service, settings: Settings
) -> None:
    settings.YANXIU_PUSH_SERVICES = [service.address]
    teacher, device = scene.teacher(), Browser(service)
    browser = signed_in(teacher.person)
    told = {"key": plain(device.key), "secret": plain(device.secret)}
    told["endpoint"] = device.subscription.endpoint
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
    answer = browser.post(BROWSERS, told, headers={"User-Agent": agent})
    assert answer.status_code == 303
    page = text(browser.get(SETTINGS))
    assert "Android · Chrome" in page
    notes.tell(teacher.person.id, "correction_approved", at=clock.now())
    assert {each.way for each in Delivery.objects.filter(notice__person=teacher.person)} == {
        *("text", "push")
    }
    ending = page.split('action="/me/notices/browsers/')[1].split('"')[0]
    assert browser.post(f"{BROWSERS}{ending}").status_code == 303
    assert "Android · Chrome" not in text(browser.get(SETTINGS))


def test_an_address_that_no_browser_gave_out_is_refused(scene: Scene, signed_in: SignIn) -> None:
    browser = signed_in(scene.teacher().person)
    told = {"endpoint": "http://169.254.169.254/", "key": "AAAA", "secret": "AAAA"}
    assert "没有开启通知" in text(browser.post(BROWSERS, told), status=400)
    assert "没有开启通知" in text(browser.post(BROWSERS, told | {"key": "#"}), status=400)


def test_the_worker_is_a_script_that_only_shows_notices(scene: Scene, signed_in: SignIn) -> None:
    answer = signed_in(scene.teacher().person).get("/me/notices/worker.js")
    script = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert "showNotification" in script
    assert "fetch" not in script


def test_what_could_not_be_delivered_is_said_in_the_inbox(scene: Scene, signed_in: SignIn) -> None:
    teacher: Teacher = scene.teacher()
    notes.tell(teacher.person.id, "correction_approved", at=clock.now())
    notice = Notice.objects.filter(person=teacher.person, kind="correction_approved")
    Delivery.objects.filter(notice__in=notice).update(outcome="failed", done_at=clock.now())
    assert "短信或通知没有送达" in text(signed_in(teacher.person).get("/me/notices/"))


def test_officers_choose_for_their_work_too(scene: Scene, signed_in: SignIn) -> None:
    page = text(signed_in(scene.desk.officer).get(SETTINGS))
    assert "管理工作" in page
    assert all(str(each.label) in page for each in groups.GROUPS if each.code != "desk")
