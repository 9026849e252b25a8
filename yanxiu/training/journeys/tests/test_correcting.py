"""Show that a correction changes name or number without a gap, once, and only by who may."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.support import crowds, season
from tests.support.databases import Scratch
from tests.support.season import Scene
from yanxiu.foundation import ciphers, clock
from yanxiu.training.cast import casting, people, places, proofs, signing_in, watching
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.names import Invented
from yanxiu.training.cast.people import Teacher
from yanxiu.training.journeys import correcting, leaving, verifying
from yanxiu.training.learning.models import Completion
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import (
    correction_queue,
    corrections,
    grants,
    posts,
    refusals,
)
from yanxiu.training.organisations import proofs as kept
from yanxiu.training.organisations.corrections import Wanted
from yanxiu.training.organisations.models import Correction, CorrectionAnswer, Officer
from yanxiu.training.people import identities
from yanxiu.training.people import refusals as people_refusals
from yanxiu.training.people.models import Account, Identity, Person
from yanxiu.training.trail.models import Entry

KIND = "resident_id"
NO = ("proof_unclear", "")


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def held(who: Person) -> list[Officer]:
    return grants.held(who.id, at=clock.now())


class School:
    """Be a school with an officer, its county's officer, and a confirmed teacher."""

    def __init__(self, call: Call, *, by: Person) -> None:
        self.call = call
        school = places.of(places.HOME, places.JUNIOR, 2)
        self.desk = casting.desk(call, school, by=by)
        self.county = by
        self.teacher = self.confirmed()

    def confirmed(self) -> Teacher:
        teacher = self.call.teacher(self.desk.school, at=self.call.ago(days=20))
        people.approve(teacher, by=self.desk.officer, at=self.call.ago(days=19))
        return teacher

    def wanted(self, **other: str | bytes) -> Wanted:
        """Return one character of the name more, and nothing else."""
        identity = self.identity()
        wanted = Wanted(identity.name + "子", KIND, identities.number(identity), "少写了一个字")
        return replace(wanted, **other)  # type: ignore[arg-type]  # each test gives what fits

    def identity(self) -> Identity:
        found = identities.current(self.teacher.person.id)
        assert found
        return found

    def ask(self, **other: str | bytes) -> Correction:
        return correcting.request(self.teacher.person, self.wanted(**other), at=self.call.now)

    def approve(self, asked: Correction, *, by: Person | None = None) -> None:
        by = by or self.desk.officer
        correcting.approve(asked, held=held(by), by=by, at=clock.now())

    def reject(self, asked: Correction, no: tuple[str, str] = NO) -> None:
        by = self.desk.officer
        correcting.reject(asked, held=held(by), no=no, by=by, at=clock.now())

    def study(self, at: datetime | None = None) -> None:
        """Let the teacher complete a lesson as whoever she is now."""
        Completion.objects.create(
            person_id=self.teacher.person.id,
            lesson_id=self.teacher.post.id,
            media_version=1,
            completed_at=at or self.call.now,
            credited_s=60,
            identity_version=self.identity().version,
        )


@pytest.fixture
def school(country: None) -> School:
    return School(Call(clock.now()), by=person(signing_in.COUNTY))


def proof() -> bytes:
    return proofs.card(Invented("甲", "1"))


def standing(who: Person) -> posts.Standing:
    [only] = posts.standings(who.id)
    return only


def test_the_difference_becomes_true_and_nothing_lapses(school: School) -> None:
    who, before = school.teacher.person, school.identity()
    asked = school.ask()
    assert standing(who).verified
    assert identities.current(who.id) == before
    school.approve(asked)
    now = standing(who)
    assert now.verified
    assert now.verification
    assert now.verification.identity == identities.current(who.id)
    assert now.verification.identity.name == before.name + "子"
    assert Notice.objects.filter(person=who, kind="correction_approved").exists()
    verbs = Entry.objects.filter(subject_id=str(asked.id)).order_by("at", "id")
    assert [entry.verb for entry in verbs] == ["correction_requested", "correction_approved"]
    assert {entry.path for entry in verbs} == {school.desk.school.path}


def test_a_no_leaves_her_as_she_was_and_says_why(school: School) -> None:
    who, before = school.teacher.person, school.identity()
    asked = school.ask(proof=proof())
    school.reject(asked, ("other", "请到教务处核对。"))
    assert standing(who).verified
    assert identities.current(who.id) == before
    told = Notice.objects.get(person=who, kind="correction_rejected")
    assert told.facts["reason"] == "其他原因——请到教务处核对。"
    again = school.ask()
    latest = correction_queue.latest(who.id)
    assert latest == again
    assert corrections.answer(again) is None


@pytest.mark.parametrize("no", [("", ""), ("not_ours", "x"), ("other", " ")])
def test_a_no_needs_a_reason_of_its_own(school: School, no: tuple[str, str]) -> None:
    asked = school.ask()
    with pytest.raises(refusals.ReasonMissing):
        school.reject(asked, no)


