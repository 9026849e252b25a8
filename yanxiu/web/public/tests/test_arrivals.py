"""Show that who asked for a code is remembered by her browser alone, sealed."""

import re
from base64 import urlsafe_b64decode

import pytest
from django.test import Client

from tests.support.pages import Answer
from yanxiu.foundation import clock
from yanxiu.training.people import accounts
from yanxiu.training.people.models import Persona, Session
from yanxiu.web.public import arrivals

pytestmark = pytest.mark.django_db

UNKNOWN = "13899990001"


def ask(client: Client, phone: str = UNKNOWN, onward: str = "") -> Answer:
    return client.post("/sign-in/", {"phone": phone, "next": onward})


def test_what_asked_for_a_code_is_sealed_and_costs_no_row(client: Client) -> None:
    ask(client)
    kept = client.cookies[arrivals.ASKED]
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    assert UNKNOWN.encode() not in urlsafe_b64decode(kept.value)
    assert not Session.objects.exists()


@pytest.mark.parametrize("kept", ["", "x", "!!", "AAAA", "AQ" * 40, "é"])
def test_a_cookie_that_is_not_ours_begins_anew(client: Client, kept: str) -> None:
    client.cookies[arrivals.ASKED] = kept
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"
    assert ask(client).status_code == 303


def test_a_way_on_that_no_cookie_holds_leads_home(client: Client) -> None:
    accounts.open_for(UNKNOWN, kind=Persona.Kind.TEACHER, at=clock.now())
    ask(client, onward="/me/?q=" + "长" * 400)
    page = client.get("/sign-in/code/").content.decode()
    [code] = re.findall(r"data-code>(\d{6})<", page)
    assert client.post("/sign-in/code/", {"code": code})["Location"] == "/"
