"""Remind laggards: seen before who, each person at most once in some days, noted who was told.

Rules: docs/rules/reminders.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, Q, Subquery

from yanxiu.foundation import clock
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import hours
from yanxiu.training.notices import notes
from yanxiu.training.organisations import grants, levels
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people.models import Identity, Person
from yanxiu.training.reports import refusals, teachers
from yanxiu.training.reports.models import Reminded, Reminder, Standing
from yanxiu.training.reports.nodes import Node
from yanxiu.training.reports.teachers import Wanted
from yanxiu.training.trail import entries

LAGGARDS = "laggards"
BATCH = 500
# Calls that a page lists.
SHOWN = 10
# So many of a region are named before the call.
NAMED = 60

# One statement decides for everybody whether it is too early: no two calls reach one person.
_CLAIM = """
INSERT INTO reports_reminded (training_id, person_id, at, reminder_id)
SELECT %(training)s, person_id, %(at)s, %(reminder)s FROM unnest(%(people)s::uuid[]) AS person_id
ORDER BY person_id
ON CONFLICT (training_id, person_id)
  DO UPDATE SET at = excluded.at, reminder_id = excluded.reminder_id
  WHERE reports_reminded.at <= %(before)s
RETURNING person_id
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """Say whom a call would reach: how many, at a school each by name, above it the first ones."""

    laggards: int
    resting: int
    rows: list[Standing]

    @property
    def due(self) -> int:
        """Return how many would be told."""
        return self.laggards - self.resting


def rest() -> timedelta:
    """Return how long somebody who was reminded is left in peace."""
    return timedelta(days=settings.YANXIU_REMINDER_DAYS)


def preview(training: Training, node: Node, *, at: datetime) -> Preview:
    """Return whom a call would reach now."""
    wanted = Wanted(training.id, node.path, state=LAGGARDS)
    recent = Reminded.objects.filter(training_id=training.id, at__gt=at - rest())
    if not node.is_school:
        found = teachers.kept(wanted)
        resting = Q(person_id__in=recent.values("person_id"))
        first = found.exclude(resting).order_by("path", "name", "person_id")[:NAMED]
        return Preview(found.count(), found.filter(resting).count(), list(first))
    rows = teachers.living(wanted)
    told = set(
        recent.filter(person_id__in=[row.person_id for row in rows]).values_list(
            "person_id", flat=True
        )
    )
    due = [row for row in rows if row.person_id not in told]
    return Preview(len(rows), len(told), due)


@transaction.atomic
def call(
    training: Training, node: Node, *, held: list[Officer], by: Person, at: datetime
) -> Reminder:
    """Note down a call on the laggards of a node; `carry_on` reaches them.

    Raises `OutOfScope`, `TrainingOver`, or `NobodyToRemind` where everybody is through or was
    told a few days ago.
    """
    grant = next((each for each in held if levels.covers(each.path, node.path)), None)
    if grant is None:
        raise refusals.OutOfScope
    if not trainings.is_open(training, at):
        raise refusals.TrainingOver
    seen = preview(training, node, at=at)
    if not seen.due:
        raise refusals.NobodyToRemind(days=rest().days)
    made = Reminder.objects.create(
        training_id=training.id,
        path=node.path,
        node=node.name,
        by_id=by.id,
        grant_id=grant.id,
        at=at,
        total=seen.due,
    )
    entries.record(
        "laggards_reminded",
        subject=("reminder", made.id),
        by=by.id,
        at=at,
        detail={"training": training.slug, "people": seen.due},
        path=node.path,
    )
    return made


def carry_on(reminder_id: UUID, *, at: datetime) -> None:
    """Tell those who have not been told yet, as long as the right holds; repeating tells nobody."""
    made = Reminder.objects.filter(pk=reminder_id, finished_at=None).first()
    if made is None:
        return
    outline = trainings.several([made.training_id])[0]
    while made.finished_at is None:
        _tell_some(made, outline, at)


def sent(training_id: UUID, path: str) -> list[Reminder]:
    """Return the newest calls at or below a node, with `sender`: the officer's name."""
    own = Q(path=path) | Q(path__gte=f"{path}/", path__lt=f"{path}/{grants.LAST}")
    name = Identity.objects.filter(person_id=OuterRef("by_id"), until=None).values("name")
    found = Reminder.objects.filter(own, training_id=training_id)
    told = found.annotate(sender=Subquery(name[:1], output_field=CharField()))
    return list(told.order_by("-at", "-id")[:SHOWN])


def told_at(person_id: UUID) -> dict[UUID, datetime]:
    """Return when a person was last reminded of each training."""
    return dict(Reminded.objects.filter(person_id=person_id).values_list("training_id", "at"))


@transaction.atomic
def _tell_some(made: Reminder, outline: Outline, at: datetime) -> None:
    wanted = Wanted(made.training_id, made.path, state=LAGGARDS)
    rows = teachers.people(wanted, after=made.after, most=BATCH)
    if grants.still_holds(made.grant_id, clock.now()):
        due = _claim(made, [row.person_id for row in rows])
        _tell([row for row in rows if row.person_id in due], outline, at)
        made.people += len(due)
    else:
        rows = []
    made.after = rows[-1].person_id if rows else made.after
    made.finished_at = None if len(rows) == BATCH else clock.now()
    Reminder.objects.filter(pk=made.pk).update(
        people=made.people, after=made.after, finished_at=made.finished_at
    )


def _claim(made: Reminder, people: list[UUID]) -> set[UUID]:
    """Return who of these may be told, and mark them as told."""
    facts: dict[str, Any] = {
        "training": made.training_id,
        "reminder": made.id,
        "people": people,
        "at": made.at,
        "before": made.at - rest(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, facts)
        return {row[0] for row in cursor.fetchall()}


def _tell(rows: Iterable[Standing], outline: Outline, at: datetime) -> None:
    book, training = outline.rulebook, outline.training

    def missing(row: Standing) -> str:
        short_s = max(0, book.required_s - row.recognised_s - row.held_s)
        return hours.missing_text(short_s, seconds_per_hour=book.seconds_per_credit_hour)

    for short, group in groupby(sorted(rows, key=missing), key=missing):
        notes.tell_all(
            [row.person_id for row in group],
            "reminder",
            facts={"training": training.title, "missing": short},
            link=f"/trainings/{training.slug}/",
            at=at,
        )
