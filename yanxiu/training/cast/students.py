"""Let students of the cast be listed by their school, and come in with the code it prints."""

from datetime import datetime, timedelta

from yanxiu.training.cast import names, people, seasons
from yanxiu.training.cast.casting import Call, Desk
from yanxiu.training.cast.names import Invented
from yanxiu.training.learning import viewings
from yanxiu.training.organisations import kinships, student_accounts, student_codes, students
from yanxiu.training.organisations.models import Kinship, School, StudentEntry
from yanxiu.training.organisations.students import Line
from yanxiu.training.people.models import Account, Person, Persona

PARENT, GROUP = "13800000008", "三年级 2 班"
# Whoever comes by a call has another index.
CLASS = tuple(
    names.person(9_001 + place, name)
    for place, name in enumerate(("林小满", "林一诺", "何沐阳", "宋知夏", "唐书航", "许青禾"))
)
PASSWORD = "云朵上的小图书馆"  # noqa: S105 - of invented students


def number(who: Invented) -> str:
    """Return the student's number of somebody invented."""
    return f"G{who.number}"


def enter(
    school: School, who: Invented, *, group: str = "", by: Person, at: datetime
) -> StudentEntry:
    """Enter somebody in the register of a school."""
    return students.add(school, Line(who.name, number(who), group), by=by, at=at)


def code(entry: StudentEntry, *, by: Person, at: datetime) -> str:
    """Print the code of one student."""
    (slip,) = student_codes.issue(entry.school, [entry], by=by, at=at)
    return slip.code


def register(entry: StudentEntry, *, by: Person, at: datetime) -> Account:
    """Let a listed student register with a code that her school has printed."""
    typed = code(entry, by=by, at=at)
    found = student_codes.find(bytes(entry.number_fingerprint), typed, at=at)
    if found is None:
        msg = "a code that was just printed is good"
        raise LookupError(msg)
    return student_accounts.register(found.pk, student_accounts.check(entry, PASSWORD), at=at)


def load(call: Call, desk: Desk) -> None:
    """List a class: one child watches and has a parent who sees it, one is asked by the parent."""
    listed = [
        enter(desk.school, each, group=GROUP, by=desk.officer, at=call.ago(days=20))
        for each in CLASS
    ]
    watches, _is_asked = [
        register(each, by=desk.officer, at=call.ago(days=18)) for each in listed[:2]
    ]
    code(listed[2], by=desk.officer, at=call.ago(days=1))
    outline = seasons.outline(seasons.DEMO)
    for days, lesson in zip((3, 2), outline.courses[0].lessons, strict=False):
        for pause in range(4):
            at = call.ago(days=days) + timedelta(seconds=pause * viewings.EVERY_S)
            viewings.note(watches.person_id, lesson.id, seconds=viewings.EVERY_S, at=at)
    parent = people.register(PARENT, at=call.ago(days=15), kind=Persona.Kind.PARENT)
    link = _asked(parent, CLASS[0], at=call.ago(days=14))
    kinships.agree(link, by=watches.person, at=call.ago(days=13))
    _asked(parent, CLASS[1], at=call.ago(days=1))


def _asked(parent: Person, child: Invented, *, at: datetime) -> Kinship:
    return kinships.ask(parent, number=number(child), name=child.name, said="妈妈", at=at)
