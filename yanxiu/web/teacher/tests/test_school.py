"""Show how a teacher finds her school: by a former name, or when the county has added it."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.support.pages import text
from yanxiu.foundation import clock
from yanxiu.training.cast import places, signing_in
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import changes, grants, missing
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.missing import Wanted
from yanxiu.training.organisations.models import Officer, Post
from yanxiu.training.organisations.register import Opening
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


def test_a_school_that_the_county_added_is_one_press_away(
    fresh: Client, county: tuple[list[Officer], Person]
) -> None:
    (held, officer), now, teacher = county, clock.now(), person(signing_in.FRESH)
    name = "杭州市西湖区云谷小学"
    asked = missing.ask(teacher, Wanted(places.HOME, name), at=now)
    opening = Opening("3301067777", name, "211", places.HOME, date(2026, 9, 1))
    school = missing.add(asked, opening, held=held, by=officer, at=now)
    notice = Notice.objects.get(person=teacher, kind="school_added")
    opened = fresh.post("/me/notices/", {"notice": notice.id}, follow=True)
    radios = re.findall(r'<input type="radio"[^>]*>', opened.content.decode())
    assert len(radios) == 1
    assert f'value="{school.id}"' in radios[0]
    assert "checked" in radios[0]
    assert "就是这所学校" in text(opened)
    fresh.post(PICKER, {"school": str(school.id)})
    assert Post.objects.get(person=teacher, ended_at=None).school_id == school.id


def test_no_school_can_be_chosen_where_none_is_listed(fresh: Client) -> None:
    button = "就是这所学校"
    near = {"province": "330000", "city": "330100", "county": places.HOME}
    assert button not in text(fresh.get(PICKER))
    assert button not in text(fresh.get(PICKER, {"q": "绝无此校此名"}))
    assert button in text(fresh.get(PICKER, near))
    # Scripts fetch the list alone; the page that only looks schools up has no such button.
    assert button in text(fresh.get("/schools/", near | {"choosing": "1"}))
    assert button not in text(fresh.get("/schools/", near))
