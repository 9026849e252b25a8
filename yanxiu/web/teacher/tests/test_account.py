"""Look after one's account: password, devices, and the proof that is asked for first."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import test_access
from tests.support import arrivals
from tests.support.signing_in import prove
from yanxiu.foundation import clock
from yanxiu.training.notices.models import Notice
from yanxiu.training.people import sessions
from yanxiu.training.people.models import Account, Session

PAGE, PROOF, PASSWORD = reverse("my_account"), reverse("my_proof"), reverse("my_password")
DEVICES, NEW = reverse("my_sessions"), "另一个很长的密码"
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537"


@pytest.fixture
def account(country: None) -> Account:
    found = test_access.account("teacher")
    arrivals.give_password(found)
    return found


@pytest.fixture
def here(account: Account) -> Client:
    return come(account)


def come(account: Account, agent: str = "") -> Client:
    """Sign in through the front door, on a device of that kind."""
    browser = Client(headers={"user-agent": agent})
    typed = {"phone": account.phone, "password": arrivals.PASSWORD}
    assert browser.post(reverse("sign_in_password"), typed).status_code == 302
    return browser


def text(browser: Client, page: str) -> str:
    return browser.get(page).content.decode()


def is_in(browser: Client) -> bool:
    return browser.get(reverse("me")).status_code == 200


def grow_old(browser: Client) -> None:
    session = browser.session
    session["proved_at"] = (clock.now() - timedelta(minutes=11)).isoformat()
    session.save()


def test_every_device_is_listed_in_words_and_this_one_is_marked(
    account: Account, here: Client
) -> None:
    come(account, PHONE_AGENT)
    said = text(here, DEVICES)
    assert "安卓手机 · Chrome" in said
    assert said.count("这一台") == 1
    assert "127.0.0.0/24" in said
    assert str(here.session.session_key) not in said


def test_one_device_is_ended_and_nothing_else(account: Account, here: Client) -> None:
    phone, tablet = come(account, PHONE_AGENT), come(account)
    handles = re.findall(r'name="session" value="(\w+)"', text(here, DEVICES))
    assert len(handles) >= 2
    wanted = sessions._handle(str(phone.session.session_key))
    assert here.post(DEVICES, {"session": wanted}).status_code == 303
    assert (is_in(phone), is_in(tablet), is_in(here)) == (False, True, True)
    assert here.post(DEVICES, {"session": wanted}).status_code == 409


def test_a_session_of_another_is_not_hers_to_end(here: Client) -> None:
    other = test_access.client("officer")
    stolen = sessions._handle(str(other.session.session_key))
    assert here.post(DEVICES, {"session": stolen}).status_code == 409
    assert is_in(other)


def test_all_others_end_at_once(account: Account, here: Client) -> None:
    others = [come(account), come(account)]
    here.post(DEVICES, {"others": "1"})
    assert [is_in(each) for each in (here, *others)] == [True, False, False]


def test_a_new_password_ends_the_others_and_keeps_this_one(account: Account, here: Client) -> None:
    other = come(account)
    answer = here.post(PASSWORD, {"new": NEW, "again": NEW})
    assert answer["Location"] == f"{PAGE}?done=password_set"
    assert "其他设备上的登录已全部结束" in text(here, answer["Location"])
    assert (is_in(here), is_in(other)) == (True, False)
    again = {"phone": account.phone, "password": NEW}
    assert Client().post(reverse("sign_in_password"), again).status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("12345678", "12345678", "该密码过于常见"),
        ("1234567", "1234567", "密码至少 8 个字符"),
        ("x" * 129, "x" * 129, "密码最长 128 个字符"),
        (NEW, NEW + "x", "两次输入的密码不一样"),
        ("张晓岚张晓岚", "张晓岚张晓岚", "密码至少 8 个字符"),
        ("张晓岚张晓岚12", "张晓岚张晓岚12", "几乎只有您的姓名"),
    ],
)
def test_what_cannot_be_a_password_is_told(here: Client, new: str, again: str, said: str) -> None:
    answer = here.post(PASSWORD, {"new": new, "again": again})
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_the_name_of_her_school_is_no_password(account: Account, here: Client) -> None:
    school = account.person.posts.get().school.name
    answer = here.post(PASSWORD, {"new": school, "again": school})
    assert answer.status_code == 400


def test_she_signs_in_by_code_alone_again(account: Account, here: Client) -> None:
    here.post(PASSWORD, {"forget": "1"})
    assert is_in(here)
    assert "未设置，用短信验证码登录" in text(here, PAGE)


def test_an_old_session_proves_itself_first(account: Account, here: Client) -> None:
    grow_old(here)
    asked = here.get(PASSWORD)
    assert asked["Location"] == f"{PROOF}?next={PASSWORD}"
    typed = {"password": "wrong one", "next": PASSWORD}
    assert here.post(PROOF, typed).status_code == 400
    proved = here.post(PROOF, typed | {"password": arrivals.PASSWORD})
    assert (proved.status_code, proved["Location"]) == (303, PASSWORD)
    assert here.get(PASSWORD).status_code == 200


def test_a_code_to_her_number_proves_it_too(here: Client) -> None:
    grow_old(here)
    sent = here.post(PROOF, {"send": "1", "next": PASSWORD})
    shown = re.search(r"data-code>(\d{6})<", text(here, sent["Location"]))
    assert shown
    assert here.post(PROOF, {"code": "abc"}).status_code == 400
    assert here.post(PROOF, {"code": shown[1], "next": PASSWORD})["Location"] == PASSWORD
    assert here.post(PROOF, {"send": "1"}).status_code == 429, "a code a minute"


def test_a_session_says_when_it_was_last_used(account: Account, here: Client) -> None:
    key = here.session.session_key
    kept = Session.objects.filter(session_key=key)
    long_ago = clock.now() - timedelta(hours=2)
    kept.update(seen_at=long_ago)
    here.get(PAGE)
    assert kept.get().seen_at != long_ago


def test_sessions_that_have_run_out_are_swept(account: Account, here: Client) -> None:
    prove(here)
    assert sessions.sweep(at=clock.now() + timedelta(days=31)) >= 1
    assert not is_in(here)


def told(account: Account) -> list[str]:
    found = Notice.objects.filter(person=account.person_id).order_by("at", "id")
    kinds = ("password_changed", "departure_asked", "device_new")
    return [each.kind for each in found if each.kind in kinds]


def test_a_browser_that_was_never_seen_is_told_of_and_known_from_then_on(
    account: Account,
) -> None:
    first = come(account)
    assert told(account) == [], "the first one is nothing new"
    phone = come(account, PHONE_AGENT)
    assert told(account) == ["device_new"]
    notice = Notice.objects.get(person=account.person_id, kind="device_new")
    assert notice.facts["device"] == "安卓手机 · Chrome"
    assert {each.way for each in notice.deliveries.all()} == {"text"}, "and whatever browser rings"
    for browser in (first, phone):
        browser.post(reverse("sign_out"))
        typed = {"phone": account.phone, "password": arrivals.PASSWORD}
        assert browser.post(reverse("sign_in_password"), typed).status_code == 302
    assert told(account) == ["device_new"]


def test_a_changed_password_and_a_departure_are_told_by_every_way(
    account: Account, here: Client
) -> None:
    prove(here)
    here.post(PASSWORD, {"new": NEW, "again": NEW})
    here.post(reverse("my_departure"), {"word": "注销"})
    assert told(account) == ["password_changed", "departure_asked"]
    texts = Notice.objects.filter(person=account.person_id, deliveries__way="text")
    assert {"password_changed", "departure_asked"} <= {each.kind for each in texts}
