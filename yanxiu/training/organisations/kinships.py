"""Link parents to children: a parent asks, the child or her school agrees, each side ends it.

A link lets a parent see what the child has watched, and nothing else. Rule: docs/rules/kinship.md.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import FETCH_RAISE, OuterRef, Q, QuerySet, Subquery

from yanxiu.foundation import periods
from yanxiu.training.notices import notes
from yanxiu.training.organisations import student_refusals as no
from yanxiu.training.organisations import students
from yanxiu.training.organisations.models import Kinship, StudentEntry, StudentNumber
from yanxiu.training.people import consents, masking, names, personas, student_numbers
from yanxiu.training.people.models import Identity, NumberTry, Person, Persona
from yanxiu.training.trail import entries

# So often a day may a parent name children that are not found, so that nobody tries them all.
TRIES_A_DAY = 5
SAID_MOST = 20
MOST = 50


@dataclass(frozen=True, slots=True)
class Kin:
    """Be a link as either side sees it: who the child is, and who the parent says to be."""

    link: Kinship
    child: str
    group: str
    parent: str

    @property
    def is_agreed(self) -> bool:
        """Tell whether the parent may see what the child has watched."""
        return self.link.agreed_at is not None


def ask(parent: Person, *, number: str, name: str, said: str, at: datetime) -> Kinship:
    """Ask for a link; `said` is what the child calls the parent. The child is told.

    Stands outside of its caller's transaction, so that a try outlives the refusal. Raises
    `NotAParent`, `NoSuchChild`, `TooManyChildren` or `AlreadyKin`.
    """
    if personas.current(parent.id) != Persona.Kind.PARENT:
        raise no.NotAParent
    child = _found(parent, number, name, at=at)
    if child is None:
        raise no.NoSuchChild
    return _ask(parent, child, said, at=at)


@transaction.atomic
def agree(link: Kinship, *, by: Person, path: str = "", at: datetime) -> None:
    """Let the parent see; `by` is the child, or her school's officer with the school's `path`.

    Raises `KinshipOver` where it is agreed to or ended already.
    """
    if not _open().filter(pk=link.pk, agreed_at=None).update(agreed_at=at, agreed_by=by):
        raise no.KinshipOver
    if by.id == link.child_id:
        consents.give(by, consents.CHILD, at=at)
    else:
        notes.tell(link.child_id, "kinship_agreed_by_school", link="/me/family/", at=at)
    notes.tell(link.parent_id, "kinship_agreed", link="/me/family/", at=at)
    _note("kinship_agreed", link, by=by, path=path, at=at)


@transaction.atomic
def end(link: Kinship, *, by: Person, path: str = "", at: datetime) -> None:
    """End a link, or turn its request down: the parent, the child, or the school's officer does.

    Raises `KinshipOver` where it has ended.
    """
    if not _open().filter(pk=link.pk).update(ended_at=at, ended_by=by):
        raise no.KinshipOver
    for each in {link.parent_id, link.child_id} - {by.id}:
        notes.tell(each, "kinship_ended", link="/me/family/", at=at)
    _note("kinship_ended", link, by=by, path=path, at=at)


def forget(person: Person, *, at: datetime) -> None:
    """End all links of somebody who leaves for good. Runs in its caller's transaction."""
    hers = Q(parent=person) | Q(child=person)
    _open().filter(hers).update(ended_at=at, ended_by=person)
    Kinship.objects.filter(parent=person).update(said="")


def children(parent_id: UUID) -> list[Kin]:
    """Return the children of a parent, asked for or linked, the first one first."""
    return _shown(_open().filter(parent=parent_id))


def parents(child_id: UUID) -> list[Kin]:
    """Return who asks for a link to a child or has one."""
    return _shown(_open().filter(child=child_id))


def waiting(school_id: UUID) -> list[Kin]:
    """Return the requests for children of a school that nobody has answered yet."""
    here = students.current(school_id).values("number_fingerprint")
    asked = _open().filter(agreed_at=None)
    return _shown(asked.filter(child__student_number__number_fingerprint__in=here))


def find(person_id: UUID, link_id: UUID) -> Kin | None:
    """Return a link of which somebody is one side, or None."""
    sides = Q(parent=person_id) | Q(child=person_id)
    return next(iter(_shown(_open().filter(sides, pk=link_id))), None)


def _found(parent: Person, number: str, name: str, *, at: datetime) -> Person | None:
    """Return the child of this number and name; a try that finds nobody is counted."""
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=parent.pk)
        since = periods.starts(at.astimezone(periods.CHINA).date())
        if NumberTry.objects.filter(person=parent, at__gte=since).count() >= TRIES_A_DAY:
            raise no.TooManyChildren
        mark = students.fingerprint(student_numbers.read(number).number)
        known = StudentNumber.objects.filter(pk=mark).select_related("person").first()
        listed = StudentEntry.objects.filter(number_fingerprint=mark).order_by("-listed_at", "-id")
        called = listed.values_list("name", flat=True).first()
        if known and called == names.normalise(name) and known.person_id != parent.id:
            return known.person
        NumberTry.objects.create(person=parent, at=at)
        return None


@transaction.atomic
def _ask(parent: Person, child: Person, said: str, *, at: datetime) -> Kinship:
    try:
        with transaction.atomic():
            link = Kinship.objects.create(
                parent=parent, child=child, said=said[:SAID_MOST], asked_at=at
            )
    except IntegrityError as error:
        raise no.AlreadyKin from error
    consents.give(parent, consents.PARENT, at=at)
    notes.tell(child.id, "kinship_asked", facts={"said": said}, link="/me/family/", at=at)
    _note("kinship_asked", link, by=parent, at=at)
    return link


def _open() -> QuerySet[Kinship]:
    return Kinship.objects.filter(ended_at=None)


def _shown(found: QuerySet[Kinship]) -> list[Kin]:
    mark = OuterRef("child__student_number__number_fingerprint")
    listed = StudentEntry.objects.filter(number_fingerprint=mark).order_by("-listed_at", "-id")
    known = Identity.objects.filter(person=OuterRef("parent"), until=None)
    rows = found.select_related("parent__account").annotate(
        child_name=Subquery(listed.values("name")[:1]),
        child_group=Subquery(listed.values("group")[:1]),
        parent_name=Subquery(known.values("name")[:1]),
    )
    ordered = rows.order_by("asked_at", "id").fetch_mode(FETCH_RAISE)
    return [_kin(row) for row in ordered[:MOST]]


def _kin(row: Kinship) -> Kin:
    phone = masking.phone(row.parent.account.phone)
    named = getattr(row, "parent_name", "") or ""
    parent = " ".join(filter(None, (row.said, masking.name(named) if named else "", phone)))
    return Kin(row, row.child_name or "", row.child_group or "", parent)  # type: ignore[attr-defined]  # annotated


def _note(verb: str, link: Kinship, *, by: Person, path: str = "", at: datetime) -> None:
    entries.record(verb, subject=("kinship", link.id), by=by.id, at=at, path=path)
