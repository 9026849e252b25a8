"""Read whose hours are held now, since when, by whom and why. Source: docs/rules/holds.md."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from yanxiu.training.catalogue.models import Training
from yanxiu.training.integrity.models import Appeal, Hold
from yanxiu.training.organisations import levels, scopes
from yanxiu.training.organisations.models import Officer, School
from yanxiu.training.people import identities

PAGE = 20

# What is held of a person, as one value beside the records of what she has watched: a page asks
# for both at once.
BESIDE = """
(SELECT json_agg(json_build_object('id', h.id, 'training', h.training_id, 'since', h.at,
    'level', h.level, 'node', h.node, 'reason', h.reason, 'sentence', h.sentence, 'appealed_at',
    (SELECT a.at FROM integrity_appeal a WHERE a.hold_id = h.id AND a.settled_at IS NULL)))::text
 FROM integrity_hold h WHERE h.person_id = %(person)s AND h.lifted_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Say that hours are held: since when, by which office, why, and whether she has appealed."""

    id: UUID
    since: datetime
    level: str
    node: str
    reason: str
    sentence: str
    appealed_at: datetime | None = None

    @property
    def owner(self) -> str:
        """Return the level that has to act next: above it, once she has appealed."""
        return above(self.level) if self.appealed_at else self.level


def above(level: str) -> str:
    """Return the level above one; the nation has none and answers for itself."""
    return levels.ORDER[max(0, levels.ORDER.index(level) - 1)]


def read(said: str | None) -> dict[UUID, Held]:
    """Return what `BESIDE` has told, by training."""
    return {UUID(each["training"]): _held(each) for each in json.loads(said or "[]")}


def of_several(people: Collection[UUID], training_id: UUID) -> dict[UUID, Held]:
    """Return the holds of those of these people whose hours of a training are held, in a query."""
    found = _current().filter(person_id__in=people, training_id=training_id)
    return {hold.person_id: _of(hold) for hold in found}


def of_person(person_id: UUID) -> list[tuple[str, Held]]:
    """Return what is held of a person now, each with the title of its training, in a query."""
    found = _current().filter(person_id=person_id).annotate(training=title_of("training_id"))
    return [(vars(hold)["training"], _of(hold)) for hold in found.order_by("at", "id")]


def page(held: list[Officer], state: str, *, after: UUID | None = None) -> tuple[list[Hold], bool]:
    """Return a page of a branch's holds in a state, the latest first, and whether more follow."""
    found = told().filter(scopes.holds.visible(held), STATES[state])
    last = Hold.objects.filter(pk=after).first() if after else None
    if last:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
    rows = list(found.order_by("-at", "-id")[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


# What a list of holds can be narrowed to.
STATES: dict[str, Q] = {
    "current": Q(lifted_at=None),
    "appealed": Q(lifted_at=None, waiting__isnull=False),
    "lifted": Q(lifted_at__isnull=False),
}


def told() -> QuerySet[Hold]:
    """Return holds with names: of whom, of which school and training, by whom, what waits."""
    waiting = FilteredRelation("appeals", condition=Q(appeals__settled_at=None))
    return (
        Hold.objects.select_related("doubt", "lift")
        .annotate(waiting=waiting)
        .annotate(
            appealed_at=F("waiting__at"),
            name=identities.name_of("person_id"),
            by=identities.name_of("by_id"),
            school=school_of("path"),
            training=title_of("training_id"),
        )
    )


def find(held: list[Officer], hold_id: UUID) -> Hold | None:
    """Return a hold of the officer's branch, lifted or not; None outside of it."""
    return told().filter(scopes.holds.visible(held), pk=hold_id).first()


def own(person_id: UUID, hold_id: UUID) -> Hold | None:
    """Return a hold of a person's own hours, lifted or not, or None."""
    return told().filter(person_id=person_id, pk=hold_id).first()


def school_of(field: str) -> Subquery:
    """Return what the school is called whose path stands in a field."""
    return Subquery(School.objects.filter(path=OuterRef(field)).values("name")[:1])


def title_of(field: str) -> Subquery:
    """Return the title of the training whose id stands in a field."""
    return Subquery(Training.objects.filter(pk=OuterRef(field)).values("title")[:1])


def _current() -> QuerySet[Hold]:
    waiting = Appeal.objects.filter(hold=OuterRef("pk"), settled_at=None)
    found = Hold.objects.filter(lifted_at=None)
    return found.annotate(appealed_at=Subquery(waiting.values("at")[:1]))


def _of(hold: Hold) -> Held:
    appealed_at = vars(hold)["appealed_at"]
    return Held(hold.id, hold.at, hold.level, hold.node, hold.reason, hold.sentence, appealed_at)


def _held(said: dict[str, str]) -> Held:
    appealed = said["appealed_at"]
    return Held(
        id=UUID(said["id"]),
        since=datetime.fromisoformat(said["since"]),
        level=said["level"],
        node=said["node"],
        reason=said["reason"],
        sentence=said["sentence"],
        appealed_at=datetime.fromisoformat(appealed) if appealed else None,
    )
