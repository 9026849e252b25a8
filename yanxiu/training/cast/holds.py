"""Doubt the hours of one teacher, and hold those of another, who has appealed.

The county has not looked at the first; the city has not answered the second.
"""

from datetime import datetime, timedelta

from yanxiu.foundation import periods
from yanxiu.training.cast import people, places, seasons, signing_in, watching
from yanxiu.training.cast.casting import Call
from yanxiu.training.cast.people import Teacher
from yanxiu.training.integrity import appeals, doubts, holding
from yanxiu.training.integrity.models import Doubt, Hold
from yanxiu.training.learning import coverage
from yanxiu.training.organisations import grants
from yanxiu.training.people.models import Account, Person

DOUBTED, DOUBTED_NAME = "13800000041", "程雨桐"
HELD = "13800000042"
# Nobody has doubted her yet: for stories in which somebody does what a program would.
ATTACKER, ATTACKERS_NAME = "13800000043", "袁思敏"
SENTENCE = "有一夜从 23 点到次日 6 点没有间断。请说明当时是否本人观看。"
APPEAL = "那一夜我在宿舍值班，隔一会儿巡一次楼，手机放在值班室一直播着。值班表可以向学校核实。"
Kind = Doubt.Kind
_NIGHT = {"from": -60, "until": 6 * 60}
_EVENING = 19 * 60


def load(call: Call) -> None:
    """Find what is to be found, and decide about one of them."""
    one, other = _teacher(call, DOUBTED, DOUBTED_NAME), _teacher(call, HELD, "方嘉宁")
    _teacher(call, ATTACKER, ATTACKERS_NAME)
    found = [
        _night(one, at=call.ago(days=1, hours=2)),
        _shared(one, at=call.ago(days=2, hours=2)),
        _night(other, at=call.ago(days=4)),
    ]
    doubts.record(found)
    hold = _hold(call, found[-1])
    appeals.write(hold, APPEAL, by=other.person, at=call.ago(hours=20))


def _teacher(call: Call, phone: str, name: str) -> Teacher:
    """Return a teacher of the home school who has earned all hours of the demo."""
    officer = _serving(signing_in.SCHOOL)
    school = places.of(places.HOME, places.PRIMARY)
    teacher = people.join(phone, call.person(name), school, at=call.ago(days=9))
    people.approve(teacher, by=officer, at=call.ago(days=8))
    people.enrol(teacher, seasons.DEMO, at=call.ago(days=7))
    outline = seasons.outline(seasons.DEMO)
    watching.watch(
        teacher.person.id,
        watching.needed(outline),
        outline,
        begun_at=call.ago(days=6),
        pause=watching.BREATH,
    )
    return teacher


def _serving(phone: str) -> Person:
    return Account.objects.select_related("person").get(phone=phone).person


def _hold(call: Call, doubt: Doubt) -> Hold:
    county, at = _serving(signing_in.COUNTY), call.ago(days=2)
    no = Hold.Reason.NOT_HERSELF, SENTENCE
    held = grants.held(county.id, at=at)
    return holding.place(doubt, held=held, no=no, by=county, at=at)


def _night(teacher: Teacher, *, at: datetime) -> Doubt:
    spans = [(_NIGHT["from"], _NIGHT["until"]), (_EVENING, _EVENING + 50)]
    lane: dict[str, object] = {"name": "seen", "number": 0, "spans": spans}
    return _doubt(teacher, Kind.NIGHT, dict(_NIGHT), [lane], at=at)


def _shared(teacher: Teacher, *, at: datetime) -> Doubt:
    """Let three have taken turns on one device, every four minutes for an hour."""
    lanes: list[dict[str, object]] = [
        {
            "name": "other" if place else "self",
            "number": place or 1,
            "spans": coverage.spans(
                coverage.of(
                    (minute, minute + 1)
                    for minute in range(_EVENING + 4 * place, _EVENING + 60, 12)
                )
            ),
        }
        for place in range(3)
    ]
    return _doubt(teacher, Kind.DEVICE, {"returns": 12, "persons": 3}, lanes, at=at)


def _doubt(
    teacher: Teacher,
    kind: Doubt.Kind,
    numbers: dict[str, int],
    lanes: list[dict[str, object]],
    *,
    at: datetime,
) -> Doubt:
    """Return what the job would have found that morning."""
    return Doubt(
        person_id=teacher.person.id,
        training_id=seasons.outline(seasons.DEMO).training.id,
        kind=kind,
        on=(at - timedelta(hours=1)).astimezone(periods.CHINA).date(),
        found_at=at,
        path=teacher.post.school.path,
        facts={"numbers": numbers, "lanes": lanes},
    )
