"""Reminders reach laggards, nobody twice in a few days, and only while it helps."""

from datetime import timedelta

import pytest

from tests.support import jobs
from yanxiu.foundation import clock
from yanxiu.training.cast import people, places, seasons, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.catalogue.models import Training
from yanxiu.training.journeys import reminding
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import grants
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Account, Person
from yanxiu.training.reports import nodes, refusals, reminders, rolling
from yanxiu.training.reports.models import Reminder
from yanxiu.training.reports.nodes import Node


@pytest.fixture
def training(country: None) -> Training:
    rolling.roll(at=clock.now())
    return seasons.outline(seasons.SEASON).training


def officer(phone: str) -> tuple[Person, Node]:
    person = Account.objects.select_related("person").get(phone=phone).person
    return person, nodes.served(grants.held(person.id, at=clock.now())[0])


def call(training: Training, phone: str) -> Reminder:
    by, node = officer(phone)
    held = grants.held(by.id, at=clock.now())
    made = reminding.call(training, node, held=held, by=by, at=clock.now())
    jobs.run()
    made.refresh_from_db()
    return made


def told() -> list[Notice]:
    return list(Notice.objects.filter(kind="reminder"))


def test_a_school_sees_whom_it_will_remind_and_reminds_them(training: Training) -> None:
    _by, node = officer(signing_in.SCHOOL)
    seen = reminders.preview(training, node, at=clock.now())
    assert seen.due == len(seen.rows) > 5
    made = call(training, signing_in.SCHOOL)
    assert (made.people, made.total) == (seen.due, seen.due)
    assert {each.person_id for each in told()} == {row.person_id for row in seen.rows}
    assert told()[0].facts == {"training": training.title, "missing": "10.00"}


def test_nobody_is_reminded_twice_in_a_few_days_whoever_calls(training: Training) -> None:
    first = call(training, signing_in.SCHOOL)
    with pytest.raises(refusals.NobodyToRemind):
        call(training, signing_in.SCHOOL)
    _by, county = officer(signing_in.COUNTY)
    resting = reminders.preview(training, county, at=clock.now()).resting
    assert resting == first.people
    second = call(training, signing_in.COUNTY)
    everybody = [each.person_id for each in told()]
    assert len(everybody) == len(set(everybody)) == first.people + second.people
    _by, school = officer(signing_in.SCHOOL)
    later = clock.now() + reminders.rest() + timedelta(minutes=1)
    assert reminders.preview(training, school, at=later).due == first.people


def test_repeating_the_job_tells_nobody_again(training: Training) -> None:
    made = call(training, signing_in.SCHOOL)
    Reminder.objects.filter(pk=made.pk).update(finished_at=None, after=None)
    reminders.carry_on(made.id, at=clock.now())
    assert len(told()) == made.people


def test_a_withdrawn_right_ends_the_call(training: Training) -> None:
    by, node = officer(signing_in.COUNTY)
    held = grants.held(by.id, at=clock.now())
    made = reminding.call(training, node, held=held, by=by, at=clock.now())
    grant = Officer.objects.select_related("region", "school").get(person=by)
    grants.withdraw(grant, by=officer(signing_in.CITY)[0], at=clock.now())
    reminders.carry_on(made.id, at=clock.now())
    made.refresh_from_db()
    assert made.finished_at
    assert (made.people, told()) == (0, [])


def test_what_nobody_can_study_now_is_no_reason_to_call(training: Training) -> None:
    del training
    with pytest.raises(refusals.TrainingOver):
        call(seasons.outline(seasons.SUMMER).training, signing_in.NATION)


def test_the_page_says_who_called_when(training: Training) -> None:
    made = call(training, signing_in.SCHOOL)
    _by, county = officer(signing_in.COUNTY)
    (seen,) = reminders.sent(training.id, county.path)
    assert (seen.id, getattr(seen, "sender", "")) == (made.id, "周立新")
    assert seen.node == places.of(places.HOME, places.PRIMARY).name


def test_new_laggards_are_told_though_others_rest(training: Training) -> None:
    call(training, signing_in.SCHOOL)
    late = Call(clock.now())
    teacher = late.teacher(places.of(places.HOME, places.PRIMARY), at=clock.now())
    people.enrol(teacher, seasons.SEASON, at=clock.now())
    assert call(training, signing_in.SCHOOL).people == 1
    assert told()[-1].person_id == teacher.person.id
