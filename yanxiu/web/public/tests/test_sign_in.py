"""Show that a number, a code and a persona let somebody in, and nothing else does."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.support import arrivals as arrivals_of
from tests.support.pages import Answer
from yanxiu.foundation import clock
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Account, Code, Persona
from yanxiu.web.public import arrivals

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "13800020001", "13899990001"


@pytest.fixture
def known() -> Account:
    return accounts.open_for(KNOWN, kind=Persona.Kind.TEACHER, at=clock.now())


def ask(client: Client, phone: str = UNKNOWN, onward: str = "") -> Answer:
    return client.post("/sign-in/", {"phone": phone, "next": onward})


def shown(client: Client) -> str:
    found = re.search(r"data-code>(\d{6})<", client.get("/sign-in/code/").content.decode())
    assert found
    return found[1]


def take(client: Client, code: str) -> Answer:
    return client.post("/sign-in/code/", {"code": code})


def remembered(client: Client) -> arrivals.Asked:
    request = HttpRequest()
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    found = arrivals.asked(request)
    assert found
    return found


def remember(client: Client, asked: arrivals.Asked) -> None:
    client.cookies.update(arrivals.keep(HttpResponse(), asked).cookies)


def sign_in(client: Client, phone: str = UNKNOWN, onward: str = "") -> Answer:
    ask(client, phone, onward)
    return take(client, shown(client))


def register(client: Client, kind: str = "teacher", **more: str) -> Answer:
    return client.post("/register/", {"kind": kind, "consent": "on"} | more)


def is_signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def page(answer: Answer) -> str:
    """Return what an answer says, without tokens, codes and seconds, which differ each time."""
    text = answer.content.decode().replace(answer["X-Trace"], "")
    differing = (
        r'csrf[^>]+value="[^"]+"|data-code>\d{6}|value="\d{6}"|\d+(?=( |</span> )秒)|delay:\d+'
    )
    return re.sub(differing, "", text)


def test_a_known_number_is_let_in(client: Client, known: Account) -> None:
    answer = sign_in(client, KNOWN, "/channel/")
    assert (answer.status_code, answer["Location"]) == (302, "/channel/")
    assert client.session["_auth_user_id"] == str(known.pk)


@pytest.mark.parametrize("kind", ["teacher", "student", "parent"])
def test_a_new_number_says_who_it_is_and_is_let_in(client: Client, kind: str) -> None:
    answer = sign_in(client, onward="/channel/")
    assert answer["Location"] == "/register/"
    assert not is_signed_in(client)
    answer = register(client, kind)
    assert (answer.status_code, answer["Location"]) == (302, "/channel/")
    persona = Persona.objects.get(person__account__phone=UNKNOWN)
    assert persona.kind == kind
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "written", ["+8613899990001", "138 9999 0001", "１３８９９９９０００１", "0086-138-9999-0001"]
)
def test_a_number_is_taken_however_it_is_written(client: Client, written: str) -> None:
    assert ask(client, written)["Location"] == "/sign-in/code/"
    assert Code.objects.get().phone == UNKNOWN


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("1381234567", "手机号应为 11 位数字，请检查。"),
        ("", "手机号应为 11 位数字，请检查。"),
        ("张三", "手机号应为 11 位数字，请检查。"),
        ("+1 202 555 0143", "目前仅支持中国大陆手机号。"),
    ],
)
def test_what_is_no_number_keeps_the_form_as_it_was_filled(
    client: Client, written: str, sentence: str
) -> None:
    answer = ask(client, written, "/channel/")
    assert answer.status_code == 400
    said = answer.content.decode()
    assert sentence in said
    assert 'value="/channel/"' in said
    assert f'value="{written}"' in said or not written
    assert not Code.objects.exists()


@pytest.mark.parametrize("code", ["12345", "abc123", "", "1234567", "١٢٣٤٥٦"])
def test_what_is_no_code_uses_up_no_try(client: Client, code: str) -> None:
    ask(client)
    answer = take(client, code)
    assert answer.status_code == 400
    assert "验证码为 6 位数字。" in answer.content.decode()
    assert Code.objects.get().tries == 0


def test_a_code_is_taken_with_spaces_and_full_width(client: Client) -> None:
    ask(client)
    code = shown(client)
    full_width = code.translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert take(client, f" {full_width[:3]} {full_width[3:]} ")["Location"] == "/register/"


def test_a_wrong_code_says_how_often_one_may_still_try(client: Client) -> None:
    ask(client)
    right = shown(client)
    answer = take(client, wrong(right))
    assert answer.status_code == 400
    assert "还可以试 4 次" in answer.content.decode()
    assert take(client, right)["Location"] == "/register/"


def test_after_five_wrong_codes_only_a_new_one_helps(client: Client) -> None:
    ask(client)
    right = shown(client)
    answers = [take(client, wrong(right)) for _ in range(5)] + [take(client, right)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 400, 429, 429]
    assert "请重新获取" in answers[-1].content.decode()


def test_an_expired_code_is_told_and_shown_no_more(client: Client) -> None:
    ask(client)
    code = shown(client)
    earlier = clock.now() - timedelta(minutes=6)
    Code.objects.update(issued_at=earlier, expires_at=earlier + timedelta(minutes=5))
    remember(client, replace(remembered(client), sent_ms=int(earlier.timestamp() * 1000)))
    answer = take(client, code)
    assert answer.status_code == 400
    assert "验证码已过期，请重新获取。" in answer.content.decode()
    assert "data-code" not in answer.content.decode()
    assert client.post("/sign-in/code/", {"again": "1"})["Location"] == "/sign-in/code/"


def test_a_second_request_within_a_minute_is_told_how_long_to_wait(client: Client) -> None:
    ask(client)
    for answer in (ask(client), client.post("/sign-in/code/", {"again": "1"})):
        assert answer.status_code == 429
        assert 50 <= int(answer["Retry-After"]) <= 60
        assert re.search(r"验证码已发送，请 \d\d 秒后再获取。", answer.content.decode())
    assert take(client, shown(client))["Location"] == "/register/"


def test_two_hundred_requests_send_one_code_whatever_their_headers_say(client: Client) -> None:
    forged = [f"198.51.100.{n % 50}" for n in range(200)]
    statuses = [
        client.post(
            "/sign-in/", {"phone": UNKNOWN}, headers={"x-forwarded-for": address}
        ).status_code
        for address in forged
    ]
    assert statuses == [303] + [429] * 199
    assert Code.objects.count() == 1


def test_a_network_has_a_limit_of_its_own(client: Client, settings: Settings) -> None:
    settings.YANXIU_CODES_PER_NETWORK = 2
    answers = [ask(client, f"1380002000{n}") for n in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 429, 429]
    assert answers[-1]["Retry-After"] == "3600"
    other = client.post("/sign-in/", {"phone": "13800020009"}, REMOTE_ADDR="203.0.113.7")
    assert other.status_code == 303


def test_known_and_unknown_numbers_get_the_same_answers(known: Account) -> None:
    said = []
    for phone in (KNOWN, UNKNOWN):
        client = Client()
        answers = [ask(client, phone), client.get("/sign-in/code/"), ask(client, phone)]
        right = shown(client)
        answers += [take(client, wrong(right)), take(client, "12")]
        said.append([(a.status_code, a.headers.get("Location"), page(a)) for a in answers])
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "onward",
    [
        *("//e.com", "/\\e.com", "https:e.com", "https://e.com/", "javascript:1", "e.com"),
        *("%0d%0aLocation: //e.com", "\r\nLocation: //e.com", "///e.com", "\\\\e.com", " //e.com"),
    ],
)
def test_nobody_is_led_elsewhere(client: Client, known: Account, onward: str) -> None:
    assert sign_in(client, KNOWN, onward)["Location"] == "/"
    assert client.get("/sign-in/", {"next": onward})["Location"] == "/"
    assert client.get("/register/", {"next": onward})["Location"] == "/"


def test_the_way_on_survives_every_step(client: Client) -> None:
    client.get("/me/")
    first = client.get("/me/trainings/?a=1")
    assert first["Location"] == "/sign-in/?next=/me/trainings/%3Fa%3D1"
    assert 'value="/me/trainings/?a=1"' in client.get(first["Location"]).content.decode()
    sign_in(client, onward="/me/trainings/?a=1")
    assert register(client)["Location"] == "/me/trainings/?a=1"


def test_the_session_has_a_new_key_once_somebody_is_in(client: Client, known: Account) -> None:
    ask(client, KNOWN)
    before = client.session.session_key
    take(client, shown(client))
    assert client.session.session_key not in {None, before}
    assert client.cookies[arrivals.ASKED].value == ""


def test_the_session_has_a_new_key_once_a_number_is_proved(client: Client) -> None:
    ask(client)
    before = client.session.session_key
    take(client, shown(client))
    proved = client.session.session_key
    assert proved not in {None, before}
    register(client)
    assert client.session.session_key not in {None, before, proved}


def test_a_proved_number_waits_ten_minutes_for_its_registration(client: Client) -> None:
    sign_in(client)
    assert client.get("/register/").status_code == 200
    session = client.session
    session[arrivals.PROVED] |= {"at_ms": session[arrivals.PROVED]["at_ms"] - 600_000}
    session.save()
    assert register(client)["Location"].startswith("/sign-in/")
    assert not Account.objects.exists()


def test_nobody_registers_without_a_proved_number(client: Client) -> None:
    assert register(client)["Location"].startswith("/sign-in/")
    ask(client)
    assert register(client)["Location"].startswith("/sign-in/")
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "请选择您的身份。"),
        ({"consent": "on"}, "请选择您的身份。"),
        ({"kind": "teacher"}, "请阅读说明并勾选同意后再注册。"),
        ({"kind": "officer", "consent": "on"}, "请从列出的身份中选择一个。"),
    ],
)
def test_registration_asks_for_persona_and_consent(
    client: Client, typed: dict[str, str], sentence: str
) -> None:
    sign_in(client)
    answer = client.post("/register/", typed | {"csrf": ""})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Account.objects.exists()


def test_what_no_form_asks_for_changes_nothing(client: Client) -> None:
    sign_in(client)
    register(client, phone=KNOWN, is_active="", serves="1", person="x")
    assert Account.objects.get().phone == UNKNOWN


def test_pressing_twice_leads_on_and_opens_one_account(client: Client) -> None:
    sign_in(client, onward="/channel/")
    register(client)
    for answer in (register(client), take(client, "123456"), ask(client)):
        assert answer.status_code == 302
    assert Account.objects.count() == 1


def test_whoever_is_in_is_led_on(client: Client, known: Account) -> None:
    client.force_login(known)
    for address in ("/sign-in/", "/sign-in/code/", "/register/"):
        assert client.get(address)["Location"] == "/"
    assert client.get("/sign-in/?next=/channel/")["Location"] == "/channel/"


def test_the_code_page_needs_a_number_first(client: Client) -> None:
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"
    assert take(client, "123456")["Location"] == "/sign-in/"


def test_the_code_page_shows_no_whole_number(client: Client) -> None:
    ask(client)
    said = client.get("/sign-in/code/").content.decode()
    assert "138****0001" in said
    assert UNKNOWN not in said
    assert 'autocomplete="one-time-code"' in said


def test_outside_the_demo_no_code_is_shown(client: Client, settings: Settings) -> None:
    settings.YANXIU_DEMO = False
    ask(client)
    assert "data-code" not in client.get("/sign-in/code/").content.decode()
    assert remembered(client).shown == ""


def test_signing_out_needs_a_post_and_ends_the_session(client: Client, known: Account) -> None:
    client.force_login(known)
    key = client.session.session_key
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    answer = client.post("/sign-out/")
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert not is_signed_in(client)
    client.cookies["sessionid"] = key or ""
    assert not is_signed_in(client)


def test_looking_at_the_pages_changes_nothing(client: Client) -> None:
    for address in ("/sign-in/", "/sign-in/code/", "/register/"):
        client.get(address)
        client.head(address)
    assert "sessionid" not in client.cookies
    assert not Code.objects.exists()


class TestPassword:
    """Sign in with a password instead of a code."""

    @pytest.fixture(autouse=True)
    def given(self, known: Account) -> None:
        arrivals_of.give_password(known)

    def give(self, client: Client, phone: str, password: str, onward: str = "/channel/") -> Answer:
        typed = {"phone": phone, "password": password, "next": onward}
        return client.post("/sign-in/password/", typed)

    def test_it_lets_her_in(self, client: Client) -> None:
        answer = self.give(client, f"+86 {KNOWN}", arrivals_of.PASSWORD)
        assert (answer.status_code, answer["Location"]) == (302, "/channel/")
        assert is_signed_in(client)

    def test_nobody_learns_whether_a_number_is_known(self, client: Client) -> None:
        known, unknown = (self.give(client, phone, "wrong one") for phone in (KNOWN, UNKNOWN))
        assert known.status_code == unknown.status_code == 400
        assert page(known).replace(KNOWN, "") == page(unknown).replace(UNKNOWN, "")
        assert "手机号或密码不正确" in page(known)
        assert not is_signed_in(client)

    def test_known_and_unknown_numbers_ask_the_same_of_the_database(self, client: Client) -> None:
        asked = []
        for phone in (KNOWN, UNKNOWN):
            with CaptureQueriesContext(connection) as seen:
                self.give(client, phone, "wrong one")
            asked.append([re.sub(r"'[^']*'|\d+", "", q["sql"]) for q in seen.captured_queries])
        assert len(asked[0]) == len(asked[1])

    @pytest.mark.parametrize("typed", ["", "x" * 129, "\0" * 9])
    def test_what_is_no_password_is_told(self, client: Client, typed: str) -> None:
        answer = self.give(client, KNOWN, typed)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()

    def test_an_eleventh_try_from_here_waits_and_a_code_still_opens(self, client: Client) -> None:
        for _ in range(10):
            assert self.give(client, KNOWN, "wrong one").status_code == 400
        assert self.give(client, KNOWN, arrivals_of.PASSWORD).status_code == 429
        assert sign_in(client, KNOWN).status_code == 302
        assert is_signed_in(client)

    @pytest.mark.parametrize("onward", ["//e.com", "https:e.com", "/\\e.com", "javascript:1"])
    def test_it_leads_to_pages_of_ours_alone(self, client: Client, onward: str) -> None:
        assert self.give(client, KNOWN, arrivals_of.PASSWORD, onward)["Location"] == "/"
