"""Show how a teacher finds her school by a former name, and takes a new one with one click."""

import re

import pytest
from django.test import Client

from tests.support.pages import text
from yanxiu.foundation import clock
from yanxiu.training.cast import places, signing_in
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import changes, grants, missing, posts
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.missing import Wanted
from yanxiu.training.organisations.models import Officer
from yanxiu.training.organisations.register import Opening
from yanxiu.training.people.models import Account, Person

PICKER, INBOX = "/me/information/school/", "/me/notices/"


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


def test_a_school_that_was_added_for_her_is_one_click_from_the_notice(
    fresh: Client, county: tuple[list[Officer], Person]
) -> None:
    (held, officer), me, now = county, person(signing_in.FRESH), clock.now()
    asked = missing.ask(me, Wanted(places.HOME, "西湖区云栖新办小学"), at=now)
    facts = {"type_code": places.PRIMARY, "county_code": places.HOME}
    opening = Opening("3301069998", asked.name, **facts, opened_on=changes.today(now))
    school = missing.add(asked, opening, held=held, by=officer, at=now)
    notice = Notice.objects.get(person_id=me.id, kind="school_added")
    assert "您找的学校已添加：西湖区云栖新办小学" in text(fresh.get(INBOX))
    led = fresh.post(INBOX, {"notice": notice.id})["Location"]
    page = text(fresh.get(led))
    [chosen] = re.findall(r'name="school"[^>]*value="([^"]+)"[^>]*checked', page)
    assert chosen == str(school.pk)
    assert fresh.post(PICKER, {"school": chosen}).status_code == 303
    assert [post.school_id for post in posts.current(me.id)] == [school.pk]
