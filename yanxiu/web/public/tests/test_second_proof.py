"""Show that a code alone does not open what nobody has used for 90 days."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import arrivals
from tests.support.pages import Answer, text
from yanxiu.foundation import clock
from yanxiu.training.cast import signing_in
from yanxiu.training.notices.models import Notice
from yanxiu.training.people import accounts, factors, identities, idle, sessions
from yanxiu.training.people.models import Account, Persona, Session, SetAside

PAGE, PHONE = reverse("second_proof"), signing_in.IDLE


@pytest.fixture
def account(country: None) -> Account:
    return Account.objects.get(phone=PHONE)


def arrive(client: Client, phone: str = PHONE) -> Answer:
    """Give the number and its code."""
    client.post("/sign-in/", {"phone": phone, "next": "/channel/"})
    found = re.search(r"data-code>(\d{6})<", client.get("/sign-in/code/").content.decode())
    assert found
    return client.post("/sign-in/code/", {"code": found[1]})


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def hers(account: Account) -> dict[str, str]:
    identity = identities.current(account.person_id)
    assert identity
    return {"name": identity.name, "tail": identities.number(identity)[-6:].lower()}


def prove(client: Client, **typed: str) -> Answer:
    return client.post(PAGE, typed)


def test_a_right_code_opens_nothing_and_shows_nothing_of_her(
    client: Client, account: Account
) -> None:
    answer = arrive(client)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    page = client.get(PAGE).content.decode()
    assert not is_in(client)
    known = hers(account)
    assert not [each for each in (known["name"], known["tail"], str(account.pk)) if each in page]


def test_name_and_the_end_of_her_number_let_her_in(client: Client, account: Account) -> None:
    arrive(client)
    answer = prove(client, **hers(account))
    assert (answer.status_code, answer["Location"]) == (302, "/channel/")
    assert is_in(client)
    account.refresh_from_db()
    assert not idle.is_idle(account, at=clock.now()), "she has been here"


def test_her_password_lets_her_in_and_so_it_does_at_the_password_s_own_page(
    client: Client, account: Account
) -> None:
    arrivals.give_password(account)
    arrive(client)
    assert prove(client, password="不是这个密码").status_code == 400
    assert prove(client, password=arrivals.PASSWORD).status_code == 302
    assert is_in(client)
    Account.objects.filter(pk=account.pk).update(last_login=None)
    typed = {"phone": PHONE, "password": arrivals.PASSWORD}
    assert Client().post(reverse("sign_in_password"), typed).status_code == 302


def test_five_wrong_proofs_close_it_and_a_right_one_opens_it_no_more(
    client: Client, account: Account
) -> None:
    arrive(client)
    known = hers(account)
    for left in (4, 3, 2, 1):
        answer = prove(client, **known | {"tail": "000000"})
        assert f"还可以试 {left} 次" in text(answer)
    assert prove(client, name="王某某", tail=known["tail"]).status_code == 429
    assert prove(client, **known).status_code == 429
    page = text(client.get(PAGE))
    assert "证件号码后 6 位" not in page
    assert "注册新账号" in page
    assert not is_in(client)


def test_whoever_cannot_prove_it_begins_anew_and_the_old_account_is_kept(
    client: Client, account: Account
) -> None:
    arrive(client)
    answer = prove(client, new="1")
    assert (answer.status_code, answer["Location"]) == (303, "/register/")
    client.post("/register/", {"kind": Persona.Kind.TEACHER, "consent": "on"})
    fresh = Account.objects.get(phone=PHONE)
    assert is_in(client)
    assert fresh.person_id != account.person_id
    account.refresh_from_db()
    assert account.is_active
    assert not account.phone.startswith("1")
    assert identities.current(account.person_id), "all of it is kept"
    assert SetAside.objects.get(account=account).phone == PHONE
    assert Notice.objects.filter(person=account.person_id, kind="number_set_aside").exists()


def test_who_uses_it_by_a_session_is_not_idle(client: Client, account: Account) -> None:
    now = clock.now()
    accounts.come(account.person, at=now - timedelta(days=100))
    Session.objects.create(session_key="s", account=account, expire_date=now + timedelta(days=1))
    sessions.see("s", at=now)
    account.refresh_from_db()
    assert account.last_login == now


def test_a_second_factor_is_the_second_proof(client: Client, account: Account) -> None:
    factors.lend(account.person, at=clock.now())
    assert arrive(client)["Location"] == reverse("second_factor")


def test_an_account_that_says_nothing_of_anybody_needs_none(client: Client, country: None) -> None:
    at = clock.now() - timedelta(days=120)
    accounts.open_for("13900055001", kind=Persona.Kind.TEACHER, at=at)
    assert arrive(client, "13900055001")["Location"] == "/channel/"


@pytest.mark.parametrize(("days", "asks"), [(89, False), (90, True)])
def test_ninety_days_are_the_border(
    client: Client, account: Account, days: int, *, asks: bool
) -> None:
    accounts.come(account.person, at=clock.now() - timedelta(days=days))
    assert (arrive(client)["Location"] == PAGE) == asks
