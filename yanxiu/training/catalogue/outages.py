"""Give everybody the time back that an outage took: each training ends later by its length.

Source: docs/rules/window.md.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from yanxiu.foundation import dates
from yanxiu.training.catalogue import refusals
from yanxiu.training.catalogue.models import Extension, Training
from yanxiu.training.organisations import regions
from yanxiu.training.trail import entries


@transaction.atomic
def declare(
    began_at: datetime, ended_at: datetime, *, sentence: str, at: datetime
) -> list[Extension]:
    """Extend every training that was open meanwhile, by as long as its window lost.

    Raises `OutageImpossible`, `OutageKnown` where a part of it was declared before, or
    `NothingExtended`.
    """
    if not began_at < ended_at <= at:
        raise refusals.OutageImpossible
    hit = Training.objects.filter(opens_at__lt=ended_at, closes_at__gt=began_at)
    # In one order, so that two commands at once come one after the other.
    trainings = list(hit.select_for_update().order_by("id"))
    if not trainings:
        raise refusals.NothingExtended
    _check_new(trainings, began_at, ended_at)
    extensions = [
        Extension(
            training=training,
            began_at=max(began_at, training.opens_at),
            ended_at=min(ended_at, training.closes_at),
            sentence=sentence,
            declared_at=at,
        )
        for training in trainings
    ]
    Extension.objects.bulk_create(extensions)
    for extension in extensions:
        _extend(extension, at=at)
    return extensions


def _check_new(trainings: list[Training], began_at: datetime, ended_at: datetime) -> None:
    known = Extension.objects.filter(
        training__in=trainings, began_at__lt=ended_at, ended_at__gt=began_at
    )
    for each in known.select_related("training")[:1]:
        when = f"{dates.day(each.began_at)} {dates.time(each.began_at)}"
        raise refusals.OutageKnown(training=each.training.title, when=when)


def _extend(extension: Extension, *, at: datetime) -> None:
    training = extension.training
    before, after = training.closes_at, training.closes_at + extension.length
    # A new version, so that no process shows the old end from its memory.
    Training.objects.filter(pk=training.pk).update(closes_at=after, version=F("version") + 1)
    entries.record(
        "window_extended",
        subject=("training", training.id),
        by=None,
        at=at,
        detail={
            "training": training.title,
            "before": before.isoformat(),
            "after": after.isoformat(),
            "why": extension.sentence,
        },
        path=regions.NATION,
    )
