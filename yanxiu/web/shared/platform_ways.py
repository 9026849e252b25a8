"""Lead whoever is at the wrong platform to the right one, as near to what she wanted as can be."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from yanxiu.training.catalogue import platforms, seasons
from yanxiu.training.catalogue.platforms import Platform
from yanxiu.training.enrolment import enrolments
from yanxiu.training.organisations.models import Post
from yanxiu.web.shared import platform_frame


@dataclass(frozen=True, slots=True)
class Way:
    """Be the way to a platform: what it is called, where it goes, and why, where that is said."""

    platform: Platform
    url: str
    sentence: str = ""


def to(branch: str, *, season_id: str | None = None, at: datetime) -> Way | None:
    """Return the way to the platform of a branch: its training of the season, else its beginning.

    None where it runs elsewhere and nobody has said where.
    """
    platform = platforms.serving(branch)
    if not platform.is_here:
        return Way(platform, platform.address) if platform.address else None
    training = seasons.counterpart(branch, season_id=season_id, at=at)
    if training is None:
        return Way(platform, platform_frame.home(platform))
    return Way(platform, platforms.url(platform, reverse("training", args=[training.slug])))


def home(post: Post, *, asked: Platform, at: datetime) -> Way | None:
    """Return the way to the platform of her school where it runs here and another was asked."""
    branch = post.school.type.serves
    if branch == asked.serves or not platforms.serving(branch).is_here:
        return None
    sentence = enrolments.other_platform(post, asked.serves).message
    found = to(branch, at=at)
    return replace(found, sentence=sentence) if found else None
