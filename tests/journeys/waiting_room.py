"""Let thirty teachers wait at a school of the running platform, most of them on its roster."""

from yanxiu.foundation import clock
from yanxiu.training.cast import casting, people, places, rosters, signing_in
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.people.models import Account

# Of thirty: so many the roster knows exactly, so many nearly; the rest it does not know.
MANY, KNOWN, NEARLY = 30, 24, 2


def fill() -> None:
    """Make a school's officer and her teachers; print the officer's phone."""
    call = _call()
    desk = _desk(call)
    for place in range(MANY):
        who = call.person()
        people.join(call.phone(), who, desk.school, at=call.ago(days=1 + place % 5, hours=place))
        if place < KNOWN:
            rosters.enter(desk.school, who, role="任课教师", subject="语文", at=call.ago(days=9))
        elif place < KNOWN + NEARLY:
            listed = Invented(who.name[:-1] + "某", who.number)
            rosters.enter(desk.school, listed, at=call.ago(days=9))
    print(Account.objects.get(person=desk.officer).phone)  # noqa: T201 - read by the journey


def _call() -> Call:
    """Give people and phones that no earlier call has used."""
    used = Account.objects.filter(phone__gte=str(casting.LATER_PHONE)).count()
    call = Call(clock.now())
    for _ in range(used):
        call.phone()
        call.person()
    return call


def _desk(call: Call) -> Desk:
    county = Account.objects.select_related("person").get(phone=signing_in.COUNTY).person
    return casting.desk(call, places.of(places.HOME, "342"), by=county)
