"""Tell whoever lacks hours that a training closes soon, and whoever has them all that she has.

Each is told once: some days before, a few days before, on the last day. Source:
docs/rules/notices.md.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.foundation import periods
from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.trainings import Outline
from yanxiu.training.credits import hours, progress
from yanxiu.training.credits.progress import Progress
from yanxiu.training.notices import notes
from yanxiu.training.notices.models import Notice
from yanxiu.training.reports.models import Standing

# So many people are looked at, and told, in one transaction.
BATCH = 500
# Who was through longer ago knows it: a job that stood still for days tells no old news.
RECENT = timedelta(days=2)


def warn(*, at: datetime) -> int:
    """Tell who lacks hours that an open training closes soon; return how many were told."""
    near = timedelta(days=max(settings.YANXIU_DEADLINE_DAYS, default=0))
    open_ = Training.objects.filter(opens_at__lte=at, closes_at__gt=at, closes_at__lte=at + near)
    outlines = trainings.several(list(open_.values_list("id", flat=True)))
    return sum(_warn(outline, _mark(outline.training, at), at) for outline in outlines)


def congratulate(*, at: datetime) -> int:
    """Tell whoever has come to all required hours lately; return how many were told."""
    through = Standing.objects.filter(
        completed_at__gt=at - RECENT, enrolled_at__isnull=False, held_since=None
    )
    found = through.order_by("training_id").values_list("training_id", flat=True).distinct()
    return sum(_congratulate(outline, through, at) for outline in trainings.several(list(found)))


def _mark(training: Training, at: datetime) -> int:
    """Return the fewest days of the setting that the end is still within."""
    left = training.closes_at - at
    return min(days for days in settings.YANXIU_DEADLINE_DAYS if left <= timedelta(days=days))


def _warn(outline: Outline, mark: int, at: datetime) -> int:
    once = f"{outline.training.slug}:{mark}"
    lacking = Standing.objects.filter(enrolled_at__isnull=False, completed_at=None)
    some = _batches(lacking, outline.training, ("deadline_near", once))
    return sum(_warn_some(people, outline, once, at) for people in some)


def _warn_some(people: list[UUID], outline: Outline, once: str, at: datetime) -> int:
    """Tell those of these who lack hours this instant, all who lack the same at once."""
    training, told = outline.training, 0
    for missing, group in _by_missing(progress.awarded(people, outline)):
        facts: dict[str, object] = {"training": training.title, "missing": missing}
        told += notes.tell_all(
            group,
            "deadline_near",
            facts=facts | _when(training, at),
            link=reverse("training", args=[training.slug]),
            once=once,
            at=at,
        )
    return told


def _when(training: Training, at: datetime) -> dict[str, object]:
    last = periods.last_day(training.closes_at)
    days = (last - at.astimezone(periods.CHINA).date()).days
    return {"left": timedelta(days=days), "on": last}


def _by_missing(walked: dict[UUID, Progress]) -> Iterator[tuple[str, list[UUID]]]:
    def missing(pair: tuple[UUID, Progress]) -> str:
        per_hour = pair[1].outline.rulebook.seconds_per_credit_hour
        return hours.missing_text(pair[1].missing_s, seconds_per_hour=per_hour)

    lacking = [pair for pair in walked.items() if not pair[1].is_earned]
    for words, group in groupby(sorted(lacking, key=missing), key=missing):
        yield words, [person_id for person_id, _walked in group]


def _congratulate(outline: Outline, through: QuerySet[Standing], at: datetime) -> int:
    training = outline.training
    facts = {"training": training.title, "next": _next(training, at)}
    return sum(
        notes.tell_all(
            people,
            "hours_complete",
            facts=facts,
            link=reverse("training", args=[training.slug]),
            once=training.slug,
            at=at,
        )
        for people in _batches(through, training, ("hours_complete", training.slug))
    )


def _next(training: Training, at: datetime) -> str:
    if at < training.certificates_from:
        return _("证书发放后会再通知您。")
    return _("身份经学校审核通过后即可领取证书。")


def _batches(
    found: QuerySet[Standing], training: Training, told: tuple[str, str]
) -> Iterable[list[UUID]]:
    """Yield people of a training who have not been told of (kind, once), some at a time."""
    kind, once = told
    before = Notice.objects.filter(person_id=OuterRef("person_id"), kind=kind, once=once)
    due = found.filter(~Exists(before), training_id=training.id).order_by("person_id")
    after = UUID(int=0)
    while people := list(
        due.filter(person_id__gt=after).values_list("person_id", flat=True)[:BATCH]
    ):
        yield people
        after = people[-1]
