"""Show who is told that she may enrol once her school's type is right, and who is not."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, seasons
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.catalogue.models import Training
from yanxiu.training.enrolment import turning
from yanxiu.training.journeys import leaving, retyping
from yanxiu.training.notices.models import Notice
from yanxiu.training.organisations import changes, grants, information, proposals
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.organisations.models import Officer, Region, School
from yanxiu.training.people.models import Person

DEMO_SHEET = "/trainings/demo/enrolment/"


@dataclass(frozen=True)
class Wrong:
    """Be a school of basic education that the register calls vocational, and its county."""

    call: Call
    desk: Desk
    county: Person

    @property
    def school(self) -> School:
        """Return the school."""
        return self.desk.school

    @property
    def training(self) -> Training:
        """Return a training that is open and serves basic education."""
        return seasons.outline(seasons.DEMO).training

    def held(self, person: Person) -> list[Officer]:
        """Return the rights of a person now."""
        return grants.held(person.id, at=clock.now())

    def teacher(self) -> people.Teacher:
        """Return somebody who teaches there."""
        return self.call.teacher(self.school, at=self.call.ago(days=1))

    def confirm(self, *, at: datetime) -> None:
        """Let the school propose its right type and the county confirm it."""
        officer = self.desk.officer
        proposal = proposals.propose(
            self.school, places.PRIMARY, note="", held=self.held(officer), by=officer, at=at
        )
        retyping.confirm(proposal, held=self.held(self.county), by=self.county, at=at)


@pytest.fixture
def wrong(country: None) -> Wrong:
    call = Call(clock.now())
    nation = casting.nations(call)
    county = casting.colleague(call, call.phone())
    people.appoint(county, Region.objects.get(pk=places.HOME), by=nation, at=casting.FOUNDED_AT)
    desk = casting.desk(call, places.of(places.HOME, places.VOCATIONAL), by=nation)
    return Wrong(call, desk, county)


def told(person: Person) -> list[str]:
    """Return where the word that she may enrol leads, for each time she was told."""
    found = Notice.objects.filter(person_id=person.id, kind="may_enrol").order_by("link")
    return list(found.values_list("link", flat=True))


def test_whoever_teaches_there_is_told_once_whether_turned_away_or_not(wrong: Wrong) -> None:
    turned, quiet = wrong.teacher(), wrong.teacher()
    retyping.ask(turned.person, wrong.training, at=clock.now())
    assert turning.is_remembered(turned.person.id, wrong.training)
    wrong.confirm(at=clock.now())
    for teacher in (turned, quiet):
        assert told(teacher.person).count(DEMO_SHEET) == 1
    assert not turning.is_remembered(turned.person.id, wrong.training)
    people.enrol(turned, seasons.DEMO, at=clock.now())


def test_whom_it_lets_in_nowhere_is_told_nothing(wrong: Wrong) -> None:
    left, elsewhere, enrolled = wrong.teacher(), wrong.teacher(), wrong.teacher()
    leaving.leave(left.post, by=left.person, at=clock.now())
    basic = places.of(places.HOME, places.PRIMARY)
    for teacher in (elsewhere, enrolled):
        information.teach_also_at(teacher.person, basic, by=teacher.person, at=clock.now())
    people.enrol(enrolled, seasons.DEMO, at=clock.now())
    wrong.confirm(at=clock.now())
    for teacher in (left, elsewhere, enrolled):
        assert DEMO_SHEET not in told(teacher.person)


def test_a_type_that_the_county_sets_itself_is_told_too(wrong: Wrong) -> None:
    teacher, now = wrong.teacher(), clock.now()
    deed = Deed(wrong.held(wrong.county), wrong.county, changes.today(now), now)
    retyping.retype(wrong.school, places.PRIMARY, deed)
    assert DEMO_SHEET in told(teacher.person)


def test_a_type_for_the_same_platform_or_a_no_tells_teachers_nothing(wrong: Wrong) -> None:
    teacher, officer, now = wrong.teacher(), wrong.desk.officer, clock.now()
    proposal = proposals.propose(
        wrong.school, places.PRIMARY, note="", held=wrong.held(officer), by=officer, at=now
    )
    held = wrong.held(wrong.county)
    retyping.decline(proposal, "请附批文。", held=held, by=wrong.county, at=now)
    assert Notice.objects.filter(person_id=officer.id, kind="type_declined").count() == 1
    retyping.retype(wrong.school, "368", Deed(held, wrong.county, changes.today(now), now))
    assert told(teacher.person) == []


def test_the_officers_of_the_school_are_asked_once_however_many_ask(wrong: Wrong) -> None:
    for _ in range(3):
        retyping.ask(wrong.teacher().person, wrong.training, at=clock.now())
    asked = Notice.objects.filter(person_id=wrong.desk.officer.id, kind="type_asked")
    assert [notice.link for notice in asked] == [f"/office/basics/{wrong.school.pk}/"]
