"""Show what becomes of schools, and of whoever and whatever belongs to them."""

from datetime import date

import pytest

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import changes, grants, posts, reach, refusals, search
from yanxiu.training.organisations import register_refusals as no
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.models import (
    Decision,
    Officer,
    Post,
    RosterEntry,
    School,
    SchoolChange,
    SchoolName,
    Verification,
)
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Person
from yanxiu.training.trail.models import Entry

ON = date(2026, 9, 1)


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def deed(phone: str = signing_in.COUNTY, on: date = ON) -> Deed:
    by, at = person(phone), clock.now()
    return Deed(grants.held(by.id, at=at), by, on, at)


@pytest.fixture
def call(country: None) -> Call:
    return Call(clock.now())


@pytest.fixture
def desk(call: Call) -> Desk:
    return casting.desk(call, places.of(places.HOME, "342"), by=person(signing_in.COUNTY))


@pytest.fixture
def other(call: Call) -> School:
    return places.of(places.HOME, "341")


def kinds(school: School) -> list[str]:
    found = SchoolChange.objects.filter(school=school).order_by("at", "id")
    return list(found.values_list("kind", flat=True))


def found_by(text: str) -> list[search.Hit]:
    return search.find(text).hits


def test_a_renamed_school_is_found_by_both_names(desk: Desk) -> None:
    before = desk.school.name
    school = changes.rename(desk.school, "杭州市  云谷高级中学", deed())
    assert school.name == "杭州市 云谷高级中学"
    (hit,) = found_by("云谷高级")
    assert (hit.school, hit.former) == (school, "")
    (hit,) = [each for each in found_by(before) if each.school == school]
    assert hit.former == before
    names = SchoolName.objects.filter(school=school).order_by("since")
    assert [(each.name, each.until) for each in names] == [(before, ON), (school.name, None)]
    (change,) = SchoolChange.objects.filter(school=school, kind="renamed")
    assert (change.before, change.after) == ({"name": before}, {"name": school.name})
    assert Entry.objects.filter(verb="school_renamed", path=school.path).count() == 1


def test_a_school_may_correct_its_own_name_and_nothing_else(desk: Desk) -> None:
    held = grants.held(desk.officer.id, at=clock.now())
    own = Deed(held, desk.officer, ON, clock.now())
    assert changes.rename(desk.school, "云谷高级中学", own).name == "云谷高级中学"
    with pytest.raises(no.NotRegistrar):
        changes.close(desk.school, own)
    with pytest.raises(refusals.OutsideBranch):
        changes.rename(places.of(places.HOME, "211"), "云谷小学", own)


@pytest.mark.parametrize(
    ("name", "on", "refusal"),
    [
        ("", ON, no.BadSchoolName),
        ("云谷高级中学", date(1900, 1, 1), no.DayImpossible),
        ("云谷高级中学", date(2999, 1, 1), no.DayImpossible),
    ],
)
def test_a_name_or_a_day_that_cannot_be_is_refused(
    desk: Desk, name: str, on: date, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        changes.rename(desk.school, name, deed(on=on))
    with pytest.raises(no.NothingChanges):
        changes.rename(desk.school, desk.school.name, deed())
    assert kinds(desk.school) == ["opened"]


def test_a_moved_school_takes_its_officers_along_and_papers_stay(call: Call, desk: Desk) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=3))
    people.approve(teacher, by=desk.officer, at=call.ago(days=2))
    school = changes.move(desk.school, "330110", deed(signing_in.CITY))
    assert school.path == f"000000/330000/330100/330110/{school.code}"
    (grant,) = grants.held(desk.officer.id, at=clock.now())
    assert grant.path == school.path
    assert posts.standings(teacher.person.id)[0].verified
    found = search.find(school.name, region=school.county).hits
    assert school in [hit.school for hit in found]
    verbs = Entry.objects.filter(verb="school_moved").values_list("path", flat=True)
    assert set(verbs) == {school.path, desk.school.path}
    with pytest.raises(no.NothingChanges):
        changes.move(school, "330110", deed(signing_in.CITY))


def test_a_county_moves_nothing_out_of_its_branch(desk: Desk) -> None:
    with pytest.raises(refusals.OutsideBranch):
        changes.move(desk.school, "330110", deed())
    with pytest.raises(no.RegionEnded):
        changes.move(desk.school, "330103", deed(signing_in.CITY))


