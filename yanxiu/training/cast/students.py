"""Let students of the cast be listed by their school, and come in with the code it prints."""

from datetime import datetime

from yanxiu.training.cast.names import Invented
from yanxiu.training.organisations import student_accounts, student_codes, students
from yanxiu.training.organisations.models import School, StudentEntry
from yanxiu.training.organisations.students import Line
from yanxiu.training.people.models import Account, Person

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
