"""Show what an officer reads: her branch alone, the oldest first, page by page."""

from datetime import UTC, datetime

import pytest

from yanxiu.foundation import clock, ids
from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations import cases, grants
from yanxiu.training.organisations.cases import Place
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Account, Person

pytestmark = pytest.mark.usefixtures("country")


@pytest.fixture
def call() -> Call:
    return Call(clock.now())


@pytest.fixture
def desk(call: Call) -> Desk:
    """Give a school nobody has touched an officer."""
    return casting.desk(call, places.of("330106", "342"), by=person(signing_in.COUNTY))


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def held(by: Person) -> list[Officer]:
    return grants.held(by.id, at=clock.now())


def test_the_one_who_waits_longest_comes_first(call: Call, desk: Desk) -> None:
    for days in (1, 3, 2):
        call.teacher(desk.school, at=call.ago(days=days))
    waited = [(call.now - asked.requested_at).days for asked in cases.page(held(desk.officer)).rows]
    assert waited == [3, 2, 1]


def test_pages_join_without_gap_or_repeat_both_ways(call: Call, desk: Desk) -> None:
    # All at one instant: only the id tells their order.
    for _ in range(2 * cases.PAGE + 3):
        call.teacher(desk.school, at=call.ago(days=1))
    mine = held(desk.officer)
    first = cases.page(mine)
    second = cases.page(mine, after=first.after)
    third = cases.page(mine, after=second.after)
    seen = [asked.id for page in (first, second, third) for asked in page.rows]
    assert [len(page.rows) for page in (first, second, third)] == [20, 20, 3]
    assert len(set(seen)) == len(seen) == cases.tally(mine).waiting
    assert (first.before, third.after) == (None, None)
    back = cases.page(mine, before=third.before)
    assert [asked.id for asked in back.rows] == [asked.id for asked in second.rows]
    assert cases.page(mine, before=back.before).rows == first.rows
    assert cases.page(mine, before=back.before).before is None


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
    found = cases.page(held(desk.officer), text="司马").rows
    assert [asked.identity.name for asked in found] == ["司马相宜"]
    assert len(cases.page(held(person(signing_in.NATION)), text="司马").rows) == 2


@pytest.mark.parametrize("text", ["%", "_", "\\", "'"])
def test_signs_of_the_query_language_mean_themselves(call: Call, desk: Desk, text: str) -> None:
    call.teacher(desk.school, at=call.ago(days=1))
    assert cases.page(held(desk.officer), text=text).rows == []


def test_a_case_is_found_in_the_branch_and_nowhere_else(call: Call, desk: Desk) -> None:
    asked = call.teacher(desk.school, at=call.ago(days=1)).asked
    foreign = casting.desk(call, places.of("110108", "342"), by=person(signing_in.NATION))
    for phone in (signing_in.COUNTY, signing_in.CITY, signing_in.PROVINCE, signing_in.NATION):
        assert cases.find(held(person(phone)), asked.id) == asked
    assert cases.find(held(foreign.officer), asked.id) is None
    assert cases.find(held(person(signing_in.SCHOOL)), asked.id) is None
    assert cases.find([], asked.id) is None


def test_a_school_whose_path_begins_alike_is_not_in_the_branch(call: Call, desk: Desk) -> None:
    # The path of a node is no prefix of its neighbour's branch.
    grant = Officer(path=desk.school.path[:-1])
    asked = call.teacher(desk.school, at=call.ago(days=1)).asked
    assert cases.find([grant], asked.id) is None


def test_an_ended_grant_opens_nothing(call: Call, desk: Desk) -> None:
    Officer.objects.filter(person=desk.officer).update(until=call.ago(hours=1))
    assert held(desk.officer) == []


def test_the_whole_case_is_there_without_further_queries(call: Call, desk: Desk) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=3))
    people.reject(teacher, reason="not_ours", by=desk.officer, at=call.ago(days=2))
    asked = cases.find(held(desk.officer), teacher.asked.id)
    assert asked
    assert asked.post.person.account.phone.startswith("138")
    assert asked.post.school.type.name == "高级中学"
    assert asked.decision.reason == "not_ours"
    assert asked.answered_by  # type: ignore[attr-defined]  # annotated


def test_other_requests_of_the_post_tell_the_story(call: Call, desk: Desk) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=5))
    people.reject(teacher, reason="name_differs", by=desk.officer, at=call.ago(days=4))
    right = call.person("夏侯明")
    people.introduce(teacher.person, right, at=call.ago(days=3))
    people.introduce(teacher.person, call.person("夏侯名"), at=call.ago(days=2))
    (now,) = cases.page(held(desk.officer)).rows
    told = cases.others(now)
    assert told[0].identity.name == "夏侯明"
    assert told[0].withdrawn_at
    assert told[1].decision.outcome == "rejected"
    assert now.sent_back  # type: ignore[attr-defined]  # annotated


def test_the_next_one_is_another_s_and_of_the_own_school(call: Call, desk: Desk) -> None:
    mine = held(desk.officer)
    assert cases.next_for(mine, by=desk.officer, at=call.now) is None
    colleague = call.teacher(desk.school, at=call.ago(days=2))
    people.appoint(colleague.person, desk.school, by=person(signing_in.COUNTY), at=call.ago(days=1))
    other = call.teacher(desk.school, at=call.ago(days=1))
    theirs = held(colleague.person)
    assert cases.next_for(mine, by=desk.officer, at=call.now) == colleague.asked
    assert cases.next_for(theirs, by=colleague.person, at=call.now) == other.asked
    assert (
        cases.next_for(held(person(signing_in.NATION)), by=person(signing_in.NATION), at=call.now)
        is None
    )


def test_nothing_waits_once_it_is_answered_or_taken_back(call: Call, desk: Desk) -> None:
    answered, left = (call.teacher(desk.school, at=call.ago(days=2)) for _ in range(2))
    people.approve(answered, by=desk.officer, at=call.ago(days=1))
    left.post.verifications.update(withdrawn_at=call.ago(days=1))
    assert cases.tally(held(desk.officer)) == cases.Tally(0, 0, None)
