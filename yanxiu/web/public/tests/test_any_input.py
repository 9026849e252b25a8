"""Show that no text in any field and no bytes in any body become a failure of ours."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

from tests.support import naughty
from yanxiu.training.people.models import Account

# Each example uses the same client: what the one before has left behind belongs to the test.
relaxed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def answered(client: Client, address: str, fields: dict[str, str]) -> int:
    status = client.post(address, fields).status_code
    assert status in {302, 303, 400, 403, 409, 410, 429}, (address, fields, status)
    return status


@relaxed
@given(number=naughty.texts, onward=naughty.texts)
def test_any_number_is_answered(db: None, client: Client, number: str, onward: str) -> None:
    answered(client, "/sign-in/", {"phone": number, "next": onward})
    assert client.get("/sign-in/", {"next": onward}).status_code == 200


@relaxed
@given(code=naughty.texts)
def test_any_code_is_answered(db: None, client: Client, code: str) -> None:
    client.post("/sign-in/", {"phone": "13800138000"})
    answered(client, "/sign-in/code/", {"code": code})


@relaxed
@given(kind=naughty.texts, consent=naughty.texts)
def test_any_persona_is_answered(db: None, client: Client, kind: str, consent: str) -> None:
    session = client.session
    session["arrival_proved"] = {"phone": "13800138000", "onward": "/", "at_ms": 10**14}
    session.save()
    answered(client, "/register/", {"kind": kind, "consent": consent})
    assert not Account.objects.exists()


@relaxed
@given(place=naughty.texts, text=naughty.texts)
def test_any_search_for_a_school_is_answered(
    country: None, client: Client, place: str, text: str
) -> None:
    for asked in (
        {"province": place, "city": place, "county": place, "q": text},
        {"province": "330000", "city": "330100", "county": "330106", "q": text},
    ):
        assert client.get("/schools/", asked).status_code in {200, 400}


@relaxed
@given(number=naughty.texts, code=naughty.texts)
def test_any_paper_is_answered(db: None, client: Client, number: str, code: str) -> None:
    assert client.get("/verify/", {"number": number, "code": code}).status_code in {200, 400}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/sign-in/code/", "/register/", "/sign-out/"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"phone=%ff%fe&code=%ff", "application/x-www-form-urlencoded"),
        (b"phone=%ED%A0%80&code=%00", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"phone=1", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"&".join([b"a=1"] * 2000), "application/x-www-form-urlencoded"),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b'{"phone": "13800138000"}', "application/json"),
        (b"", "text/plain"),
    ],
)
def test_any_body_is_answered(client: Client, address: str, body: bytes, kind: str) -> None:
    client.post("/sign-in/", {"phone": "13800138000"})
    answer = client.post(address, body, content_type=kind)
    assert answer.status_code in {302, 303, 400, 403, 413, 429}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        *(
            "/rules/%00/",
            "/rules/../x/",
            "/trainings/%ff.json",
            "/verify/%ff%00/",
            "/schools/?q=%ff",
        ),
        *(
            "/schools/?province=%00&city=%ED%A0%80",
            "/sign-in/?next=%00",
            "/verify/?number=%ff&code=%00",
        ),
        "/?" + "a=1&" * 3000,
    ],
)
def test_any_address_is_answered(client: Client, address: str) -> None:
    assert client.get(address).status_code in {200, 400, 404}
