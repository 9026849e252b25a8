"""Show for each way that one officer alone takes no account over by a lost number."""

import pytest

from tests.support import season
from tests.support.lost_phone import DAY, IN_PERSON, NEW, NO, Case, held, texts_to
from yanxiu.training.cast import casting, people, places
from yanxiu.training.organisations import (
    grants,
    phone_changes,
    phone_refusals,
    vouching,
)
from yanxiu.training.organisations.models import PhoneChange, Region
from yanxiu.training.organisations.phone_changes import Step, Word


@pytest.fixture
def case(country: None) -> Case:
    scene = season.scene()
    return Case(scene, scene.teacher())


def test_one_who_serves_school_and_county_cannot_say_both_words(case: Case) -> None:
    county = Region.objects.get(pk=places.HOME)
    people.appoint(case.officer, county, by=case.nation, at=casting.FOUNDED_AT)
    case.vouch(change := case.ask())
    with pytest.raises(phone_refusals.SameOfficial):
        case.approve(change, by=case.officer)
    with pytest.raises(phone_refusals.SameOfficial):
        phone_changes.say(change, Word(Step.APPROVE), by=case.officer, at=case.now)


def test_an_officer_cannot_vouch_for_herself(case: Case) -> None:
    grants.appoint(case.teacher.person, case.scene.desk.school, at=casting.FOUNDED_AT)
    with pytest.raises(phone_refusals.OwnPhoneChange):
        case.vouch(case.ask(), by=case.teacher.person)


def test_an_officer_s_deputy_cannot_vouch_for_whoever_lent_her_the_right(case: Case) -> None:
    own = grants.appoint(case.teacher.person, case.scene.desk.school, at=casting.FOUNDED_AT)
    deputy = casting.colleague(case.scene.call, case.scene.call.phone())
    until = case.now + 60 * DAY
    grants.deputise(own, deputy, until=until, by=case.teacher.person, at=case.now - DAY)
    with pytest.raises(phone_refusals.NotTheVoucher):
        case.vouch(case.ask(), by=deputy)


def test_an_officer_cannot_appoint_her_own_second(case: Case) -> None:
    """A county's officer makes a right at the school, vouches through it, and approves herself."""
    puppet = casting.colleague(case.scene.call, case.scene.call.phone())
    people.appoint(puppet, case.scene.desk.school, by=case.county, at=case.now - 20 * DAY)
    case.vouch(change := case.ask(), by=puppet)
    with pytest.raises(phone_refusals.GaveTheRight):
        case.approve(change)
    assert case.approve(change, by=case.nation).due_at, "somebody else can"


def test_a_deputy_and_her_lender_are_one(case: Case) -> None:
    [right] = held(case.county)
    deputy = casting.colleague(case.scene.call, case.scene.call.phone())
    grants.deputise(right, deputy, until=case.now + 9 * DAY, by=case.county, at=case.now - DAY)
    change = case.ask()
    PhoneChange.objects.filter(pk=change.pk).update(rises_at=case.now)
    change.refresh_from_db()
    case.vouch(change, by=case.county)
    with pytest.raises(phone_refusals.GaveTheRight):
        case.approve(change, by=deputy)


def test_one_above_cannot_let_two_new_rights_do_it(case: Case) -> None:
    rights = []
    for node in (case.scene.desk.school, Region.objects.get(pk=places.HOME)):
        puppet = casting.colleague(case.scene.call, case.scene.call.phone())
        rights.append(people.appoint(puppet, node, by=case.nation, at=case.now - DAY))
    case.vouch(change := case.ask(), by=rights[0])
    with pytest.raises(phone_refusals.GaveTheRight):
        case.approve(change, by=rights[1])


def test_nobody_of_another_school_or_county_says_a_word(case: Case) -> None:
    change = case.ask()
    call = case.scene.call
    elsewhere = casting.desk(call, places.of(places.HOME, places.JUNIOR, 2), by=case.county)
    with pytest.raises(phone_refusals.NotTheVoucher):
        case.vouch(change, by=elsewhere.officer)
    neighbour = casting.colleague(call, call.phone())
    other = Region.objects.get(pk="330110")
    people.appoint(neighbour, other, by=case.nation, at=casting.FOUNDED_AT)
    case.vouch(change)
    with pytest.raises(phone_refusals.NotAboveSchool):
        case.approve(change, by=neighbour)
    assert vouching.find(held(neighbour), change.id) is None


def test_the_school_s_officer_cannot_approve_what_her_colleague_vouched_for(case: Case) -> None:
    colleague = casting.colleague(case.scene.call, case.scene.call.phone())
    people.appoint(colleague, case.scene.desk.school, by=case.nation, at=casting.FOUNDED_AT)
    case.vouch(change := case.ask(), by=colleague)
    with pytest.raises(phone_refusals.NotAboveSchool):
        case.approve(change, by=case.officer)


def test_the_county_vouches_only_once_the_school_has_let_it_lie(case: Case) -> None:
    change = case.ask()
    with pytest.raises(phone_refusals.VouchingNotRisen):
        case.vouch(change, by=case.county)
    later = change.rises_at
    who = case.county
    vouching.vouch(change, IN_PERSON, held=held(who), by=who, at=later)


def test_a_no_ends_it_with_its_reason_and_a_second_vouch_is_none(case: Case) -> None:
    change = case.ask()
    with pytest.raises(phone_refusals.MeansMissing):
        vouching.vouch(change, "", held=held(case.officer), by=case.officer, at=case.now)
    vouching.decline(change, held=held(case.officer), no=NO, by=case.officer, at=case.now)
    change.refresh_from_db()
    assert change.outcome == PhoneChange.Outcome.DECLINED
    assert texts_to(NEW)[-1] == "phone_change_ended"
    with pytest.raises(phone_refusals.PhoneChangeOver):
        case.vouch(change)
