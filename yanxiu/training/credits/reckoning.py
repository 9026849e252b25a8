"""Reckon one person's hours anew from the evidence, and name whatever says something else.

Values in, differences out. Evidence of a completion is coverage that leaves no more open than a
version of the rules allowed; of an award, its completion; of a correction, what officers confirmed;
of hours kept, the cap that was lowered. source: docs/rules/ledger.md
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yanxiu.training.credits import chain
from yanxiu.training.credits.chain import Line
from yanxiu.training.credits.offered import Lesson, Offered
from yanxiu.training.learning import coverage

_MS = 1_000
AWARD, KEPT = "award", "kept"


@dataclass(frozen=True, slots=True)
class Watched:
    """Be a row of coverage."""

    lesson_id: UUID
    media_version: int
    covered: coverage.Coverage


@dataclass(frozen=True, slots=True)
class Done:
    """Be a completion."""

    lesson_id: UUID
    media_version: int
    completed_at: datetime
    credited_s: int
    identity_version: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """Be a line of the ledger at its place, with its mark."""

    number: int
    line: Line
    mark: bytes


@dataclass(frozen=True, slots=True)
class Person:
    """Hold all that is stored of one person's hours, and what officers have confirmed of them.

    `confirmed` are the lines that confirmed amendments deserve.
    """

    id: UUID
    watched: Sequence[Watched] = ()
    done: Sequence[Done] = ()
    written: Sequence[Written] = ()
    confirmed: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Name what is not as the evidence says; `line` would set it right, where one can."""

    person_id: UUID
    subject: str
    what: str
    expected: str
    found: str
    line: Line | None = None

    @property
    def said(self) -> str:
        """Return it in one line."""
        return (
            f"{self.person_id} {self.subject} {self.what}: "
            f"expected {self.expected}, found {self.found}"
        )


def check(person: Person, offered: Offered) -> list[Difference]:
    """Return every difference of a person's hours; none is well."""
    return [
        *_completions(person, offered),
        *_unrewarded(person, offered),
        *_awards(person, offered),
        *_confirmed(person),
        *_kept(person, offered),
        *_chain(person),
    ]


def award(person_id: UUID, done: Done, offered: Offered) -> Line:
    """Return the ledger's line of a completion, under the rules that counted at its instant."""
    lesson = offered.lessons[done.lesson_id]
    return Line(
        person_id=person_id,
        kind=AWARD,
        training_id=lesson.training_id,
        course_id=lesson.course_id,
        lesson_id=done.lesson_id,
        media_version=done.media_version,
        rulebook_version=offered.book(lesson.training_id, done.completed_at).version,
        identity_version=done.identity_version,
        seconds=done.credited_s,
        cause="completion",
        at=done.completed_at,
    )


