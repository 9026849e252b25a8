"""Read the rows of a roster, and take them into the rosters of their schools."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from yanxiu.training.organisations import grants, rosters
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
from yanxiu.training.organisations.models import Import, Officer, RosterEntry, School
from yanxiu.training.organisations.rosters import Line
from yanxiu.training.people import document_reading, documents, identities, names
from yanxiu.training.people.documents import Kind as Document

MANY = 2_500
# Excel keeps 15 digits of a number: of 18 the last three become zeros.
_LOST = "000"

type Place = tuple[UUID, bytes]


@dataclass(frozen=True, slots=True)
class Facts:
    """Be what a row says: of whom, and at which school by code or by name."""

    line: Line
    school_code: str
    school_name: str


def read(said: Said, on: date) -> Reading:
    """Return the teacher whom a row names, name and number in normal form."""
    kind = documents.titled(said["document_kind"] or Document.RESIDENT_ID)
    number = documents.read(kind or "", said["number"], on=on)
    key = identities.fingerprint(kind, number.number) if kind and not number.findings else None
    finding = _against(said, kind, number, on)
    if finding or kind is None:
        return Reading(None, finding, key)
    name = names.normalise(said["name"])
    line = Line(name, kind, number.number, said["role"], said["subject"])
    return Reading(Facts(line, said["school_code"], said["school_name"]), None, key)


def foresee(ready: Sequence[Ready], job: Job) -> dict[int, Finding]:
    """Return what stands against rows in the register and in the rosters as they are."""
    homes, found = _homes(ready, job)
    listed = _listed(homes, ready)
    if job.sheet.mode == Import.Mode.REPLACE:
        return found
    return found | {
        row.position: Finding("number", "listed")
        for row in ready
        if row.position in homes and _place(homes, row) in listed
    }


def take(ready: Sequence[Ready], job: Job) -> Outcomes:
    """Take rows into their schools' rosters: new ones; of a whole roster, changed ones too."""
    homes, found = _homes(ready, job)
    listed = _listed(homes, ready)
    outcomes: Outcomes = dict(found)
    fresh: list[Ready] = []
    over: list[UUID] = []
    for row in ready:
        if row.position not in homes:
            continue
        entry = listed.get(_place(homes, row))
        if entry is None:
            fresh.append(row)
        elif job.sheet.mode == Import.Mode.ADD:
            outcomes[row.position] = Finding("number", "listed")
        elif _says(entry, row.facts.line):
            outcomes[row.position] = entry.id
        else:
            over.append(entry.id)
            fresh.append(row)
    rosters.end_all(RosterEntry.objects.filter(pk__in=over), at=job.at)
    lines = [(homes[row.position], row.facts.line) for row in fresh]
    added = rosters.add_all(lines, at=job.at, source=job.sheet)
    for row, identifier in zip(fresh, added, strict=True):
        outcomes[row.position] = identifier or Finding("number", "listed")
    return outcomes


def _against(
    said: Said, kind: str | None, number: document_reading.Reading, on: date
) -> Finding | None:
    if kind is None:
        return Finding("document_kind", "document_kind")
    wrong = number.findings
    if wrong and _has_lost_digits(number):
        return Finding("number", "lost_digits")
    if not wrong and names.read(said["name"]).finding is None:
        return None
    found = identities.findings(name=said["name"], document_kind=kind, number=said["number"], on=on)
    field, sentence = next(iter(found.items()))
    return Finding(field, f"{field}_wrong", {"said": sentence})


def _has_lost_digits(number: document_reading.Reading) -> bool:
    """Tell whether Excel has rounded a number of eighteen digits."""
    is_wrong = document_reading.Finding.CHECK_DIGIT in number.findings
    return is_wrong and number.number.endswith(_LOST)


def _homes(ready: Sequence[Ready], job: Job) -> tuple[dict[int, UUID], dict[int, Finding]]:
    """Return the school of each row, or what stands against it."""
    register = _Register.of([row.facts for row in ready], job.sheet.path)
    homes: dict[int, UUID] = {}
    found: dict[int, Finding] = {}
    for row in ready:
        school = register.school(row.facts)
        if isinstance(school, Finding):
            found[row.position] = school
        else:
            homes[row.position] = school.id
    return homes, found


@dataclass(frozen=True, slots=True)
class _Register:
    """Hold the schools of a branch that rows name; `own` is the one that an import is for."""

    by_code: dict[str, School]
    by_name: dict[str, list[School]]
    own: School | None

    @classmethod
    def of(cls, facts: Iterable[Facts], path: str) -> "_Register":
        named = list(facts)
        codes = {each.school_code for each in named} | {path.rpartition("/")[2]}
        wanted = Q(code__in=codes) | Q(name__in={_plain(each.school_name) for each in named})
        node = [Officer(path=path)]
        found = School.objects.filter(grants.branch(node), wanted).order_by("code")
        schools = list(found.only("code", "name", "path", "closed_on"))
        by_name: dict[str, list[School]] = {}
        for school in schools:
            by_name.setdefault(school.name, []).append(school)
        own = next((school for school in schools if school.path == path), None)
        return cls({school.code: school for school in schools}, by_name, own)

    def school(self, facts: Facts) -> School | Finding:
        """Return the school that a row names, or what stands against it."""
        name = _plain(facts.school_name)
        school = self._named(facts.school_code, name)
        if isinstance(school, Finding):
            return school
        field = "school_code" if facts.school_code else "school_name"
        if school.closed_on:
            return Finding(field, "school_closed", {"school": school.name})
        if name and not (name in school.name or school.name in name):
            return Finding(field, "school_differs", {"school": school.name})
        return school

    def _named(self, code: str, name: str) -> School | Finding:
        if code:
            return self.by_code.get(code) or Finding("school_code", "school_foreign")
        if self.own:
            return self.own
        if not name:
            return Finding("school_code", "school_missing")
        alike = [each for each in self.by_name.get(name, []) if not each.closed_on]
        if len(alike) > 1:
            return Finding("school_name", "school_several")
        return alike[0] if alike else Finding("school_name", "school_foreign")


def _listed(homes: dict[int, UUID], ready: Sequence[Ready]) -> dict[Place, RosterEntry]:
    """Return the entries that stand in these schools' rosters under the rows' numbers."""
    fingerprints = [row.facts.line.fingerprint for row in ready if row.position in homes]
    found = rosters.current(set(homes.values())).filter(number_fingerprint__in=fingerprints)
    return {
        (entry.school_id, bytes(entry.number_fingerprint)): entry
        for entry in found.defer("number_sealed")
    }


def _place(homes: dict[int, UUID], row: Ready) -> Place:
    return homes[row.position], row.facts.line.fingerprint


def _says(entry: RosterEntry, line: Line) -> bool:
    kept = (entry.name, entry.document_kind, entry.role, entry.subject)
    return kept == (line.name, line.document_kind, line.role, line.subject)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


KIND = Kind(columns.of(columns.ROSTER), MANY, read, foresee, take)
