"""Ask officers for their second factor, keep it fresh, and show codes in the demo alone."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import test_access
from tests.support import arrivals
from tests.support.signing_in import prove, sign_in
from yanxiu.foundation import clock
from yanxiu.training.people import factors
from yanxiu.training.people.models import Account
from yanxiu.web.shared import access

PAGE, SETTING, OFFICE = reverse("second_factor"), reverse("my_second_factor"), reverse("office")


@pytest.fixture
def officer(country: None) -> Account:
    return test_access.account("officer")


@pytest.fixture
def browser(officer: Account) -> Client:
    """Give a browser in which she is signed in by text message alone."""
    client = Client()
    sign_in(client, officer, second_factor=False)
    return client


def aged(client: Client, age: timedelta) -> Client:
    """Return the browser as if its second factor had been given so long ago."""
    session = client.session
    session[access.SECOND_FACTOR] = (clock.now() - age).isoformat()
    session.save()
    return client


def shown(client: Client) -> str:
    """Return the code that the demo's page shows."""
    found = re.search(r"data-code>(\d{6})<", client.get(PAGE).content.decode())
    return found[1] if found else ""


def test_a_code_leads_to_where_she_wanted_to_go_and_renames_her_session(browser: Client) -> None:
    asked = browser.get(OFFICE)
    assert asked["Location"] == f"{PAGE}?next={OFFICE}"
    before = browser.session.session_key
    answer = browser.post(PAGE, {"code": shown(browser), "next": reverse("office_officers")})
    assert (answer.status_code, answer["Location"]) == (303, reverse("office_officers"))
    assert browser.session.session_key != before
    assert browser.get(OFFICE).status_code == 200


def test_the_session_that_was_there_before_opens_nothing(browser: Client) -> None:
    stolen = Client()
    name = settings.SESSION_COOKIE_NAME
    stolen.cookies[name] = browser.cookies[name].value
    browser.post(PAGE, {"code": shown(browser)})
    assert stolen.get(OFFICE).status_code == 302
    assert stolen.get(reverse("me")).status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "0" * 61, "１２３４５", "000000"])
def test_a_code_that_does_not_fit_is_said_and_opens_nothing(browser: Client, typed: str) -> None:
    answer = browser.post(PAGE, {"code": typed})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert browser.get(OFFICE).status_code == 302


def test_full_width_digits_and_spaces_are_understood(browser: Client) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in shown(browser))
    answer = browser.post(PAGE, {"code": f" {wide[:3]} {wide[3:]} "})
    assert answer.status_code == 303


def test_codes_are_shown_in_the_demo_and_nowhere_else(browser: Client, settings: Settings) -> None:
    assert shown(browser)
    settings.YANXIU_DEMO = False
    assert shown(browser) == ""
    assert "演示环境的验证器" not in browser.get(PAGE).content.decode()


def test_who_never_set_one_up_is_led_to_it_first(officer: Account, browser: Client) -> None:
    factors.reset(officer, by=officer.person, at=clock.now())
    sign_in(browser, Account.objects.get(pk=officer.pk), second_factor=False)
    prove(browser)
    led = browser.get(PAGE, {"next": OFFICE})
    assert led["Location"].startswith(SETTING)
    page = browser.get(reverse("my_factor_app")).content.decode()
    secret = re.search(r"data-secret>([A-Z2-7 ]+)<", page)
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert secret
    assert sealed
    code = factors._code(secret[1].replace(" ", ""), factors._now(clock.now()))
    kept = browser.post(reverse("my_factor_app"), {"code": code, "sealed": sealed[1]})
    assert len(re.findall(r"<li>\d{8}</li>", kept.content.decode())) == 10
    assert browser.get(OFFICE).status_code == 200


def test_a_secret_of_another_is_not_taken(officer: Account, country: None) -> None:
    other = test_access.client("county")
    page = other.get(reverse("my_factor_app")).content.decode()
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert sealed
    answer = test_access.client("officer").post(
        reverse("my_factor_app"), {"code": "123456", "sealed": sealed[1]}
    )
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize(
    ("age", "opens", "is_fresh"),
    [
        (timedelta(minutes=9), True, True),
        (timedelta(minutes=11), True, False),
        (timedelta(hours=11), True, False),
        (timedelta(hours=13), False, False),
    ],
)
def test_it_opens_the_console_for_a_day_s_work_and_what_matters_for_ten_minutes(
    browser: Client,
    age: timedelta,
    opens: bool,  # noqa: FBT001 - a case of a table
    is_fresh: bool,  # noqa: FBT001 - likewise
) -> None:
    aged(browser, age)
    assert (browser.get(OFFICE).status_code == 200) == opens
    renewed = browser.post(reverse("my_recovery_codes"))
    assert (renewed.status_code == 200) == is_fresh
    if not is_fresh:
        assert renewed["Location"].startswith(PAGE)


@pytest.mark.parametrize(
    "name",
    [
        *("office_grant_new", "office_officer_ending", "office_officer_deputies"),
        "office_officer_factor_reset",
    ],
)
def test_rights_ask_for_a_fresh_one_and_lead_back_to_a_page(name: str, country: None) -> None:
    client = Client()
    sign_in(client, test_access.account("county"))
    aged(client, timedelta(minutes=11))
    address = reverse(name, kwargs=test_access.parameters(name))
    answer = client.post(address, {"phone": "13800000021", "until": "2026-12-01"})
    assert answer.status_code == 302
    onward = answer["Location"].partition("next=")[2]
    assert client.get(onward).status_code in {200, 302}