def test_one_waits_at_a_time_and_can_be_taken_back(school: School) -> None:
    asked = school.ask()
    with pytest.raises(refusals.CorrectionWaits):
        school.ask(name=school.identity().name + "君")
    corrections.withdraw(asked, by=school.teacher.person, at=school.call.now)
    with pytest.raises(refusals.CorrectionOver):
        corrections.withdraw(asked, by=school.teacher.person, at=school.call.now)
    with pytest.raises(refusals.Withdrawn):
        school.approve(asked)
    school.ask()


def test_nothing_different_is_no_correction(school: School) -> None:
    with pytest.raises(refusals.NothingDiffers):
        school.ask(name=f" {school.identity().name} ")


@pytest.mark.parametrize("much", [{"name": "司马静"}, {"number": "11010119851116997X"}])
def test_a_large_difference_needs_a_picture(school: School, much: dict[str, str]) -> None:
    with pytest.raises(refusals.ProofMissing):
        school.ask(**much)
    assert not school.ask(**much, proof=proof()).needs_county


def test_who_is_not_confirmed_changes_her_information_directly(school: School) -> None:
    leaving.leave(school.teacher.post, by=school.teacher.person, at=school.call.now)
    with pytest.raises(refusals.NotVerified):
        school.ask()


def test_after_the_first_credit_another_number_needs_the_county(school: School) -> None:
    school.study()
    asked = school.ask(number="11010119851116997X", proof=proof())
    assert asked.needs_county
    with pytest.raises(refusals.CountyOnly):
        school.approve(asked)
    school.approve(asked, by=school.county)
    assert standing(school.teacher.person).verified
    assert CorrectionAnswer.objects.get(pk=asked.pk).level == "county"


def test_what_was_earned_while_it_waited_hands_it_up(school: School) -> None:
    asked = school.ask(number="11010119851116997X", proof=proof())
    assert not asked.needs_county
    school.study()
    with pytest.raises(refusals.CountyOnly):
        school.approve(asked)
    fresh = correction_queue.find(held(school.county), asked.id)
    assert fresh
    assert fresh.needs_county
    school.approve(fresh, by=school.county)


def test_the_county_waits_until_the_case_has_risen(school: School) -> None:
    asked = school.ask()
    with pytest.raises(refusals.NotRisen):
        school.approve(asked, by=school.county)
    later = asked.rises_at + timedelta(seconds=1)
    by = school.county
    correcting.approve(asked, held=held(by), by=by, at=later)


def test_nobody_corrects_herself(school: School) -> None:
    who = school.teacher.person
    people.appoint(who, school.desk.school, by=school.county, at=school.call.now)
    asked = school.ask()
    with pytest.raises(refusals.OwnVerification):
        school.approve(asked, by=who)


@pytest.mark.parametrize("phone", [signing_in.CITY, signing_in.NATION])
def test_officers_further_up_only_look(school: School, phone: str) -> None:
    asked = school.ask()
    with pytest.raises(refusals.NotSchoolOfficer):
        school.approve(asked, by=person(phone))


def test_a_number_of_somebody_else_is_refused_and_tries_are_counted(school: School) -> None:
    other = identities.current(person(signing_in.READY).id)
    assert other
    taken = identities.number(other)
    for _ in range(3):
        with pytest.raises(people_refusals.NumberInUse):
            school.ask(number=taken, proof=proof())
    with pytest.raises(people_refusals.TooManyNumbers):
        school.ask(number="11010119851116997X", proof=proof())


def test_of_two_who_want_a_number_the_first_confirmed_has_it(school: School) -> None:
    asked = school.ask(number="11010119851116997X", proof=proof())
    rival = people.join(
        school.call.phone(),
        Invented("赵云", "11010119851116997X"),
        school.desk.school,
        at=school.call.ago(days=1),
    )
    people.approve(rival, by=school.desk.officer, at=school.call.now)
    before = school.identity()
    with pytest.raises(people_refusals.NumberInUse):
        school.approve(asked)
    assert school.identity() == before
    assert standing(school.teacher.person).verified


def test_leaving_takes_the_request_along(school: School) -> None:
    asked = school.ask(proof=proof())
    leaving.leave(school.teacher.post, by=school.teacher.person, at=school.call.now)
    asked.refresh_from_db()
    assert asked.withdrawn_at
    assert asked.proof_sealed is None
    with pytest.raises(refusals.Withdrawn):
        school.approve(asked)


def test_another_school_of_hers_is_asked_anew(school: School) -> None:
    who, now = school.teacher.person, school.call.now
    second = casting.desk(school.call, places.of(places.HOME, "345"), by=school.county)
    post = verifying.teach_also_at(who, second.school, at=now)
    both = {each.post.id: each for each in posts.standings(who.id)}
    asked_there = both[post.id].verification
    assert asked_there
    by = second.officer
    verifying.approve(asked_there, held=held(by), by=by, at=now)
    school.approve(school.ask())
    after = {each.post.id: each for each in posts.standings(who.id)}
    assert after[school.teacher.post.id].verified
    assert after[post.id].pending


