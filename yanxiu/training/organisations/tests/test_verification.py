"""Show who may answer a request, once, and what an answer needs."""

import threading
from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection

from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.people import Teacher
from yanxiu.training.organisations import grants, posts, refusals, verification
from yanxiu.training.organisations.models import Decision
from yanxiu.training.people.models import Account, Person
from yanxiu.training.trail.models import Entry


class Scene:
    """Be a school with two officers and a teacher who waits."""

    def __init__(self, by: Person) -> None:
        self.call = Call(clock.now())
        school = places.of("330106", "342")
        self.desk: Desk = casting.desk(self.call, school, by=by)
        self.second: Desk = casting.desk(self.call, school, by=by)
        self.teacher: Teacher = self.call.teacher(school, at=self.call.ago(days=1))

    def approve(self, by: Person) -> None:
        held = grants.held(by.id, at=clock.now())
        verification.approve(self.teacher.asked, held=held, by=by, at=clock.now())

    def reject(self, by: Person, *, reason: str, sentence: str = "") -> None:
        held = grants.held(by.id, at=clock.now())
        verification.reject(
            self.teacher.asked, held=held, reason=reason, sentence=sentence, by=by, at=clock.now()
        )


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


@pytest.fixture
def scene(country: None) -> Scene:
    return Scene(person(signing_in.COUNTY))


def test_the_school_s_officer_confirms_and_the_trail_knows(scene: Scene) -> None:
    scene.approve(scene.desk.officer)
    assert posts.standings(scene.teacher.person.id)[0].verified
    entry = Entry.objects.get(verb="verification_approved", subject_id=str(scene.teacher.asked.id))
    assert entry.actor_id == scene.desk.officer.id


@pytest.mark.parametrize("phone", [signing_in.CITY, signing_in.PROVINCE, signing_in.NATION])
def test_officers_above_the_county_only_look(scene: Scene, phone: str) -> None:
    with pytest.raises(refusals.NotSchoolOfficer):
        scene.approve(person(phone))


def test_the_county_waits_until_the_school_s_time_is_over(scene: Scene) -> None:
    with pytest.raises(refusals.NotRisen, match="not_risen"):
        scene.approve(person(signing_in.COUNTY))


def test_for_another_school_s_officer_there_is_no_such_case(scene: Scene) -> None:
    with pytest.raises(refusals.CaseUnknown):
        scene.reject(person(signing_in.SCHOOL), reason="not_ours")


def test_nobody_confirms_herself(scene: Scene) -> None:
    herself, school = scene.teacher.person, scene.desk.school
    grants.give(herself, level="school", node=school, by=person(signing_in.COUNTY), at=clock.now())
    with pytest.raises(refusals.OwnVerification):
        scene.approve(herself)
    assert not Decision.objects.filter(verification=scene.teacher.asked).exists()


def test_a_second_answer_is_told_who_was_first(scene: Scene) -> None:
    scene.approve(scene.desk.officer)
    with pytest.raises(refusals.AlreadyDecided, match="already_decided") as caught:
        scene.reject(scene.second.officer, reason="not_ours")
    assert "已由" in caught.value.message
    assert Decision.objects.get(verification=scene.teacher.asked).outcome == "approved"


def test_what_the_teacher_has_replaced_takes_no_answer(scene: Scene) -> None:
    people.introduce(scene.teacher.person, scene.call.person(), at=clock.now())
    with pytest.raises(refusals.Withdrawn):
        scene.approve(scene.desk.officer)


def test_what_ended_with_the_post_takes_no_answer(scene: Scene) -> None:
    posts.end(scene.teacher.post, by=scene.teacher.person, at=clock.now())
    with pytest.raises(refusals.Withdrawn):
        scene.approve(scene.desk.officer)


@pytest.mark.parametrize(
    ("reason", "sentence"), [("", ""), ("invented", "x"), ("other", ""), ("other", "  ")]
)
def test_a_no_needs_its_reason(scene: Scene, reason: str, sentence: str) -> None:
    with pytest.raises(refusals.ReasonMissing):
        scene.reject(scene.desk.officer, reason=reason, sentence=sentence)


def test_asking_again_for_the_same_changes_nothing(scene: Scene) -> None:
    teacher = scene.teacher
    identity = teacher.asked.identity
    again = verification.request(teacher.post, identity, by=teacher.person, at=clock.now())
    assert again == teacher.asked


def test_of_two_officers_at_once_one_is_told_of_the_other(own_database: Scratch) -> None:
    places.load_all()
    first = Call(clock.now(), phones=count(13_800_000_099), indices=count(9_001))
    scene = Scene(casting.nations(first))
    answers: list[Refused | None] = []
    together = threading.Barrier(2)

    def answer(act: Callable[[], None]) -> None:
        together.wait()
        try:
            act()
            answers.append(None)
        except Refused as refused:
            answers.append(refused)
        finally:
            connection.close()

    acts = (
        lambda: scene.approve(scene.desk.officer),
        lambda: scene.reject(scene.second.officer, reason="not_ours"),
    )
    threads = [threading.Thread(target=answer, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(refused).__name__ for refused in answers) == ["AlreadyDecided", "NoneType"]
    assert Decision.objects.count() == 1
