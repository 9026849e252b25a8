"""Show the desk: who waits, since when, and nobody who is none of the officer's business."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yanxiu.training.cast import people, places, rosters, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations import waiting
from yanxiu.web.office.tests import desks

OFFICE = reverse("office_verifications")


def page(client: Client, query: str = "") -> str:
    answer = client.get(OFFICE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_sight_says_who_waits_since_when(call: Call, desk: Desk) -> None:
    for days in (5, 2, 1):
        call.teacher(desk.school, at=call.ago(days=days))
    text = desks.seen(page(desks.browser(desk.officer)))
    assert "3位老师在等您审核，最久的已等5天" in text
    assert "全国›浙江省›杭州市›西湖区›" in text
    assert "学校管理员" in text


def test_an_empty_desk_says_so(desk: Desk) -> None:
    assert "现在没有老师在等审核" in page(desks.browser(desk.officer))


def test_names_are_whole_and_numbers_masked(call: Call, desk: Desk) -> None:
    who = call.person("诸葛清扬")
    people.join(call.phone(), who, desk.school, at=call.ago(days=1))
    shown = page(desks.browser(desk.officer))
    assert "诸葛清扬" in shown
    assert who.number not in shown
    assert who.number[:3] + "*" * 11 + who.number[-4:] in shown


def test_the_button_leads_to_the_one_who_waits_longest(call: Call, desk: Desk) -> None:
    call.teacher(desk.school, at=call.ago(days=1))
    oldest = call.teacher(desk.school, at=call.ago(days=4))
    client = desks.browser(desk.officer)
    button = re.search(r'class="button" href="([^"]+)"', page(client))
    assert button
    assert client.get(button[1])["Location"] == desks.case(oldest.asked)


def test_the_next_one_is_of_those_looked_for_and_behind_the_place(call: Call, desk: Desk) -> None:
    first, second = (
        people.join(call.phone(), call.person("慕容复"), desk.school, at=call.ago(days=days))
        for days in (3, 2)
    )
    call.teacher(desk.school, at=call.ago(days=9))
    client, address = desks.browser(desk.officer), reverse("office_verification_next")
    led = client.get(f"{address}?q=慕容")["Location"]
    assert led == f"{desks.case(first.asked)}?q=%E6%85%95%E5%AE%B9"
    skipped = re.search(r'href="([^"]+next[^"]+)"', client.get(led).content.decode())
    assert skipped
    led = client.get(skipped[1].replace("&amp;", "&"))["Location"]
    assert led.startswith(desks.case(second.asked))
    skipped = re.search(r'href="([^"]+next[^"]+)"', client.get(led).content.decode())
    assert skipped
    assert client.get(skipped[1].replace("&amp;", "&"))["Location"].startswith(OFFICE)


def test_officers_above_see_their_branch_and_have_no_button(call: Call, desk: Desk) -> None:
    for phone in (signing_in.CITY, signing_in.PROVINCE, signing_in.NATION):
        shown = page(desks.browser(phone))
        assert "由各校管理员审核" in shown
        assert 'class="button" href="/office/verifications/' not in shown
        assert 'type="checkbox"' not in shown


def test_a_row_says_how_she_compares_with_the_roster(call: Call, desk: Desk) -> None:
    known, near = call.person("司马相宜"), call.person("司马望元")
    for who in (known, near, call.person("司马不在")):
        people.join(call.phone(), who, desk.school, at=call.ago(days=1))
    rosters.enter(desk.school, known, role="班主任", subject="语文", at=call.now)
    rosters.enter(desk.school, Invented("司马望远", near.number), at=call.now)
    client = desks.browser(desk.officer)
    text = desks.seen(page(client))
    assert "其中1位与名册完全一致" in text
    for word in ("✓与名册一致", "班主任语文", "≈与名册相近名册上是司马望远", "?名册中没有"):
        assert word in text
    assert '司马望<mark class="differs">远</mark>' in page(client)
    assert "司马相宜" not in page(client, "?roster=other")


def test_what_is_picked_goes_along_and_a_page_is_picked_at_once(call: Call, desk: Desk) -> None:
    for _ in range(3):
        call.teacher(desk.school, at=call.ago(days=1))
    client = desks.browser(desk.officer)
    assert not re.findall(r'name="ids"[^>]*checked', page(client))
    assert len(re.findall(r'name="ids"[^>]*checked', page(client, "?picked=all"))) == 3


def test_a_neighbour_s_teachers_are_not_on_the_desk(call: Call, desk: Desk) -> None:
    people.join(
        call.phone(), call.person("东方未明"), places.of("330110", "342"), at=call.ago(days=1)
    )
    assert "东方未明" not in page(desks.browser(desk.officer))
    assert "东方未明" not in page(desks.browser(signing_in.COUNTY))
    assert "东方未明" in page(desks.browser(signing_in.CITY), "?q=东方")


def test_a_part_of_a_name_finds_her_and_nothing_is_said_kindly(call: Call, desk: Desk) -> None:
    people.join(call.phone(), call.person("端木蓉"), desk.school, at=call.ago(days=1))
    client = desks.browser(desk.officer)
    assert "端木蓉" in page(client, "?q=%20端木%20")
    nothing = page(client, "?q=宇文")
    assert "端木蓉" not in nothing
    assert "没有符合条件的老师在等审核" in nothing


@pytest.mark.parametrize(
    "query", ["?q=" + "长" * 61, "?q=%00", "?after=junk", "?before=1-2", "?state=x", "?roster=1"]
)
def test_what_makes_no_sense_is_said_and_changes_nothing(
    call: Call, desk: Desk, query: str
) -> None:
    call.teacher(desk.school, at=call.ago(days=1))
    answer = desks.browser(desk.officer).get(OFFICE + query)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_a_name_that_looks_like_markup_stays_text(desk: Desk, call: Call) -> None:
    call.teacher(desk.school, at=call.ago(days=1))
    shown = page(desks.browser(desk.officer), "?q=<script>alert(1)</script>")
    assert "<script>alert" not in shown


def test_pages_lead_on_and_back_and_keep_the_search(
    call: Call, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PAGE", 5)
    for _ in range(11):
        people.join(call.phone(), call.person("慕容复"), desk.school, at=call.ago(days=1))
    client = desks.browser(desk.officer)
    address, seen = OFFICE + "?q=慕容", []
    while address:
        shown = client.get(address).content.decode()
        seen += re.findall(r'class="button quiet" href="([^"]+)"', shown)
        onward = re.search(r'rel="next" href="([^"]+)"', shown)
        address = OFFICE + onward[1].replace("&amp;", "&") if onward else ""
    assert len(seen) == len(set(seen)) == 11
    back = re.search(r'rel="prev" href="([^"]+)"', shown)
    assert back
    assert "q=%E6%85%95%E5%AE%B9" in back[1]
    assert "慕容复" in client.get(OFFICE + back[1].replace("&amp;", "&")).content.decode()


@pytest.mark.parametrize("many", [3, 30])
def test_a_page_asks_as_often_however_many_wait(call: Call, desk: Desk, many: int) -> None:
    for _ in range(many):
        call.teacher(desk.school, at=call.ago(days=1))
    client = desks.browser(desk.officer)
    with CaptureQueriesContext(connection) as asked:
        page(client)
    assert len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]) == 6


def test_visitors_sign_in_first_and_teachers_have_no_business_here(country: None) -> None:
    visitor = Client().get(OFFICE)
    assert visitor.status_code == 302
    assert visitor["Location"] == f"/sign-in/?next={OFFICE}"
    assert desks.browser(signing_in.READY).get(OFFICE).status_code == 403


def test_the_page_is_for_nobody_else_s_cache(desk: Desk) -> None:
    answer = desks.browser(desk.officer).get(OFFICE)
    assert answer["Cache-Control"] == "private, no-store"
