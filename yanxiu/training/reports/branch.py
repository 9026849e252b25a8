"""Read how an officer's branch stands in the season that runs, beside a week ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yanxiu.foundation import periods
from yanxiu.training.catalogue.models import Training
from yanxiu.training.reports.models import Figures

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Glance:
    """Hold a node's numbers in the training that most take part in; `before` is a week ago."""

    training: Training
    now: Figures
    before: Figures | None

    @property
    def gained(self) -> int | None:
        """Return how many more have all hours than a week ago, where that is known."""
        return self.now.complete - self.before.complete if self.before else None


def glance(path: str, *, at: datetime) -> Glance | None:
    """Return the numbers that the last roll has left, in two queries; None before the first."""
    today = at.astimezone(periods.CHINA).date()
    days = [today, today - timedelta(days=1), today - WEEK]
    rows = Figures.objects.filter(path=path, on__in=days).order_by("on", "training_id")
    kept = {(row.training_id, row.on): row for row in rows}
    latest = {row.training_id: row for row in kept.values() if row.on > today - WEEK}
    running = Training.objects.filter(pk__in=latest, opens_at__lte=at, closes_at__gt=at)
    found = max(running, key=lambda each: latest[each.pk].enrolled, default=None)
    if found is None:
        return None
    return Glance(found, latest[found.pk], kept.get((found.pk, today - WEEK)))
