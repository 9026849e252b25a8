"""Show who serves where; give, lend and take rights, in the branch and below one's own level."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from tests import test_access
from tests.support import pages
from yanxiu.foundation import clock
from yanxiu.training.organisations import grants, officers
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people import factors
from yanxiu.training.people.models import Account
from yanxiu.training.trail.models import Entry

pytestmark = pytest.mark.usefixtures("country")

LIST, NEW = reverse("office_officers"), reverse("office_grant_new")
PHONES = test_access.PHONES
SCHOOL = "3301060001"


def grant_of(who: str) -> Officer:
    return Officer.objects.get(person__account__phone=PHONES[who], until=None)


def one(who: str) -> str:
    return reverse("office_officer", args=[grant_of(who).pk])


def typed(**more: object) -> dict[str, object]:
    return {"phone": PHONES["editor"], "level": "school", "place": SCHOOL} | more


def shown(who: str, query: str = "") -> str:
    return pages.text(test_access.client(who).get(LIST + query))


def test_the_list_shows_the_branch_down_the_tree_and_who_stands_in() -> None:
    text = shown("county")
    assert "吴慧敏" in text
    assert "周立新" in text
    assert "宋嘉怡代理到" in text
    assert "由郑宏伟授权" in text
    assert "高静怡" not in text
    assert "林月华" not in text
    assert PHONES["officer"] not in text


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("?q=周立", "周立新", "孙玉兰"),
        (f"?q={PHONES['officer']}", "周立新", "孙玉兰"),
        ("?q=听涛", "孙玉兰", "唐明慧"),
        ("?level=county", "吴慧敏", "周立新"),
        ("?state=ended", "林月华", "周立新"),
    ],
)
def test_the_list_is_narrowed_by_what_stands_in_the_address(
    query: str, found: str, missing: str
) -> None:
    rows = shown("county", query).partition("查找")[2]
    assert found in rows
    assert missing not in rows


def test_pages_follow_one_another_without_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(officers, "PAGE", 2)
    client, address, seen = test_access.client("county"), LIST, list[str]()
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'class="act"><a class="button quiet" href="([^"]+)"', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = LIST + onward[1].replace("&amp;", "&") if onward else ""
    held = grants.held(test_access.account("county").person_id, at=clock.now())
    inside = Officer.objects.filter(grants.branch(held), grants.current(clock.now()))
    assert len(seen) == len(set(seen)) == inside.count()


def test_first_she_sees_whom_it_will_be_then_it_is_given() -> None:
    client = test_access.client("county")
    asked = client.post(NEW, typed()).content.decode()
    assert "许**" in asked
    assert "许静怡" not in asked
    person = re.search(r'name="seen" value="([^"]+)"', asked)
    assert person
    assert f'value="{SCHOOL}" checked' in asked
    assert not Officer.objects.filter(person=UUID(person[1])).exists()
    given = client.post(NEW, typed(node=SCHOOL, seen=person[1]))
    assert given.status_code == 303
    grant = Officer.objects.get(person=UUID(person[1]))
    assert (grant.level, grant.given_by_id) == (
        "school",
        test_access.account("county").person_id,
    )
    assert given["Location"].startswith(reverse("office_officer", args=[grant.pk]))
    assert test_access.client("editor").get(reverse("office")).status_code == 200


def test_many_that_fit_are_offered_to_choose_from() -> None:
    asked = test_access.client("county").post(NEW, typed(place="小学")).content.decode()
    assert len(re.findall(r'type="radio" name="node"', asked)) > 3
    assert not re.search(r'name="node"[^>]+checked', asked)


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"phone": "13912345678"}, 400, "没有找到使用这个手机号的用户"),
        ({"phone": "123"}, 400, "手机号应为 11 位数字"),
        ({"level": "city"}, 400, "级别"),
        ({"place": "110108"}, 400, "没有找到这一级的地区或学校"),
        ({"place": "一"}, 400, "2–50"),
        ({"node": SCHOOL, "seen": UUID(int=1)}, 200, "请核对"),
    ],
)
def test_what_cannot_be_given_is_said_and_what_was_typed_stays(
    more: dict[str, object], status: int, said: str
) -> None:
    answer = test_access.client("county").post(NEW, typed(**more))
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert f'value="{typed(**more)["phone"]}"' in answer.content.decode()
    assert not Officer.objects.filter(person=test_access.account("editor").person_id).exists()


def test_a_school_of_another_county_is_not_there_for_her() -> None:
    for place, node in (("3301100001", "3301100001"), (SCHOOL, "3301100001")):
        seen = test_access.account("editor").person_id
        answer = test_access.client("county").post(NEW, typed(place=place, node=node, seen=seen))
        assert answer.status_code in {200, 400}
    assert not Officer.objects.filter(person=test_access.account("editor").person_id).exists()


def test_nobody_gives_a_right_to_herself() -> None:
    own = test_access.account("county")
    asked = {"phone": own.phone, "node": SCHOOL, "seen": own.person_id}
    assert test_access.client("county").post(NEW, typed(**asked)).status_code == 403
    assert Officer.objects.filter(person=own.person_id).count() == 1


def test_looking_numbers_up_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(officers, "LOOKS", 3)
    client = test_access.client("county")
    said = [client.post(NEW, typed(phone=f"1391234567{n}")).status_code for n in range(4)]
    assert said == [400, 400, 400, 429]
    assert Entry.objects.filter(verb="officer_sought").count() == 3


def test_a_taken_right_ends_at_once_with_its_deputies() -> None:
    deputy, county = test_access.client("deputy"), test_access.client("county")
    assert deputy.get(LIST).status_code == county.get(LIST).status_code == 200
    answer = test_access.client("city").post(f"{one('county')}ending/")
    assert answer.status_code == 303
    assert deputy.get(LIST).status_code == county.get(LIST).status_code == 403
    text = pages.text(test_access.client("city").get(answer["Location"]))
    assert "已收回" in text
    assert "这项权限已经结束" in text


def test_she_lends_her_own_right_and_takes_it_back() -> None:
    client = test_access.client("officer")
    until = (clock.now() + timedelta(days=7)).date()
    lent = client.post(f"{one('officer')}deputies/", {"phone": PHONES["editor"], "until": until})
    assert lent.status_code == 303
    deputy = Officer.objects.get(person=test_access.account("editor").person_id)
    assert deputy.stands_in_for == grant_of("officer")
    assert "许静怡" in pages.text(client.get(one("officer")))
    taken = client.post(reverse("office_officer_ending", args=[deputy.pk]))
    assert taken.status_code == 303
    assert not grants.held(deputy.person_id, at=clock.now())


@pytest.mark.parametrize("until", ["", "gestern", "2020-01-01", "2099-01-01", "9999-12-31"])
def test_a_deputy_needs_an_end_that_is_near(until: str) -> None:
    fields = {"phone": PHONES["editor"], "until": until}
    answer = test_access.client("officer").post(f"{one('officer')}deputies/", fields)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_a_county_opens_no_door_of_her_who_serves_more() -> None:
    person = grant_of("officer").person
    province = test_access.account("province").person
    county = grant_of("neighbour").region
    assert county
    grants.give(person, level="county", node=county, by=province, at=clock.now())
    answer = test_access.client("county").post(f"{one_of_school(person.pk)}factor-reset/")
    assert answer.status_code == 403
    assert "还有您管不到的权限" in answer.content.decode()
    assert factors.of(Account.objects.get(person=person)).exists()


def one_of_school(person_id: UUID) -> str:
    grant = Officer.objects.get(person=person_id, level="school")
    return reverse("office_officer", args=[grant.pk])


def test_a_right_that_is_taken_stops_what_asks_before_each_batch() -> None:
    grant, done = grant_of("officer"), 0
    for _batch in range(10):
        if not grants.still_holds(grant.id, clock.now()):
            break
        done += 1
        if done == 3:
            grants.withdraw(grant, by=test_access.account("county").person, at=clock.now())
    assert done == 3
