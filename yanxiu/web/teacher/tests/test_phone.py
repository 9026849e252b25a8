"""Change one's number by a code to the old one and a code to the new one."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import test_access
from tests.support.pages import Answer
from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import phones
from yanxiu.training.notices.models import Delivery, Notice
from yanxiu.training.organisations import phone_links
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.people import accounts, factors
from yanxiu.training.people.models import Account, Code, Persona
from yanxiu.training.trail.models import Entry
from yanxiu.web.shared import sent_codes

PAGE, NEW, MINUTE = reverse("my_phone"), "13900077001", timedelta(minutes=1)


@pytest.fixture
def account(country: None) -> Account:
    return test_access.account("teacher")


@pytest.fixture
def here(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def shown(client: Client) -> str:
    found = re.search(r"data-code>(\d{6})<", client.get(PAGE).content.decode())
    assert found
    return found[1]


def send(client: Client, **typed: str) -> Answer:
    return client.post(PAGE, typed)


def prove_old(client: Client) -> None:
    assert send(client, send="1").status_code == 303
    assert send(client, code=shown(client)).status_code == 303


def change(client: Client, phone: str = NEW) -> Answer:
    prove_old(client)
    assert send(client, phone=phone).status_code == 303
    return send(client, code=shown(client))


def text(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_two_codes_change_it_and_every_other_session_ends(account: Account, here: Client) -> None:
    other, old, stolen = Client(), account.phone, Client()
    other.force_login(account)
    prove_old(here)
    stolen.cookies[settings.SESSION_COOKIE_NAME] = str(here.session.session_key)
    send(here, phone=NEW)
    answer = send(here, code=shown(here))
    assert answer["Location"] == "/me/account/?done=phone_changed"
    account.refresh_from_db()
    assert account.phone == NEW
    assert "手机号已更换" in here.get(answer["Location"]).content.decode()
    assert here.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert stolen.get("/me/").status_code == 302, "this session has another name by now"
    told = Delivery.objects.filter(notice__kind="phone_changed", way="text")
    assert sorted(told.values_list("phone", flat=True)) == ["", old], "the new and the old number"
    assert Notice.objects.get(person=account.person_id, kind="phone_changed", is_shown=True)
    entry = Entry.objects.get(verb="phone_changed")
    assert (entry.actor_id, entry.subject_id) == (account.person_id, str(account.person_id))


def test_the_new_number_is_asked_for_only_after_the_old_one(here: Client) -> None:
    assert "填写新手机号" in text(here)
    assert send(here, phone=NEW).status_code == 403
    assert not Code.objects.filter(phone=NEW).exists()


def test_the_old_number_s_proof_lasts_ten_minutes(here: Client) -> None:
    prove_old(here)
    session = here.session
    key = "code_proved_old_phone"
    session[key] = [session[key][0], session[key][1] - sent_codes.PROVED_FOR.total_seconds()]
    session.save()
    answer = send(here, phone=NEW)
    assert answer.status_code == 403
    assert "原手机号的验证已过" in answer.content.decode()


def test_a_code_is_good_for_its_number_and_purpose_alone(account: Account, here: Client) -> None:
    send(here, send="1")
    code = shown(here)
    Code.objects.filter(phone=account.phone).update(purpose=Code.Purpose.SIGN_IN)
    assert send(here, code=code).status_code == 400


def test_codes_are_throttled_as_those_of_the_sign_in_are(account: Account, here: Client) -> None:
    visitor = Client()
    visitor.post("/sign-in/", {"phone": account.phone})
    answer = send(here, send="1")
    assert answer.status_code == 429
    assert "秒后再获取" in answer.content.decode()


def test_a_number_of_another_account_is_refused_with_what_to_do(
    account: Account, here: Client
) -> None:
    accounts.open_for(NEW, kind=Persona.Kind.TEACHER, at=clock.now())
    answer = change(here)
    assert answer.status_code == 409
    assert "先用它登录" in answer.content.decode()
    old = account.phone
    account.refresh_from_db()
    assert account.phone == old


def test_the_same_number_is_refused_before_a_code_is_sent(account: Account, here: Client) -> None:
    prove_old(here)
    answer = send(here, phone=account.phone)
    assert answer.status_code == 400
    assert "新手机号与原手机号相同" in answer.content.decode()
    assert not Code.objects.filter(purpose=Code.Purpose.NEW_PHONE).exists()


def test_whoever_has_a_second_factor_gives_it_first(account: Account, here: Client) -> None:
    factors.lend(account.person, at=clock.now())
    assert here.get(PAGE)["Location"].startswith(reverse("second_factor"))
    sign_in(here, account)
    assert here.get(PAGE).status_code == 200


def test_a_request_of_somebody_else_is_shown_with_the_way_to_stop_it(country: None) -> None:
    client = Client()
    client.force_login(Account.objects.get(phone=phones.WAITS))
    running = PhoneChange.objects.get(old_phone=phones.WAITS)
    stop = phone_links.path(running, phone_links.STOP)
    for page in (text(client), client.get(reverse("my_account")).content.decode()):
        assert "有人申请更换您的手机号" in page
        assert stop in page
