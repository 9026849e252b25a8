"""Tell the stories of the teachers in the other schools: some dozens, in every state there is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle, islice

from yanxiu.foundation import periods
from yanxiu.training.cast import casting, people, places, seasons, watching
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.organisations import posts
from yanxiu.training.organisations.models import Decision
from yanxiu.training.people.models import Person, Persona

# Schools with an officer and some teachers; the first school of the home county has its own story.
DESKS = (
    *((county, places.PRIMARY, 0) for county in places.COUNTIES if county != places.HOME),
    (places.HOME, places.JUNIOR, 0),
    (places.HOME, places.PRIMARY, 1),
)
TEACHERS_A_DESK = 5
COLLEGES = (places.HOME, "330110", "510107")
# The summer of 2025, in the evening or the morning in China.
SUMMER_JOINED_AT = datetime(2025, 7, 21, 9, tzinfo=periods.CHINA)
SUMMER_BEGAN_AT = datetime(2025, 7, 22, 20, tzinfo=periods.CHINA)
SUMMER_CLAIMED_AT = datetime(2025, 9, 20, 10, tzinfo=periods.CHINA)
A_DAY = timedelta(days=1)


def load(call: Call, *, by: Person) -> None:
    """Add schools' officers, their teachers, and those who are served elsewhere."""
    stories = cycle(STORIES)
    for county, kind, place in DESKS:
        desk = casting.desk(call, places.of(county, kind, place), by=by)
        for story in islice(stories, TEACHERS_A_DESK):
            story(call, desk)
    for county in COLLEGES:
        school = places.of(county, places.VOCATIONAL)
        _at_a_college(call, casting.desk(call, school, by=by))
    for kind in (Persona.Kind.STUDENT, Persona.Kind.PARENT):
        people.register(call.phone(), at=call.ago(days=20), kind=kind)


def _waits(call: Call, desk: Desk) -> None:
    """Wait for the school since some days, each a day longer than the one before."""
    call.teacher(desk.school, at=call.ago(days=1 + next(call.days) % 6, hours=5))


def _waits_with_hours(call: Call, desk: Desk) -> None:
    """Have all hours of the season, and wait for the school alone."""
    teacher = call.teacher(desk.school, at=call.ago(days=29))
    people.enrol(teacher, seasons.SEASON, at=call.ago(days=29))
    _watches_all(call, teacher)


def _was_sent_back(call: Call, desk: Desk) -> None:
    """Have been sent back, and not have answered yet."""
    teacher = call.teacher(desk.school, at=call.ago(days=12))
    reason = next(call.reasons)
    sentence = "请先到教务处核对编制信息。" if reason == Decision.Reason.OTHER else ""
    people.reject(teacher, reason=reason, sentence=sentence, by=desk.officer, at=call.ago(days=9))


def _begins(call: Call, desk: Desk) -> None:
    """Be enrolled in the season and have watched nothing."""
    teacher = _verified(call, desk, days=15)
    people.enrol(teacher, seasons.SEASON, at=call.ago(days=14))


def _is_under_way(call: Call, desk: Desk) -> None:
    """Have some lessons of the season complete and one begun."""
    teacher = _verified(call, desk, days=25)
    people.enrol(teacher, seasons.SEASON, at=call.ago(days=24))
    outline = seasons.outline(seasons.SEASON)
    *done, (begun, length_ms) = watching.needed(outline)[:4]
    sittings = [*done, (begun, length_ms * 3 // 5)]
    watching.watch(teacher.person.id, sittings, outline, begun_at=call.ago(days=23))


def _may_claim(call: Call, desk: Desk) -> None:
    """Have all hours of the season and be verified."""
    teacher = _verified(call, desk, days=29)
    people.enrol(teacher, seasons.SEASON, at=call.ago(days=29))
    _watches_all(call, teacher)


def _was_certified(call: Call, desk: Desk) -> None:
    """Have claimed the certificate of the summer of 2025."""
    teacher = _of_summer(call, desk)
    people.approve(teacher, by=desk.officer, at=SUMMER_JOINED_AT + A_DAY)
    outline = seasons.outline(seasons.SUMMER)
    sittings = watching.needed(outline)
    watching.watch(teacher.person.id, sittings, outline, begun_at=SUMMER_BEGAN_AT)
    at = SUMMER_CLAIMED_AT + next(call.days) * timedelta(minutes=17)
    people.claim(teacher, seasons.SUMMER, at=at)


def _never_claimed(call: Call, desk: Desk) -> None:
    """Have all hours of the summer of 2025 and be verified; claiming has no end."""
    teacher = _of_summer(call, desk)
    people.approve(teacher, by=desk.officer, at=SUMMER_JOINED_AT + 3 * A_DAY)
    outline = seasons.outline(seasons.SUMMER)
    sittings = watching.needed(outline)
    watching.watch(teacher.person.id, sittings, outline, begun_at=SUMMER_BEGAN_AT)


def _gave_up(call: Call, desk: Desk) -> None:
    """Have begun the summer of 2025 and stopped after three lessons."""
    teacher = _of_summer(call, desk)
    people.approve(teacher, by=desk.officer, at=SUMMER_JOINED_AT + 2 * A_DAY)
    outline = seasons.outline(seasons.SUMMER)
    sittings = watching.needed(outline)[:3]
    watching.watch(teacher.person.id, sittings, outline, begun_at=SUMMER_BEGAN_AT)


def _left(call: Call, desk: Desk) -> None:
    """Have been verified and then left the school; she has no post now."""
    teacher = _verified(call, desk, days=40)
    posts.end(teacher.post, by=teacher.person, at=call.ago(days=6))


def _of_summer(call: Call, desk: Desk) -> people.Teacher:
    teacher = call.teacher(desk.school, at=SUMMER_JOINED_AT)
    people.enrol(teacher, seasons.SUMMER, at=SUMMER_JOINED_AT)
    return teacher


def _verified(call: Call, desk: Desk, *, days: int) -> people.Teacher:
    teacher = call.teacher(desk.school, at=call.ago(days=days, hours=6))
    people.approve(teacher, by=desk.officer, at=call.ago(days=days))
    return teacher


def _watches_all(call: Call, teacher: people.Teacher) -> None:
    outline = seasons.outline(seasons.SEASON)
    sittings = watching.needed(outline)
    watching.watch(teacher.person.id, sittings, outline, begun_at=call.ago(days=28))


def _at_a_college(call: Call, desk: Desk) -> None:
    """Teach where another platform serves: one verified there, one waiting."""
    _verified(call, desk, days=18)
    call.teacher(desk.school, at=call.ago(days=2, hours=3))


STORIES: tuple[Callable[[Call, Desk], None], ...] = (
    *(_was_certified, _waits, _is_under_way, _was_sent_back, _may_claim, _begins, _gave_up),
    *(_waits_with_hours, _was_certified, _never_claimed, _waits, _is_under_way, _left),
)
