"""Let people from elsewhere teach at one school: somebody with each kind of document."""

from yanxiu.training.cast import casting, people, places, rosters, signing_in
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.names import Invented
from yanxiu.training.people.documents import Kind
from yanxiu.training.people.models import Person

COUNTY, SCHOOL_TYPE, PLACE = "310115", "345", 0

# Well-formed, and nobody's: the orders of people past a hundred, and the highest numbers.
TEACHERS = (
    Invented("欧阳嘉欣", "H99999901", Kind.MAINLAND_PERMIT),
    Invented("何子珊", "810000198803179962", Kind.RESIDENCE_PERMIT),
    Invented("林佩蓉", "830000198611059978", Kind.RESIDENCE_PERMIT),
    Invented("陈冠宇", "99999902", Kind.TAIWAN_PERMIT),
    Invented("Maria Lindqvist", "931752198405219968", Kind.PERMANENT_RESIDENCE),
    Invented("Thomas O'Connor", "CAN310099123199", Kind.PERMANENT_RESIDENCE),
    Invented("Amélie Durand", "99ZZ99901", Kind.PASSPORT),
)


def load(call: Call, *, by: Person) -> None:
    """Give the school an officer who confirms them all; one can be signed in as."""
    desk = casting.desk(call, places.of(COUNTY, SCHOOL_TYPE, PLACE), by=by)
    for who in TEACHERS:
        rosters.enter(desk.school, who, subject="英语", at=call.ago(days=40))
        phone = signing_in.HONG_KONG if who is TEACHERS[0] else call.phone()
        teacher = people.join(phone, who, desk.school, at=call.ago(days=20))
        people.approve(teacher, by=desk.officer, at=call.ago(days=19))
