"""Show that a school is asked as soon as everything is there, and what it confirmed stands."""

from datetime import timedelta

import pytest

from tests.support import crowds
from tests.support.databases import Scratch
from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations import information, posts, refusals
from yanxiu.training.organisations.models import Post, School, Verification
from yanxiu.training.people import identities
from yanxiu.training.people.models import Account, Identity, Person

NUMBER = "110101199003079972"
NOW = clock.now()


def person(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def newcomer(phone: str = "13900139000") -> Person:
    return people.register(phone, at=NOW)


def correct(who: Person, name: str = "张三", number: str = NUMBER) -> Identity:
    return people.introduce(who, Invented(name, number), at=NOW)


def teach_at(who: Person, school: School) -> Post:
    return information.teach_at(who, school, by=who, at=NOW)


def home() -> School:
    return places.of(places.HOME, places.PRIMARY)


def elsewhere() -> School:
    return places.of(places.HOME, places.PRIMARY, 1)


def standing(who: Person) -> posts.Standing:
    [only] = posts.standings(who.id)
    return only


def test_the_school_is_asked_when_the_second_half_comes(country: None) -> None:
    first, second = newcomer(), newcomer("13900139001")
    correct(first)
    assert not Verification.objects.filter(post__person=first).exists()
    teach_at(first, home())
    assert standing(first).pending
    teach_at(second, home())
    assert standing(second).verification is None
    correct(second, number="11010119851116997X")
    assert standing(second).pending


def test_a_correction_replaces_the_request_that_waits(country: None) -> None:
    who = person(signing_in.UNVERIFIED)
    before = standing(who).verification
    identity = correct(who, name="李思远")
    asked = standing(who).verification
    assert asked
    assert before
    assert asked.identity == identity
    before.refresh_from_db()
    assert before.withdrawn_at == NOW


def test_the_same_again_leaves_the_request_in_its_place_in_the_queue(country: None) -> None:
    who = person(signing_in.UNVERIFIED)
    identity = identities.current(who.id)
    assert identity
    before = standing(who).verification
    correct(who, name=identity.name, number=identities.number(identity))
    teach_at(who, home())
    assert standing(who).verification == before


def test_another_school_ends_the_post_that_nobody_confirmed(country: None) -> None:
    who = person(signing_in.UNVERIFIED)
    before = standing(who)
    post = teach_at(who, elsewhere())
    assert standing(who).post == post
    assert standing(who).pending
    ended = Post.objects.get(pk=before.post.pk)
    assert ended.ended_at == NOW
    assert before.verification
    assert Verification.objects.get(pk=before.verification.pk).withdrawn_at == NOW


def test_after_a_no_saving_asks_the_school_anew(country: None) -> None:
    call = Call(NOW + timedelta(seconds=1))
    desk = casting.desk(call, elsewhere(), by=person(signing_in.COUNTY))
    who = newcomer()
    correct(who)
    teacher = people.Teacher(who, teach_at(who, elsewhere()), standing(who).verification)  # type: ignore[arg-type]  # it was asked
    people.reject(teacher, reason="name_differs", by=desk.officer, at=call.now)
    assert standing(who).rejected
    correct(who, name="张叁")
    assert standing(who).pending


@pytest.mark.parametrize("phone", [signing_in.READY, signing_in.CLAIMS])
def test_what_a_school_has_confirmed_cannot_be_changed(phone: str, country: None) -> None:
    who = person(phone)
    before = (identities.current(who.id), standing(who))
    with pytest.raises(refusals.AlreadyVerified):
        correct(who)
    with pytest.raises(refusals.AlreadyVerified):
        teach_at(who, elsewhere())
    assert (identities.current(who.id), standing(who)) == before


def test_of_ten_schools_chosen_at_once_one_stays(own_database: Scratch) -> None:
    places.load_all()
    who = newcomer()
    correct(who)
    schools = list(School.objects.order_by("code")[:10])

    def act(number: int) -> str:
        teach_at(who, schools[number])
        return "chosen"

    assert crowds.together(10, act) == {"chosen": 10}
    assert standing(who).pending
    assert Verification.objects.filter(withdrawn_at=None).count() == 1


def test_a_school_that_answers_while_she_leaves_is_heard_or_told(own_database: Scratch) -> None:
    places.load_all()
    call = Call(clock.now())
    desk = casting.desk(call, home(), by=casting.nations(call))
    teacher = call.teacher(home(), at=call.ago(days=1))
    away = elsewhere()

    def act(number: int) -> str:
        if number:
            people.approve(teacher, by=desk.officer, at=call.now)
            return "approved"
        information.teach_at(teacher.person, away, by=teacher.person, at=call.now)
        return "left"

    answers = set(crowds.together(2, act))
    assert answers in ({"approved", "already_verified"}, {"left", "request_replaced"})
    assert standing(teacher.person).verified == ("approved" in answers)
