"""Put a page into the frame of its platform: name, colour, and where its home and channel are."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from yanxiu.training.catalogue import platforms
from yanxiu.training.catalogue.models import Training
from yanxiu.training.catalogue.platforms import Platform


def host(request: HttpRequest) -> str:
    """Return the host that was asked, without its port; one that we do not answer at too."""
    return str(request.META.get("HTTP_HOST", "")).lower().partition(":")[0]


def here(request: HttpRequest) -> Platform:
    """Return the platform that answers at the host that was asked."""
    return platforms.at_host(host(request))


def is_portal(request: HttpRequest) -> bool:
    """Tell whether the portal's own host was asked."""
    return bool(settings.YANXIU_PORTAL_HOST) and host(request) == settings.YANXIU_PORTAL_HOST


def facts(platform: Platform) -> dict[str, object]:
    """Return what the frame of a page shows of the platform that the page belongs to."""
    return {
        "platform": platform,
        "site_name": platform.name,
        "home_url": home(platform),
        "channel_url": channel(platform),
    }


def home(platform: Platform) -> str:
    """Return where a platform that runs here begins."""
    if platform.host or platform == platforms.every()[0]:
        return platforms.url(platform, reverse("home"))
    return reverse("platform", args=[platform.serves])


def channel(platform: Platform) -> str:
    """Return where a platform that runs here lists its trainings."""
    if platform.host or platform == platforms.every()[0]:
        return platforms.url(platform, reverse("channel"))
    return reverse("platform_channel", args=[platform.serves])


def of(training: Training) -> dict[str, object]:
    """Return the frame of a training's pages, with the way back from the training itself."""
    platform = platforms.serving(training.serves)
    return facts(platform) | {"crumbs": [(_("教师研修"), channel(platform))]}


def below(training: Training) -> dict[str, object]:
    """Return the frame of a page below a training, with the way back to it."""
    platform = platforms.serving(training.serves)
    crumbs = [
        (_("教师研修"), channel(platform)),
        (training.title, reverse("training", args=[training.slug])),
    ]
    return facts(platform) | {"crumbs": crumbs}


def moved(request: HttpRequest, training: Training) -> str:
    """Return where a training's page stands when another platform's host was asked, else ""."""
    platform = platforms.serving(training.serves)
    if not platform.host or host(request) == platform.host:
        return ""
    return platforms.url(platform, request.get_full_path())
