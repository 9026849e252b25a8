"""Show what an officer reads: her branch alone, the oldest first, narrowed, page by page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from yanxiu.foundation import clock, ids
from yanxiu.training.cast import casting, people, places, rosters, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations import grants, matching, waiting
from yanxiu.training.organisations.comparison import Kind
from yanxiu.training.organisations.models import Verification
from yanxiu.training.organisations.tests import officers
from yanxiu.training.organisations.tests.officers import page, person
from yanxiu.training.organisations.waiting import Place, Roster, State, Wanted


def names(found: waiting.Page) -> list[str]:
    return [asked.identity.name for asked in found.rows]


def rises(asked: Verification, at: datetime) -> None:
    Verification.objects.filter(pk=asked.pk).update(rises_at=at)


def test_the_one_who_waits_longest_comes_first(call: Call, desk: Desk) -> None:
    for days in (1, 3, 2):
        call.teacher(desk.school, at=call.ago(days=days))
    waited = [(call.now - asked.requested_at).days for asked in page(desk.officer).rows]
    assert waited == [3, 2, 1]


def test_pages_join_without_gap_or_repeat_both_ways(
    call: Call, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PAGE", 5)
    # All at one instant: only the id tells their order.
    for _ in range(13):
        call.teacher(desk.school, at=call.ago(days=1))
    mine = desk.officer
    first = page(mine)
    second = page(mine, after=first.after)
    third = page(mine, after=second.after)
    seen = [asked.id for found in (first, second, third) for asked in found.rows]
    assert [len(found.rows) for found in (first, second, third)] == [5, 5, 3]
    assert len(set(seen)) == len(seen) == officers.tally(mine).waiting
    assert (first.before, third.after) == (None, None)
    back = page(mine, before=third.before)
    assert [asked.id for asked in back.rows] == [asked.id for asked in second.rows]
    assert page(mine, before=back.before).rows == first.rows
    assert page(mine, before=back.before).before is None


@pytest.mark.parametrize("at", [datetime(2026, 7, 20, 8, 0, 0, 123_456, UTC), clock.now()])
def test_a_place_is_read_as_it_was_written(at: datetime) -> None:
    place = Place(at, ids.uuid7())
    assert Place.read(str(place)) == place


@pytest.mark.parametrize("text", ["", "1", "-", "1-2", "x" * 40, "1٣-" + "0" * 32, "9" * 17])
def test_anything_else_is_no_place(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - nothing else raises here
        Place.read(text)


def test_a_part_of_a_name_is_searched_within_the_branch_alone(call: Call, desk: Desk) -> None:
    at = call.ago(days=1)
    people.join(call.phone(), call.person("司马相宜"), desk.school, at=at)
    people.join(call.phone(), call.person("司马望远"), places.of("110108", "342"), at=at)
    assert names(page(desk.officer, Wanted("司马"))) == ["司马相宜"]
    assert len(page(person(signing_in.NATION), Wanted("司马")).rows) == 2


def test_a_part_of_a_school_s_name_finds_who_waits_there(call: Call, desk: Desk) -> None:
    people.join(call.phone(), call.person("司马相宜"), desk.school, at=call.ago(days=1))
    found = page(person(signing_in.COUNTY), Wanted(desk.school.name))
    assert names(found) == ["司马相宜"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'"])
def test_signs_of_the_query_language_mean_themselves(call: Call, desk: Desk, text: str) -> None:
    call.teacher(desk.school, at=call.ago(days=1))
    assert page(desk.officer, Wanted(text)).rows == []


def test_who_is_as_the_roster_says_stands_apart_from_the_rest(call: Call, desk: Desk) -> None:
    known, near = call.person("司马相宜"), call.person("司马望元")
    for who in (known, near, call.person("司马不在")):
        people.join(call.phone(), who, desk.school, at=call.ago(days=1))
    rosters.enter(desk.school, known, at=call.now)
    rosters.enter(desk.school, Invented("司马望远", near.number), at=call.now)
    assert names(page(desk.officer, Wanted(roster=Roster.MATCH))) == ["司马相宜"]
    assert names(page(desk.officer, Wanted(roster=Roster.OTHER))) == ["司马望元", "司马不在"]
    assert officers.tally(desk.officer).matching == 1
    found = page(desk.officer).rows
    compared = matching.of(found)
    assert [compared[row.id].kind for row in found] == [Kind.MATCH, Kind.NEAR, Kind.NONE]


def test_a_school_without_a_roster_is_told_apart(call: Call, desk: Desk) -> None:
    asked = call.teacher(desk.school, at=call.ago(days=1)).asked
    compared = matching.of(page(desk.officer).rows)
    assert compared[asked.id].kind == Kind.NO_ROSTER


def test_what_has_risen_and_what_was_sent_back_can_be_asked_for(call: Call, desk: Desk) -> None:
    again = call.teacher(desk.school, at=call.ago(days=3))
    people.reject(again, reason="name_differs", by=desk.officer, at=call.ago(days=2))
    people.introduce(again.person, call.person("夏侯再来"), at=call.ago(days=1))
    people.join(call.phone(), call.person("夏侯刚来"), desk.school, at=call.ago(hours=1))
    risen = people.join(call.phone(), call.person("夏侯久等"), desk.school, at=call.ago(days=2))
    rises(risen.asked, call.ago(hours=1))
    asked = {state: names(page(desk.officer, Wanted("夏侯", state=state))) for state in State}
    assert asked[State.AGAIN] == ["夏侯再来"]
    assert asked[State.RISEN] == ["夏侯久等"]
    assert len(asked[State.MINE]) == 3
    county = page(person(signing_in.COUNTY), Wanted("夏侯", state=State.MINE))
    assert names(county) == ["夏侯久等"]


def test_the_next_one_is_another_s_and_of_the_own_school(call: Call, desk: Desk) -> None:
    assert officers.following(desk.officer) is None
    colleague = call.teacher(desk.school, at=call.ago(days=2))
    people.appoint(colleague.person, desk.school, by=person(signing_in.COUNTY), at=call.ago(days=1))
    other = call.teacher(desk.school, at=call.ago(days=1))
    assert officers.following(desk.officer) == colleague.asked
    assert officers.following(desk.officer, after=Place.of(colleague.asked)) == other.asked
    assert officers.following(colleague.person) == other.asked
    assert officers.following(person(signing_in.NATION)) is None


def test_a_deputy_answers_for_others_and_not_for_her_who_lent_the_right(
    call: Call, desk: Desk
) -> None:
    lender = call.teacher(desk.school, at=call.ago(days=2))
    people.appoint(lender.person, desk.school, by=person(signing_in.COUNTY), at=call.ago(days=1))
    other = call.teacher(desk.school, at=call.ago(days=1))
    deputy = casting.colleague(call, call.phone())
    (grant,) = officers.held(lender.person)
    until = call.now + timedelta(days=9)
    grants.deputise(grant, deputy, until=until, by=lender.person, at=call.now)
    assert officers.following(deputy) == other.asked
    assert (officers.tally(deputy).waiting, officers.tally(deputy).mine) == (2, 1)


def test_nothing_waits_once_it_is_answered_or_taken_back(call: Call, desk: Desk) -> None:
    answered, left = (call.teacher(desk.school, at=call.ago(days=2)) for _ in range(2))
    people.approve(answered, by=desk.officer, at=call.ago(days=1))
    left.post.verifications.update(withdrawn_at=call.ago(days=1))
    assert officers.tally(desk.officer) == waiting.Tally(0, 0, None, 0, None, 0)


def test_what_is_answered_carries_the_instant_of_its_decision(country: None) -> None:
    answered = Verification.objects.exclude(decision=None)
    assert answered.exists()
    assert not answered.exclude(answered_at=F("decision__at")).exists()
    assert not Verification.objects.filter(decision=None).exclude(answered_at=None).exists()


def test_the_county_sees_which_school_lets_wait_longest(call: Call, desk: Desk) -> None:
    for days in (90, 2):
        call.teacher(desk.school, at=call.ago(days=days))
    first = waiting.queues(officers.held(person(signing_in.COUNTY)), most=5)[0]
    assert (first.school, first.waiting) == (desk.school.name, 2)
    assert (call.now - first.oldest_at).days == 90