def _completions(person: Person, offered: Offered) -> Iterator[Difference]:
    """Hold completions against coverage: what was credited, and how much is open."""
    watched = {row.lesson_id: row for row in person.watched}
    for row in person.done:
        subject = f"lesson {row.lesson_id}"
        lesson = offered.lessons.get(row.lesson_id)
        length_ms = lesson.durations_ms.get(row.media_version) if lesson else None
        if lesson is None or length_ms is None:
            yield _no_media(person.id, subject, row.media_version)
            continue
        if row.credited_s != length_ms // _MS:
            told = str(length_ms // _MS), str(row.credited_s)
            yield Difference(person.id, subject, "credited_s", *told)
        most_ms = offered.tolerances_ms(lesson.training_id)[1]
        missing_ms = _missing_ms(watched.get(row.lesson_id), lesson, length_ms)
        if missing_ms > most_ms:
            told = f"at most {most_ms} ms open", f"{missing_ms} ms open"
            yield Difference(person.id, subject, "coverage", *told)


def _unrewarded(person: Person, offered: Offered) -> Iterator[Difference]:
    """Hold coverage against completions: what is whole has one."""
    done = {row.lesson_id for row in person.done}
    for row in person.watched:
        lesson = offered.lessons.get(row.lesson_id)
        if row.lesson_id in done or not row.covered or lesson is None:
            continue
        subject = f"lesson {row.lesson_id}"
        length_ms = lesson.durations_ms.get(row.media_version)
        if length_ms is None:
            yield _no_media(person.id, subject, row.media_version)
        elif _missing_ms(row, lesson, 0) <= offered.tolerances_ms(lesson.training_id)[0]:
            yield Difference(person.id, subject, "completion", str(length_ms // _MS), "none")


def _no_media(person_id: UUID, subject: str, version: int) -> Difference:
    return Difference(person_id, subject, "media", "a version on record", str(version))


def _missing_ms(row: Watched | None, lesson: Lesson, otherwise_ms: int) -> int:
    """Return how much of the media that a row tells of is not in it; without a row, all."""
    length_ms = lesson.durations_ms.get(row.media_version) if row else None
    if row is None or length_ms is None:
        return otherwise_ms
    return coverage.missing_ms(row.covered, length_ms)


def _awards(person: Person, offered: Offered) -> Iterator[Difference]:
    """Hold the ledger's awards against completions, both ways."""
    deserved = {
        row.lesson_id: award(person.id, row, offered)
        for row in person.done
        if row.lesson_id in offered.lessons
    }
    found = {each.line.lesson_id: each.line for each in person.written if each.line.kind == AWARD}
    for lesson_id in found.keys() - deserved.keys():
        seconds = str(found[lesson_id].seconds)
        yield Difference(person.id, f"lesson {lesson_id}", "award", "no completion", seconds)
    for lesson_id, line in deserved.items():
        yield from _compared(f"lesson {lesson_id}", line, found.get(lesson_id))


def _confirmed(person: Person) -> Iterator[Difference]:
    """Hold the ledger's corrections against what officers confirmed, both ways."""
    found = {
        each.line.cause: each.line for each in person.written if each.line.kind not in {AWARD, KEPT}
    }
    deserved = {line.cause: line for line in person.confirmed}
    for cause in found.keys() - deserved.keys():
        seconds = str(found[cause].seconds)
        yield Difference(person.id, cause, "correction", "none confirmed", seconds)
    for cause, line in deserved.items():
        yield from _compared(cause, line, found.get(cause))


def _compared(subject: str, deserved: Line, found: Line | None) -> Iterator[Difference]:
    """Name a line that is missing, which can be added, or what a line says differently."""
    if found is None:
        seconds = str(deserved.seconds)
        yield Difference(deserved.person_id, subject, "ledger", seconds, "none", deserved)
        return
    for name in Line.__slots__:
        told, read = getattr(deserved, name), getattr(found, name)
        if told != read:
            yield Difference(deserved.person_id, subject, f"ledger {name}", str(told), str(read))


def _kept(person: Person, offered: Offered) -> Iterator[Difference]:
    """Hold what stays recognised against the caps that were lowered: no less, and no more."""
    lines = [each.line for each in person.written if each.line.kind == KEPT]
    lowered = dict(_lowered(offered))
    for line in lines:
        if (line.rulebook_version, line.course_id) not in lowered:
            yield Difference(person.id, line.cause, "kept", "no cap was lowered", str(line.seconds))
    for (version, course_id), caps in lowered.items():
        mine = [line for line in lines if line.course_id == course_id]
        earlier_s = max((x.seconds for x in mine if x.rulebook_version < version), default=0)
        kept_s = max((x.seconds for x in mine if x.rulebook_version == version), default=0)
        learned_s = _learned_s(person, offered, course_id, caps.at)
        had_s = min(learned_s, max(caps.was_s, earlier_s))
        wanted_s = had_s if had_s > max(caps.cap_s, earlier_s) else 0
        if kept_s != wanted_s:
            cause = f"rules:{version}:{course_id}"
            yield Difference(person.id, cause, "kept", str(wanted_s), str(kept_s))


@dataclass(frozen=True, slots=True)
class _Caps:
    """Hold a lowered cap, and since when."""

    was_s: int
    cap_s: int
    at: datetime


def _lowered(offered: Offered) -> Iterator[tuple[tuple[int, UUID], _Caps]]:
    for books in offered.books.values():
        for book in books:
            for course_id, (was_s, cap_s) in book.lowered.items():
                yield (book.version, course_id), _Caps(was_s, cap_s, book.valid_from)


def _learned_s(person: Person, offered: Offered, course_id: UUID, until: datetime) -> int:
    """Return what a course had learned before an instant, by completions and confirmed lines."""
    return sum(
        row.credited_s
        for row in person.done
        if row.completed_at < until and _course(offered.lessons, row.lesson_id) == course_id
    ) + sum(
        line.seconds for line in person.confirmed if line.at < until and line.course_id == course_id
    )


def _course(lessons: Mapping[UUID, Lesson], lesson_id: UUID) -> UUID | None:
    lesson = lessons.get(lesson_id)
    return lesson.course_id if lesson else None


def _chain(person: Person) -> Iterator[Difference]:
    """Follow the marks from the first line on: a changed, missing or smuggled line breaks them."""
    previous = chain.FIRST
    for place, each in enumerate(sorted(person.written, key=_number), start=1):
        if each.number != place:
            yield Difference(person.id, "ledger", "line", str(place), str(each.number))
            return
        if chain.mark(previous, each.number, each.line) != each.mark:
            told = "as it was written", "changed"
            yield Difference(person.id, f"ledger line {each.number}", "mark", *told)
        previous = each.mark


def _number(written: Written) -> int:
    return written.number


def lines(differences: Iterable[Difference]) -> list[Line]:
    """Return the lines that set right what lines can."""
    return [each.line for each in differences if each.line]
