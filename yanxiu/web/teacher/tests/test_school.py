"""Show how a teacher finds her school by a former name."""

import pytest
from django.test import Client

from tests.support.pages import text
from yanxiu.foundation import clock
from yanxiu.training.cast import places, signing_in
from yanxiu.training.organisations import changes, grants
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Account, Person

PICKER = "/me/information/school/"


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


@pytest.fixture
def fresh(country: None) -> Client:
    client = Client()
    client.force_login(Account.objects.get(phone=signing_in.FRESH))
    return client


@pytest.fixture
def county(country: None) -> tuple[list[Officer], Person]:
    officer = person(signing_in.COUNTY)
    return grants.held(officer.id, at=clock.now()), officer


def test_a_former_name_finds_the_school_and_stands_beside_its_name(
    fresh: Client, county: tuple[list[Officer], Person]
) -> None:
    (held, officer), now = county, clock.now()
    school = places.of(places.HOME, places.PRIMARY, 1)
    deed = Deed(held, officer, changes.today(now), now)
    changes.rename(school, "杭州市西湖区望湖新名学校", deed)
    page = text(fresh.get(PICKER, {"q": school.name}))
    assert "杭州市西湖区望湖新名学校" in page
    assert f"曾用名：{school.name}" in page
    assert "曾用名：" not in text(fresh.get(PICKER, {"q": "望湖新名"}))
