"""Show that the help desk changes a number by two agents and a picture, and never by one."""

from datetime import datetime, timedelta

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, phones, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.journeys import changing_phone
from yanxiu.training.organisations import grants, phone_refusals, vouching
from yanxiu.training.organisations.models import PhoneChange, PhoneChangeAnswer
from yanxiu.training.people import factors, identities
from yanxiu.training.people.models import Account, Person
from yanxiu.training.support import agents, phone_cases, refusals
from yanxiu.training.support.models import Agent
from yanxiu.training.support.phone_cases import Read
from yanxiu.training.trail.models import Entry

WHY, DAY = "核对换绑申请", timedelta(days=1)
NO = (PhoneChangeAnswer.Reason.PICTURE_UNCLEAR.value, "")


@pytest.fixture
def now(country: None) -> datetime:
    return clock.now()


@pytest.fixture
def change(country: None) -> PhoneChange:
    found = phone_cases.find(PhoneChange.objects.get(old_phone=phones.AT_DESK).pk)
    assert found
    return found


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


@pytest.fixture
def one(country: None) -> Person:
    return person(signing_in.SUPPORT)


@pytest.fixture
def other(country: None) -> Person:
    return person(signing_in.SUPPORT_TOO)


def said(change: PhoneChange) -> Read:
    identity = identities.current(change.person_id)
    assert identity
    return Read(identity.name, identities.number(identity))


def fresh(change: PhoneChange) -> PhoneChange:
    found = phone_cases.find(change.pk)
    assert found
    return found


def agree(change: PhoneChange, by: Person, at: datetime) -> PhoneChange:
    phone_cases.look(fresh(change), WHY, by=by, at=at)
    return phone_cases.agree(fresh(change), said(change), by=by, at=at)


def test_two_agents_agree_and_two_days_later_it_is_done(
    change: PhoneChange, one: Person, other: Person, now: datetime
) -> None:
    agree(change, one, now)
    assert agree(change, other, now).due_at == now + 2 * DAY
    assert changing_phone.settle(at=now + 2 * DAY) == 1
    assert Account.objects.get(person=change.person_id).phone == change.new_phone


def test_one_agent_cannot_say_both_words(change: PhoneChange, one: Person, now: datetime) -> None:
    agree(change, one, now)
    with pytest.raises(phone_refusals.SameOfficial):
        phone_cases.agree(fresh(change), said(change), by=one, at=now)
    assert changing_phone.settle(at=now + 3 * DAY) == 0


def test_nobody_agrees_who_has_not_looked_and_nobody_looks_without_a_reason(
    change: PhoneChange, one: Person, now: datetime
) -> None:
    with pytest.raises(phone_refusals.PictureNotAsked):
        phone_cases.agree(change, said(change), by=one, at=now)
    with pytest.raises(phone_refusals.PictureNotAsked):
        phone_cases.picture(change, by=one, at=now)
    with pytest.raises(phone_refusals.PictureNotAsked):
        phone_cases.look(change, "  ", by=one, at=now)
    phone_cases.look(change, WHY, by=one, at=now)
    assert phone_cases.picture(change, by=one, at=now).startswith(b"\xff\xd8")
    entry = Entry.objects.get(verb="phone_change_picture_seen")
    assert (entry.actor_id, entry.detail["why"]) == (one.id, WHY)
    with pytest.raises(phone_refusals.PictureNotAsked):
        phone_cases.picture(change, by=one, at=now + phone_cases.LOOK_LASTS)


def test_what_is_read_has_to_be_what_the_account_says_and_is_not_guessed(
    change: PhoneChange, one: Person, now: datetime
) -> None:
    phone_cases.look(change, WHY, by=one, at=now)
    wrong = Read(said(change).name, "110101199003074610")
    for _try in range(phone_cases.READINGS):
        with pytest.raises(phone_refusals.PictureDiffers):
            phone_cases.agree(change, wrong, by=one, at=now)
    with pytest.raises(phone_refusals.TooManyReadings):
        phone_cases.agree(change, said(change), by=one, at=now)


def test_a_lead_cannot_appoint_her_own_second(
    change: PhoneChange, country: None, now: datetime
) -> None:
    lead, call = person(signing_in.SUPPORT_LEAD), Call(now)
    puppet = casting.colleague(call, call.phone())
    agents.appoint(puppet, Agent.Role.AGENT, by=lead, at=now - DAY)
    agree(change, puppet, now)
    with pytest.raises(phone_refusals.GaveTheRight):
        phone_cases.look(fresh(change), WHY, by=lead, at=now)
    second = casting.colleague(call, call.phone())
    agents.appoint(second, Agent.Role.AGENT, by=lead, at=now - DAY)
    with pytest.raises(phone_refusals.GaveTheRight):
        phone_cases.agree(fresh(change), said(change), by=second, at=now)
    agree(change, person(signing_in.SUPPORT), now)


def test_an_agent_decides_neither_on_her_own_nor_on_what_a_school_answers(
    change: PhoneChange, one: Person, now: datetime
) -> None:
    own = PhoneChange.objects.get(pk=change.pk)
    PhoneChange.objects.filter(pk=own.pk).update(person=one)
    with pytest.raises(phone_refusals.OwnPhoneChange):
        phone_cases.look(fresh(change), WHY, by=one, at=now)
    assert phone_cases.find(PhoneChange.objects.get(old_phone=phones.WAITS).pk) is None


def test_no_officer_says_a_word_here_and_nobody_who_is_no_agent_any_more(
    change: PhoneChange, one: Person, now: datetime
) -> None:
    nation = person(signing_in.NATION)
    held = grants.held(nation.id, at=now)
    with pytest.raises(phone_refusals.NotTheVoucher):
        vouching.vouch(change, "in_person", held=held, by=nation, at=now)
    with pytest.raises(refusals.NoAgent):
        phone_cases.look(change, WHY, by=nation, at=now)
    right = agents.held(one.id, at=now)
    assert right
    agents.dismiss(right, by=None, at=now)
    with pytest.raises(refusals.NoAgent):
        phone_cases.look(change, WHY, by=one, at=now)


def test_a_no_ends_it(change: PhoneChange, one: Person, other: Person, now: datetime) -> None:
    phone_cases.decline(change, no=NO, by=one, at=now)
    assert fresh(change).outcome == PhoneChange.Outcome.DECLINED
    with pytest.raises(phone_refusals.PhoneChangeOver):
        phone_cases.look(fresh(change), WHY, by=other, at=now)


def test_an_agent_keeps_her_second_factor_when_her_own_number_is_changed(
    change: PhoneChange, one: Person, other: Person, now: datetime
) -> None:
    Agent.objects.create(person=change.person, role=Agent.Role.AGENT, from_at=casting.FOUNDED_AT)
    factors.lend(change.person, at=now)
    agree(change, one, now)
    agree(change, other, now)
    changing_phone.settle(at=now + 2 * DAY)
    assert factors.of(Account.objects.get(person=change.person_id)).exists()
