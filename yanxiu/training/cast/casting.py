"""Hand out the parts: phones, invented people, moments in the past, schools with their officer."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from yanxiu.foundation import periods
from yanxiu.training.cast import names, people
from yanxiu.training.organisations.models import Decision, Region, School
from yanxiu.training.people.models import Person

# Phones of those who only fill the country; people to sign in as have numbers below.
FIRST_PHONE, FIRST_PERSON = 13_800_010_001, 1
# Whoever comes after the country was made, as in tests, begins here.
LATER_PHONE, LATER_PERSON = 13_800_050_001, 5_001
# When those began who keep the country running: before its first training.
FOUNDED_AT = datetime(2025, 3, 3, 9, tzinfo=periods.CHINA)


def _reasons() -> Iterator[str]:
    return itertools.cycle(Decision.Reason.values)


@dataclass(frozen=True)
class Call:
    """Give each of the cast what nobody else has; `now` is the present.

    By default it is for those who come later.
    """

    now: datetime
    phones: Iterator[int] = field(default_factory=lambda: itertools.count(LATER_PHONE))
    indices: Iterator[int] = field(default_factory=lambda: itertools.count(LATER_PERSON))
    days: Iterator[int] = field(default_factory=itertools.count)
    reasons: Iterator[str] = field(default_factory=_reasons)

    def phone(self) -> str:
        """Return a phone that nobody has yet."""
        return str(next(self.phones))

    def person(self, name: str = "") -> names.Invented:
        """Return somebody new, by that name if one is given."""
        return names.person(next(self.indices), name)

    def ago(self, *, days: int = 0, hours: int = 0) -> datetime:
        """Return a moment in the past."""
        return self.now - timedelta(days=days, hours=hours)

    def teacher(self, school: School, *, at: datetime) -> people.Teacher:
        """Return a new teacher who has given her information and asked her school."""
        return people.join(self.phone(), self.person(), school, at=at)


def first(now: datetime) -> Call:
    """Return the call with which the country is made."""
    indices = itertools.count(FIRST_PERSON)
    return Call(now, phones=itertools.count(FIRST_PHONE), indices=indices)


@dataclass(frozen=True, slots=True)
class Desk:
    """Be a school with the officer who answers for it."""

    school: School
    officer: Person


def desk(call: Call, school: School, *, by: Person) -> Desk:
    """Give a school an officer."""
    officer = colleague(call, call.phone())
    return Desk(school, people.appoint(officer, school, by=by, at=FOUNDED_AT))


def nations(call: Call) -> Person:
    """Return a new officer of the nation, who may appoint everybody below."""
    nation = Region.objects.get(level=Region.Level.NATION)
    return people.appoint(colleague(call, call.phone()), nation, by=None, at=FOUNDED_AT)


def colleague(call: Call, phone: str, name: str = "") -> Person:
    """Return somebody who has long been known by name and document."""
    person = people.register(phone, at=FOUNDED_AT)
    people.introduce(person, call.person(name), at=FOUNDED_AT)
    return person