def test_teachers_of_a_merged_school_go_on_as_they_were(
    call: Call, desk: Desk, other: School
) -> None:
    known = call.teacher(desk.school, at=call.ago(days=5))
    people.approve(known, by=desk.officer, at=call.ago(days=4))
    asking = call.teacher(desk.school, at=call.ago(days=3))
    refused = call.teacher(desk.school, at=call.ago(days=3))
    people.reject(refused, reason="not_ours", by=desk.officer, at=call.ago(days=2))
    RosterEntry.objects.create(
        school=desk.school,
        name="张三",
        document_kind="resident_id",
        number_sealed=identities.current(known.person.id).number_sealed,  # type: ignore[union-attr]  # she has given it
        number_fingerprint=b"1" * 32,
        listed_at=call.ago(days=9),
    )
    assert reach.read(desk.school, at=clock.now()) == reach.Reach(3, 1, 1, 1, 1)

    school = changes.merge(desk.school, other, deed())

    assert school.closed_on == ON
    assert kinds(school)[-1] == "merged"
    for teacher, word in ((known, "verified"), (asking, "pending"), (refused, "rejected")):
        (standing,) = posts.standings(teacher.person.id)
        assert standing.post.school == other
        assert getattr(standing, word), word
        assert standing.verification
        assert standing.verification.requested_at == teacher.asked.requested_at
        old = Post.objects.get(pk=teacher.post.pk)
        assert (old.school, old.ended_by) == (school, person(signing_in.COUNTY))
        assert Notice.objects.filter(person=teacher.person, kind="school_merged").count() == 1
    waits = Verification.objects.filter(post__school=other, answered_at=None, withdrawn_at=None)
    assert [each.post.person for each in waits] == [asking.person]
    decided = Decision.objects.filter(verification__post__school=other, outcome="approved")
    assert [each.by for each in decided.filter(verification__post__person=known.person)] == [
        desk.officer
    ]
    assert grants.held(desk.officer.id, at=clock.now()) == []
    assert RosterEntry.objects.filter(school=other, ended_at=None, name="张三").count() == 1
    assert reach.read(school, at=clock.now()) == reach.Reach(0, 0, 0, 0, 0)


def test_a_merged_school_is_found_as_the_one_it_went_into(desk: Desk, other: School) -> None:
    changes.merge(desk.school, other, deed())
    (hit,) = found_by(desk.school.name)
    assert (hit.school, hit.former, hit.absorbed) == (other, "", desk.school.name)
    third = places.of(places.HOME, "345")
    changes.merge(other, third, deed())
    (hit,) = found_by(desk.school.name)
    assert (hit.school, hit.absorbed) == (third, desk.school.name)


def test_who_teaches_at_both_schools_keeps_the_other_post(
    call: Call, desk: Desk, other: School
) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=5))
    there = posts.take_up(teacher.person, other, by=teacher.person, at=call.ago(days=4))
    changes.merge(desk.school, other, deed())
    assert [each.post for each in posts.standings(teacher.person.id)] == [there]


def test_a_closed_school_lets_everybody_go_and_is_found_no_more(call: Call, desk: Desk) -> None:
    teacher = call.teacher(desk.school, at=call.ago(days=5))
    people.approve(teacher, by=desk.officer, at=call.ago(days=4))
    changes.close(desk.school, deed())
    assert posts.standings(teacher.person.id) == []
    assert Notice.objects.filter(person=teacher.person, kind="school_closed").exists()
    assert Notice.objects.filter(person=desk.officer, kind="grant_ended").exists()
    assert found_by(desk.school.name) == []
    assert not Officer.objects.filter(school=desk.school, until=None).exists()
    with pytest.raises(no.SchoolClosed):
        changes.close(desk.school, deed())
    with pytest.raises(no.SchoolClosed):
        changes.rename(desk.school, "云谷高级中学", deed())
    with pytest.raises(refusals.SchoolGone):
        posts.take_up(teacher.person, desk.school, by=teacher.person, at=clock.now())


def test_a_school_goes_into_another_one_of_the_same_branch_alone(desk: Desk) -> None:
    with pytest.raises(no.IntoItself):
        changes.merge(desk.school, desk.school, deed())
    with pytest.raises(refusals.OutsideBranch):
        changes.merge(desk.school, places.of("330110", "342"), deed())
    assert kinds(desk.school) == ["opened"]


def test_a_type_is_changed_and_written_down(desk: Desk) -> None:
    assert changes.retype(desk.school, "341", deed()).type.name == "完全中学"
    (change,) = SchoolChange.objects.filter(school=desk.school, kind="retyped")
    assert (change.before, change.after) == ({"type_id": "342"}, {"type_id": "341"})
    with pytest.raises(no.NothingChanges):
        changes.retype(desk.school, "341", deed())
    with pytest.raises(no.TypeUnknown):
        changes.retype(desk.school, "000", deed())