def test_a_reset_throws_her_out_at_once(officer: Account, country: None) -> None:
    hers = test_access.client("officer")
    assert hers.get(OFFICE).status_code == 200
    grant = test_access.parameters("office_officer_factor_reset")
    county = test_access.client("county")
    county.post(reverse("office_officer_factor_reset", kwargs=grant))
    assert hers.get(OFFICE)["Location"].startswith(reverse("sign_in"))
    assert hers.get(reverse("me")).status_code == 302
    assert officer.person.notices.filter(kind="factor_reset").exists()


def test_a_visitor_has_no_second_factor_to_give(client: Client, country: None) -> None:
    for name in ("second_factor", "my_second_factor", "my_factor_app"):
        assert client.get(reverse(name)).status_code == 302
    for name in ("second_factor_options", "my_passkey", "my_passkey_options", "my_recovery_codes"):
        assert client.post(reverse(name)).status_code == 302


def add_an_app(browser: Client) -> str:
    """Let somebody set an app up, and return its secret."""
    page = browser.get(reverse("my_factor_app")).content.decode()
    secret = re.search(r"data-secret>([A-Z2-7 ]+)<", page)
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert secret
    assert sealed
    plain = secret[1].replace(" ", "")
    typed = {"code": code_now(plain), "sealed": sealed[1]}
    assert browser.post(reverse("my_factor_app"), typed).status_code == 200
    return plain


def code_now(secret: str, *, later: int = 0) -> str:
    return factors._code(secret, factors._now(clock.now()) + later)


def test_a_teacher_who_wants_one_is_asked_when_she_signs_in(country: None) -> None:
    hers, account = test_access.client("teacher"), test_access.account("teacher")
    secret = add_an_app(hers)
    came = Client()
    arrived = arrivals.by_password(came, account)
    assert arrived["Location"] == PAGE
    assert came.get(reverse("me")).status_code == 302, "nothing is open before it is given"
    assert "登录就完成了" in came.get(PAGE).content.decode()
    assert came.post(PAGE, {"code": "000000"}).status_code == 400
    inside = came.post(PAGE, {"code": code_now(secret, later=1)})
    assert (inside.status_code, inside["Location"]) == (302, "/channel/")
    assert came.get(reverse("me")).status_code == 200


def test_a_teacher_may_give_it_up_and_an_officer_may_not(
    officer: Account, browser: Client, country: None
) -> None:
    hers, account = test_access.client("teacher"), test_access.account("teacher")
    add_an_app(hers)
    hers.post(SETTING, {"remove": factors.of(account).get().pk})
    assert not factors.of(account).exists()
    assert factors.recovery_codes_left(account) == 0
    aged(browser, timedelta())
    kept = browser.post(SETTING, {"remove": factors.of(officer).get().pk})
    assert kept.status_code == 409
    assert factors.of(officer).exists()


def test_the_first_one_is_set_up_behind_a_fresh_proof(country: None) -> None:
    client = Client()
    sign_in(client, test_access.account("teacher"), second_factor=False)
    asked = client.get(reverse("my_factor_app"))
    assert asked["Location"].startswith(reverse("my_proof"))


@pytest.mark.parametrize(
    "answer",
    ["", "{}", "[]", "null", "NaN", '{"id":1}', '{"id":"a","rawId":"a","type":"public-key"}'],
)
def test_nonsense_is_no_passkey(browser: Client, answer: str) -> None:
    for name in ("second_factor", "my_passkey"):
        said = aged(browser, timedelta(days=2)).post(reverse(name), {"credential": answer})
        assert said.status_code in {302, 400}
    fresh = aged(browser, timedelta()).post(reverse("my_passkey"), {"credential": answer})
    assert fresh.status_code == 400


@pytest.mark.parametrize(
    ("public", "called", "owner"),
    [
        ("https://yanxiu.example.cn", "10.0.0.7:8000", "yanxiu.example.cn"),
        ("http://127.0.0.1:8000", "localhost:8000", "localhost"),
    ],
)
def test_passkeys_belong_to_the_platform_s_name(
    country: None, settings: Settings, public: str, called: str, owner: str
) -> None:
    settings.YANXIU_ADDRESS, settings.ALLOWED_HOSTS = public, ["*"]
    asked = test_access.client("officer").post(
        reverse("my_passkey_options"), headers={"host": called}
    )
    assert asked.json()["publicKey"]["rp"]["id"] == owner


@pytest.mark.parametrize("called", ["127.0.0.1:8000", "[::1]:8000"])
def test_for_a_bare_number_no_passkey_is_offered(
    country: None, settings: Settings, called: str
) -> None:
    settings.ALLOWED_HOSTS, settings.YANXIU_DEMO = ["*"], True
    page = test_access.client("officer").get(SETTING, headers={"host": called}).content.decode()
    assert "data-passkey" not in page
    assert f'href="http://localhost:8000{SETTING}"' in page
