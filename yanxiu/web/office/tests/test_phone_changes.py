"""Show what officers see of a lost number, whose turn it is, and what a word of each does."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.pages import Answer, text
from tests.support.signing_in import sign_in
from yanxiu.foundation import clock
from yanxiu.training.cast import phones, signing_in
from yanxiu.training.organisations import phone_links
from yanxiu.training.organisations.models import PhoneChange
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account
from yanxiu.training.trail.models import Entry
from yanxiu.web.office.tests import desks
from yanxiu.web.shared import access

LIST, VOUCH = reverse("office_phone_changes"), {"outcome": "yes", "means": "in_person"}


@pytest.fixture
def waits(country: None) -> PhoneChange:
    return PhoneChange.objects.get(old_phone=phones.WAITS)


@pytest.fixture
def vouched(country: None) -> PhoneChange:
    return PhoneChange.objects.get(old_phone=phones.VOUCHED)


def case(change: PhoneChange) -> str:
    return reverse("office_phone_change", args=[change.id])


def say(who: str, change: PhoneChange, **typed: str) -> Answer:
    return desks.browser(who).post(case(change), typed)


def test_the_list_says_how_long_each_waits_and_for_whom(
    waits: PhoneChange, vouched: PhoneChange
) -> None:
    page = text(desks.browser(signing_in.SCHOOL).get(LIST))
    assert "2 份更换手机号的申请在等，最久的已等 2 天" in page
    assert "学校管理员核实" in page
    assert "县区或以上管理员核准" in page
    assert "更换手机号" in text(desks.browser(signing_in.SCHOOL).get(reverse("office")))


def test_the_case_shows_whom_it_is_about_and_no_whole_number(waits: PhoneChange) -> None:
    page = desks.browser(signing_in.SCHOOL).get(case(waits)).content.decode()
    identity = identities.current(waits.person_id)
    assert identity
    assert identity.name in page
    for whole in (identities.number(identity), waits.old_phone, waits.new_phone):
        assert whole not in page


def test_the_school_vouches_and_the_county_approves(waits: PhoneChange) -> None:
    answer = say(signing_in.SCHOOL, waits, **VOUCH)
    assert answer["Location"] == f"{LIST}?done={waits.id}"
    page = text(desks.browser(signing_in.SCHOOL).get(answer["Location"]))
    assert "已记下您核实了本人" in page
    assert "只能查看" in text(desks.browser(signing_in.SCHOOL).get(case(waits)))
    assert say(signing_in.COUNTY, waits, outcome="yes").status_code == 303
    waits.refresh_from_db()
    assert waits.due_at
    page = text(desks.browser(signing_in.COUNTY).get(case(waits)))
    assert "在那之前原手机号的主人可以停止" in page
    verbs = Entry.objects.filter(subject_id=str(waits.person_id)).values_list("verb", flat=True)
    assert {"phone_change_vouched", "phone_change_approved"} <= set(verbs)
    assert "核准了" in text(desks.browser(signing_in.COUNTY).get(reverse("office_trail")))


def test_yes_without_saying_how_and_no_without_a_reason_change_nothing(waits: PhoneChange) -> None:
    assert say(signing_in.SCHOOL, waits, outcome="yes").status_code == 400
    silent = say(signing_in.SCHOOL, waits, outcome="no", reason="other")
    assert silent.status_code == 400
    assert not waits.answers.exists()


def test_a_no_tells_the_reason(waits: PhoneChange) -> None:
    no = {"outcome": "no", "reason": "not_ours", "sentence": "她不在我们学校。"}
    assert say(signing_in.SCHOOL, waits, **no).status_code == 303
    assert say(signing_in.SCHOOL, waits, **VOUCH).status_code == 409
    way = Client().get(_follow(waits))
    assert "她不在我们学校。" in text(way)


def test_a_word_needs_a_second_factor_of_the_last_ten_minutes(waits: PhoneChange) -> None:
    browser = Client()
    sign_in(browser, Account.objects.get(phone=signing_in.SCHOOL))
    session = browser.session
    session[access.SECOND_FACTOR] = (clock.now() - access.FACTOR_FRESH).isoformat()
    session.save()
    assert "办理前请再验证一次" in text(browser.get(case(waits)))
    assert browser.post(case(waits), VOUCH).status_code == 403
    assert not waits.answers.exists()


def test_other_branches_find_nothing(waits: PhoneChange) -> None:
    for who in (signing_in.NEIGHBOUR, signing_in.ABROAD):
        assert desks.browser(who).get(case(waits)).status_code == 404
        assert "现在没有更换手机号的申请在等" in text(desks.browser(who).get(LIST))


def test_what_the_help_desk_answers_no_officer_sees(country: None) -> None:
    at_desk = PhoneChange.objects.get(old_phone=phones.AT_DESK)
    assert desks.browser(signing_in.NATION).get(case(at_desk)).status_code == 404


def _follow(change: PhoneChange) -> str:
    return phone_links.path(change, phone_links.FOLLOW)
