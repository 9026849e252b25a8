"""Read doubts and set them aside: what waits in a branch, and a no with its reason.

A doubt is open until an officer clears it or a hold that came after it has begun. Rules:
docs/rules/doubts.md.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yanxiu.training.integrity import checking, holds, refusals
from yanxiu.training.integrity.models import Clearance, Doubt, Hold
from yanxiu.training.organisations import scopes
from yanxiu.training.organisations.models import Officer
from yanxiu.training.people import identities
from yanxiu.training.people.models import Person
from yanxiu.training.trail import entries

PAGE = 20


def is_open(doubt: Doubt) -> bool:
    """Tell whether nobody has decided about a doubt."""
    return Doubt.objects.filter(open_(), pk=doubt.pk).exists()


def open_() -> Q:
    """Return the condition that nobody has decided: not cleared, and no hold since it was found."""
    return Q(~Exists(_holds_since()), clearance=None)


def page(
    held: list[Officer], *, state: str, kind: str = "", after: UUID | None = None
) -> tuple[list[Doubt], bool]:
    """Return a page of a branch's doubts, the latest first, and whether more follow.

    Of a person and training the latest open doubt stands for all of them; `many` counts them.
    """
    found = told().filter(scopes.doubts.visible(held), STATES[state])
    if state == "open":
        found = found.exclude(Exists(_later())).annotate(many=_many())
    found = found.filter(_of_kind(kind)) if kind else found
    last = Doubt.objects.filter(pk=after).first() if after else None
    if last:
        found = found.filter(
            Q(found_at__lt=last.found_at) | Q(found_at=last.found_at, id__lt=last.id)
        )
    rows = list(found.order_by("-found_at", "-id")[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def find(held: list[Officer], doubt_id: UUID) -> Doubt | None:
    """Return a doubt of the officer's branch, whatever became of it; None outside of it."""
    return told().filter(scopes.doubts.visible(held), pk=doubt_id).first()


def told() -> QuerySet[Doubt]:
    """Return doubts with names: of whom, of which school and training; and who cleared them."""
    return Doubt.objects.select_related("clearance").annotate(
        name=identities.name_of("person_id"),
        school=holds.school_of("path"),
        training=holds.title_of("training_id"),
        cleared_by=identities.name_of("clearance__by_id"),
    )


def together(doubt: Doubt) -> list[Doubt]:
    """Return all doubts about the same person and training, the latest day first.

    Each says whether it `is_open`.
    """
    same = Doubt.objects.filter(person_id=doubt.person_id, training_id=doubt.training_id)
    found = same.select_related("clearance").annotate(
        cleared_by=identities.name_of("clearance__by_id")
    )
    return list(found.annotate(is_held=Exists(_holds_since())).order_by("-on", "kind"))


@transaction.atomic
def clear(
    doubt: Doubt,
    seen: Collection[UUID],
    sentence: str,
    *,
    held: list[Officer],
    by: Person,
    at: datetime,
) -> int:
    """Set aside the doubts of one person and training that were seen; return how many.

    What was found meanwhile stays open. Raises what stands against it, `WhyMissing`, or
    `DoubtSettled` where none of them is open any more.
    """
    checking.check(checking.against_deciding(doubt, held=held, by=by))
    words = checking.worded(sentence)
    checking.alone(doubt.person_id)
    same = Doubt.objects.filter(person_id=doubt.person_id, training_id=doubt.training_id)
    still = list(same.filter(open_(), pk__in=seen).order_by("id"))
    if not still:
        raise refusals.DoubtSettled
    Clearance.objects.bulk_create(
        Clearance(doubt=each, sentence=words, by_id=by.id, at=at) for each in still
    )
    subjects = [("person", each.person_id, each.path) for each in still[:1]]
    detail: dict[str, object] = {"doubts": [str(each.id) for each in still], "count": len(still)}
    entries.record_all("doubt_cleared", subjects=subjects, by=by.id, at=at, detail=detail)
    return len(still)


@transaction.atomic
def record(found: Sequence[Doubt]) -> int:
    """Write down what was found and was not known yet; return how many that were."""
    Doubt.objects.bulk_create(found, ignore_conflicts=True)
    known = Doubt.objects.filter(pk__in=[each.pk for each in found])
    fresh = set(known.values_list("pk", flat=True))
    for doubt in found:
        if doubt.pk in fresh:
            entries.record(
                "doubt_found",
                subject=("person", doubt.person_id),
                by=None,
                at=doubt.found_at,
                detail={"kind": doubt.kind, "doubt": str(doubt.id)},
                path=doubt.path,
            )
    return len(fresh)


def answerable(held: list[Officer], *, by: Person) -> QuerySet[Doubt]:
    """Return the open doubts that this officer may decide about, one a person and training."""
    mine = Doubt.objects.filter(scopes.doubts.doing("answer", held), open_())
    return mine.exclude(person_id=by.id).exclude(Exists(_later()))


def _holds_since() -> QuerySet[Hold]:
    since = Q(lifted_at=None) | Q(lifted_at__gte=OuterRef("found_at"))
    return Hold.objects.filter(
        since, person_id=OuterRef("person_id"), training_id=OuterRef("training_id")
    )


def _same() -> QuerySet[Doubt]:
    """Return the open doubts of the same person and training as the row around."""
    return Doubt.objects.filter(
        open_(), person_id=OuterRef("person_id"), training_id=OuterRef("training_id")
    )


def _later() -> QuerySet[Doubt]:
    return _same().filter(
        Q(found_at__gt=OuterRef("found_at"))
        | Q(found_at=OuterRef("found_at"), id__gt=OuterRef("id"))
    )


def _many() -> Coalesce:
    counted = _same().order_by().values("person_id").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


def _of_kind(kind: str) -> Q:
    """Return the condition that the case has an open doubt of a kind, whichever stands for it."""
    return Q(kind=kind) | Q(Exists(_same().filter(kind=kind)))


# What a list of doubts can be narrowed to.
STATES: dict[str, Q] = {"open": open_(), "cleared": Q(clearance__isnull=False), "all": Q()}
