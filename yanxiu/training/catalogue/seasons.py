"""Read the seasons as the portal shows them, and lead from a training to that of another branch."""

from datetime import datetime

from django.db.models import Prefetch

from yanxiu.training.catalogue import trainings
from yanxiu.training.catalogue.models import Season, Training


def every() -> list[Season]:
    """Return the seasons with their trainings, in the order in which they are shown."""
    ordered = Training.objects.order_by("position", "id")
    found = Season.objects.prefetch_related(Prefetch("trainings", ordered))
    return list(found.order_by("position"))


def get(slug: str) -> Season | None:
    """Return a season with its trainings, or None."""
    return next((season for season in every() if season.slug == slug), None)


def counterpart(branch: str, *, season_id: str | None, at: datetime) -> Training | None:
    """Return the training of a branch that stands for one of another: of its season, or open now.

    None where the branch has neither.
    """
    found = list(Training.objects.filter(serves=branch).order_by("position", "id"))
    same = (each for each in found if season_id and each.season_id == season_id)
    open_now = (each for each in found if trainings.is_open(each, at))
    return next(same, None) or next(open_now, None)