class TestPicture:
    def test_it_is_sealed_and_opened_by_who_answers_and_the_trail_knows(
        self, school: School
    ) -> None:
        picture, by, now = proof(), school.desk.officer, clock.now()
        asked = school.ask(proof=picture)
        assert picture not in bytes(asked.proof_sealed or b"")
        with pytest.raises(refusals.ProofNotAsked):
            kept.shown(asked, held=held(by), by=by, at=now)
        kept.look(asked, held=held(by), by=by, at=now)
        assert kept.shown(asked, held=held(by), by=by, at=now) == picture
        entry = Entry.objects.get(verb="correction_proof_seen")
        assert (entry.actor_id, entry.path) == (by.id, school.desk.school.path)
        with pytest.raises(refusals.ProofNotAsked):
            kept.shown(asked, held=held(by), by=by, at=now + kept.LOOK_LASTS)

    def test_nobody_else_looks(self, school: School) -> None:
        asked = school.ask(proof=proof())
        for phone in (signing_in.COUNTY, signing_in.CITY, signing_in.NATION, signing_in.SCHOOL):
            by = person(phone)
            with pytest.raises((refusals.NotRisen, refusals.NotSchoolOfficer)):
                kept.look(asked, held=held(by), by=by, at=clock.now())
        assert not Entry.objects.filter(verb="correction_proof_seen").exists()

    def test_it_is_gone_once_there_is_an_answer(self, school: School) -> None:
        by, asked = school.desk.officer, school.ask(proof=proof())
        school.reject(asked)
        asked.refresh_from_db()
        assert asked.proof_sealed is None
        with pytest.raises(refusals.CorrectionOver):
            kept.look(asked, held=held(by), by=by, at=clock.now())

    def test_what_was_sealed_for_another_purpose_is_not_opened(self, school: School) -> None:
        asked = school.ask(proof=proof())
        assert asked.proof_sealed
        with pytest.raises(ciphers.Broken):
            ciphers.unseal(asked.proof_sealed, purpose="certificate")


@pytest.fixture
def scene(own_database: Scratch) -> Scene:
    season.publish()
    return season.scene()


def _asked(scene: Scene) -> tuple[Teacher, Correction]:
    teacher = scene.teacher()
    identity = teacher.asked.identity
    wanted = Wanted(identity.name + "子", KIND, identities.number(identity), "少写了一个字")
    return teacher, correcting.request(teacher.person, wanted, at=scene.call.now)


def test_of_ten_answers_at_once_one_counts(scene: Scene) -> None:
    teacher, asked = _asked(scene)
    second = casting.desk(scene.call, scene.desk.school, by=casting.nations(scene.call))

    def act(number: int) -> str:
        by = second.officer if number % 2 else scene.desk.officer
        if number < 5:
            correcting.approve(asked, held=held(by), by=by, at=clock.now())
            return "answered"
        correcting.reject(asked, held=held(by), no=NO, by=by, at=clock.now())
        return "answered"

    assert crowds.together(10, act) == {"answered": 1, "already_decided": 9}
    assert standing(teacher.person).verified


def test_leaving_and_approving_at_once_end_in_one_order(scene: Scene) -> None:
    teacher, asked = _asked(scene)

    def act(number: int) -> str:
        if number:
            by = scene.desk.officer
            correcting.approve(asked, held=held(by), by=by, at=clock.now())
            return "approved"
        leaving.leave(teacher.post, by=teacher.person, at=clock.now())
        return "left"

    answers = crowds.together(2, act)
    assert answers in ({"approved": 1, "left": 1}, {"left": 1, "request_replaced": 1})
    assert not posts.standings(teacher.person.id)
    name = identities.current(teacher.person.id)
    assert name
    assert name.name.endswith("子") == ("approved" in answers)


def test_of_ten_requests_at_once_one_waits(scene: Scene) -> None:
    teacher = scene.teacher()
    identity = teacher.asked.identity

    def act(number: int) -> str:
        name = identity.name + "子丑寅卯辰巳午未申酉"[number]
        wanted = Wanted(name, KIND, identities.number(identity), "少写了一个字")
        correcting.request(teacher.person, wanted, at=scene.call.now)
        return "asked"

    assert crowds.together(10, act) == {"asked": 1, "correction_waits": 9}


def test_of_ten_who_leave_at_once_one_does(scene: Scene) -> None:
    teacher = scene.finished()
    watched = Completion.objects.filter(person_id=teacher.person.id).count()
    assert watched == len(watching.needed(scene.outline))

    def act(_number: int) -> str:
        leaving.leave(teacher.post, by=teacher.person, at=clock.now())
        return "left"

    assert crowds.together(10, act) == {"left": 1, "post_ended": 9}
    assert Notice.objects.filter(kind="teacher_left").count() == 1
