"""Read the rows of a school's sheet of students, and take them into its register."""

from collections.abc import Sequence
from datetime import date

from yanxiu.training.organisations import students
from yanxiu.training.organisations.imports import columns
from yanxiu.training.organisations.imports.rows import (
    Finding,
    Job,
    Kind,
    Outcomes,
    Reading,
    Ready,
    Said,
)
from yanxiu.training.organisations.models import School, StudentEntry
from yanxiu.training.organisations.students import Line
from yanxiu.training.people import names, student_numbers

MANY = 2_500


def read(said: Said, on: date) -> Reading:
    """Return the student whom a row names, name and number in normal form."""
    del on
    number = student_numbers.read(said["number"])
    key = None if number.finding else students.fingerprint(number.number)
    found = students.findings(said["name"], said["number"])
    if found:
        field, sentence = next(iter(found.items()))
        return Reading(None, Finding(field, f"{field}_wrong", {"said": sentence}), key)
    return Reading(Line(names.normalise(said["name"]), number.number, said["group"]), None, key)


def foresee(ready: Sequence[Ready], job: Job) -> dict[int, Finding]:
    """Return what stands against rows in the registers of this school and others as they are."""
    school = _school(job)
    marks = [row.facts.fingerprint for row in ready]
    standing = StudentEntry.objects.filter(number_fingerprint__in=marks, ended_at=None)
    listed = {
        bytes(mark): where for mark, where in standing.values_list("number_fingerprint", "school")
    }
    return {
        row.position: _against(is_here=listed[row.facts.fingerprint] == school.id)
        for row in ready
        if row.facts.fingerprint in listed
    }


def take(ready: Sequence[Ready], job: Job) -> Outcomes:
    """Take rows into the school's register; whoever stands in one stays as she is."""
    outcomes: Outcomes = dict(foresee(ready, job))
    fresh = [row for row in ready if row.position not in outcomes]
    lines = [row.facts for row in fresh]
    added = students.add_all(_school(job).id, lines, at=job.at, source=job.sheet)
    for row, identifier in zip(fresh, added, strict=True):
        outcomes[row.position] = identifier or _against(is_here=False)
    return outcomes


def _against(*, is_here: bool) -> Finding:
    return Finding("number", "student_listed" if is_here else "student_elsewhere")


def _school(job: Job) -> School:
    """Return the school that the sheet is for: only schools hand in their students."""
    return School.objects.get(path=job.sheet.path)


KIND = Kind(columns.of(columns.STUDENTS), MANY, read, foresee, take)
