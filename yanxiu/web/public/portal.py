"""Show the public-service portal: one door to the platforms of all branches of education."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yanxiu.foundation import clock
from yanxiu.training.catalogue import platforms, seasons, trainings
from yanxiu.training.catalogue.models import Season, Training
from yanxiu.training.catalogue.platforms import Platform
from yanxiu.training.enrolment import enrolments
from yanxiu.training.organisations.models import SchoolType
from yanxiu.web.shared import platform_frame, reason_words, shelf


@dataclass(frozen=True, slots=True)
class Entrance:
    """Be the entrance of a branch of education: `url` is "" where there is nothing behind it."""

    branch: str
    platform: Platform
    url: str
    training: Training | None = None
    state: str = ""
    period: str = ""
    required: str = ""


@shelf.same_for_visitors
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the carousel of the seasons and the platforms."""
    slides = [
        {
            "headline": season.title,
            "line": season.line,
            "art": season.art,
            "url": reverse("portal_season", args=[season.slug]),
        }
        for season in seasons.every()
    ]
    entrances = [_platform(platform) for platform in platforms.every()]
    facts = _frame() | {"slides": slides, "entrances": entrances}
    return render(request, "public/portal.html", facts)


@shelf.same_for_visitors
@require_safe
def season(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a season with an entrance for each branch of education."""
    found = seasons.get(slug)
    if found is None:
        raise Http404
    now = clock.now()
    entrances = [_entrance(found, platform, now) for platform in platforms.every()]
    facts = _frame() | {"season": found, "entrances": entrances}
    return render(request, "public/portal_season.html", facts)


def _frame() -> dict[str, object]:
    at_host = settings.YANXIU_PORTAL_HOST
    url = platforms.absolute(at_host, reverse("home")) if at_host else reverse("portal")
    return {"site_name": settings.YANXIU_PORTAL_NAME, "portal_url": url}


def _branch(platform: Platform) -> str:
    return str(SchoolType.Serves(platform.serves).label)


def _platform(platform: Platform) -> Entrance:
    url = platform_frame.home(platform) if platform.is_here else platform.address
    return Entrance(_branch(platform), platform, url)


def _entrance(season: Season, platform: Platform, at: datetime) -> Entrance:
    """Return the entrance to a season's training at a platform, or to a platform elsewhere."""
    found = [each for each in season.trainings.all() if each.serves == platform.serves]
    if not found or not platform.is_here:
        elsewhere = "" if platform.is_here else platform.address
        return Entrance(_branch(platform), platform, elsewhere)
    training = found[0]
    book = trainings.of(training).rulebook
    return Entrance(
        branch=_branch(platform),
        platform=platform,
        url=platforms.url(platform, reverse("training", args=[training.slug])),
        training=training,
        state=trainings.state(training, at),
        period=enrolments.period_words(training, with_year=True),
        required=reason_words.plain_hours(book.required_s, book.seconds_per_credit_hour),
    )
