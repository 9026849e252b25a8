"""Show a case whole: to its branch alone, with the story of its post."""

from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations import cases
from yanxiu.training.organisations.models import Officer
from yanxiu.training.organisations.tests import officers
from yanxiu.training.organisations.tests.officers import held, person


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
    (now,) = officers.page(desk.officer).rows
    told = cases.others(now)
    assert told[0].identity.name == "夏侯明"
    assert told[0].withdrawn_at
    assert told[1].decision.outcome == "rejected"
    assert now.sent_back  # type: ignore[attr-defined]  # annotated
