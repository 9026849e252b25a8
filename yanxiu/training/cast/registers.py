"""Let the register have a past and a present: other names, ended schools, and what is asked."""

from datetime import date

from yanxiu.training.cast import casting, places, seasons
from yanxiu.training.cast.casting import Call
from yanxiu.training.journeys import retyping
from yanxiu.training.organisations import changes, grants, missing, proposals
from yanxiu.training.organisations.changes import Deed
from yanxiu.training.people.models import Person

# A school of the home county whose type is wrong: its teachers cannot enrol.
MISTYPED = "365"
MISSING = "云谷小学"


def load(call: Call, *, by: Person) -> None:
    """Tell what has become of schools by now, and what waits for the county."""
    _history(call, by)
    _missing(call)
    _proposal(call, by)


def _history(call: Call, by: Person) -> None:
    """Rename, merge and close schools whom no other story needs."""
    renamed = places.of(places.HOME, "312")
    name = renamed.name.replace("九年一贯制", "实验")
    changes.rename(renamed, name, _deed(call, by, date(2024, 8, 20)))
    gardens = [places.of(places.HOME, "111", place) for place in (4, 5)]
    changes.merge(gardens[1], gardens[0], _deed(call, by, date(2025, 7, 1)))
    changes.close(places.of(places.HOME, "218"), _deed(call, by, date(2025, 8, 31)))


def _missing(call: Call) -> None:
    """Let two teachers miss the same school, and one another that is there under a longer name."""
    asked = (
        (f"杭州市西湖区{MISSING}", "", "今年九月新办的学校", 4),
        (f"杭州市西湖区{MISSING}", "3301069001", "", 2),
        ("启明小学", "", "名单里没有看到我们学校", 1),
    )
    for name, code, note, days in asked:
        teacher = casting.colleague(call, call.phone())
        wanted = missing.Wanted(places.HOME, name, code, places.PRIMARY, note)
        missing.ask(teacher, wanted, at=call.ago(days=days, hours=3))


def _proposal(call: Call, by: Person) -> None:
    """Let a school's officer propose another type, after a teacher was turned away for it."""
    school = places.of(places.HOME, MISTYPED)
    desk = casting.desk(call, school, by=by)
    teacher = call.teacher(school, at=call.ago(days=6))
    training = seasons.outline(seasons.SEASON).training
    retyping.ask(teacher.person, training, at=call.ago(days=5))
    held = grants.held(desk.officer.id, at=call.ago(days=3))
    note = "经批准改办为普通高级中学，批文已报教育局。"
    by, at = desk.officer, call.ago(days=3)
    proposals.propose(school, "342", note=note, held=held, by=by, at=at)


def _deed(call: Call, by: Person, on: date) -> Deed:
    return Deed(grants.held(by.id, at=call.now), by, on, call.ago(days=90))
