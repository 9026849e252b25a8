"""Read the trail of an officer's branch: who did what to whom, the latest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from yanxiu.foundation.facts import spoken
from yanxiu.training.certificates.models import Certificate
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import (
    Correction,
    Officer,
    Post,
    Region,
    School,
    Verification,
)
from yanxiu.training.people import masking
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.support.models import Agent
from yanxiu.training.trail import words
from yanxiu.training.trail.models import Entry

PAGE = 30

# Whom an act was done to, by what the entry calls its subject.
_PERSON_OF: dict[str, tuple[QuerySet[Any], str]] = {
    "person": (Person.objects.all(), "pk"),
    "post": (Post.objects.all(), "person"),
    "verification": (Verification.objects.all(), "post__person"),
    "correction": (Correction.objects.all(), "post__person"),
    "officer": (Officer.objects.all(), "person"),
    "certificate": (Certificate.objects.all(), "person_id"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say which acts are looked for: by whom, of which group, from when until when."""

    who: str = ""
    group: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Be an entry as it is read; without an actor the platform did it by itself."""

    at: datetime
    actor: str
    sentence: str
    where: str
    is_by_person: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one page of acts, and where the next one begins, None at the end."""

    rows: list[Act]
    before: int | None = None


def page(held: list[Officer], wanted: Wanted, *, before: int | None = None) -> Page:
    """Return the acts of the branch that are looked for, thirty at a time."""
    found = _wanted(Entry.objects.filter(scopes.entries.visible(held)), wanted)
    rows = _read(found.filter(_earlier(before)) if before else found, PAGE + 1)
    entries = rows[:PAGE]
    onward = entries[-1].pk if len(rows) > PAGE else None
    return Page(_told(entries), onward)


def of_grants(held: list[Officer], grant_ids: list[UUID]) -> list[Act]:
    """Return what was done about these rights, the latest first, as far as the branch reaches."""
    found = Entry.objects.filter(
        scopes.entries.visible(held), subject_kind="officer", subject_id__in=map(str, grant_ids)
    )
    return _told(_read(found, PAGE))


def at_desk(group: str, *, before: int | None = None) -> Page:
    """Return what agents of the help desk did, thirty at a time; names of others are covered."""
    answered = Agent.objects.values("person")
    found = Entry.objects.filter(actor_id__in=answered, verb__in=words.verbs(group))
    rows = _read(found.filter(_earlier(before)) if before else found, PAGE + 1)
    entries = rows[:PAGE]
    onward = entries[-1].pk if len(rows) > PAGE else None
    return Page(_told(entries, cover=masking.name), onward)


def _earlier(entry_id: int) -> Q:
    """Return the condition that an entry stands below another one: a job may write late."""
    at = Subquery(Entry.objects.filter(pk=entry_id).values("at")[:1])
    return Q(at__lt=at) | Q(at=at, id__lt=entry_id)


def _wanted(found: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    if wanted.who:
        called = Identity.objects.filter(until=None, name__icontains=wanted.who)
        found = found.filter(actor_id__in=called.values("person"))
    if wanted.group:
        found = found.filter(verb__in=words.verbs(wanted.group))
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    return found.filter(at__lt=wanted.until) if wanted.until else found


def _read(found: QuerySet[Entry], most: int) -> list[Any]:
    """Return entries with `actor` and `where`: the names of who did it and of the node."""
    school = School.objects.filter(path=OuterRef("path")).values("name")
    region = Region.objects.filter(path=OuterRef("path")).values("name")
    named = found.annotate(
        actor=_name("actor_id"), where=Coalesce(Subquery(school[:1]), Subquery(region[:1]))
    )
    return list(named.order_by("-at", "-id")[:most])


def _told(entries: list[Any], *, cover: Callable[[str], str] = str) -> list[Act]:
    whom = {key: cover(name) if name else name for key, name in _whom(entries).items()}
    return [
        Act(
            at=entry.at,
            actor=entry.actor or "",
            sentence=words.told(entry.verb, _facts(entry, whom)),
            where=entry.where or "",
            is_by_person=entry.actor_id is not None,
        )
        for entry in entries
    ]


def _facts(entry: Any, whom: dict[tuple[str, str], str]) -> dict[str, object]:  # noqa: ANN401 - an entry with what was added to it
    levels = dict(Officer.Level.choices)
    facts: dict[str, object] = {name: spoken(str(value)) for name, value in entry.detail.items()}
    if "level" in facts:
        facts["level"] = levels.get(str(facts["level"]), "")
    called = whom.get((entry.subject_kind, entry.subject_id))
    known = {
        "whom": _("本人") if called and called == entry.actor else called,
        "where": entry.where,
    }
    return facts | {name: value for name, value in known.items() if value}


def _whom(entries: list[Any]) -> dict[tuple[str, str], str]:
    """Return what those are called to whom it was done, by the kind and id of the subject."""
    legs = [_leg(kind, ids) for kind in _PERSON_OF if (ids := _ids(entries, kind))]
    if not legs:
        return {}
    first, *others = legs
    return {(kind, key): name for kind, key, name in first.union(*others, all=True)}


def _leg(kind: str, ids: set[UUID]) -> QuerySet[Any]:
    every, person = _PERSON_OF[kind]
    found = every.filter(pk__in=ids).annotate(key=Cast("pk", CharField()), whom=_name(person))
    said: QuerySet[Any] = found.annotate(kind_=Value(kind)).values_list("kind_", "key", "whom")
    return said


def _ids(entries: list[Any], kind: str) -> set[UUID]:
    found = (entry.subject_id for entry in entries if entry.subject_kind == kind)
    return {each for each in map(_uuid, found) if each}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _name(person: str) -> Subquery:
    current = Identity.objects.filter(person=OuterRef(person), until=None)
    return Subquery(current.values("name")[:1])
