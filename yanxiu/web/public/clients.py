"""Hand out the desktop client: which version for which system, and how to see it is genuine."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yanxiu.web.shared import handshake, releases
from yanxiu.web.shared.releases import Package

SYSTEMS = {
    "windows": ("Windows", _("Windows 10、11（64 位）"), "Windows"),
    "macos": ("macOS", _("macOS 12 或更新"), "Mac"),
    "linux": ("Linux", _("统信 UOS、银河麒麟、Debian、Ubuntu（deb）"), "Linux"),
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the files of the newest version, that for the visitor's own system first."""
    release = releases.newest()
    agent = request.headers.get("User-Agent", "")
    facts = {
        "release": release,
        "packages": [_row(each, agent) for each in _ordered(release, agent)],
        "has": handshake.version(request),
        "least": settings.YANXIU_DESKTOP_LEAST,
    }
    return render(request, "public/clients.html", facts)


def _ordered(release: releases.Release | None, agent: str) -> Sequence[Package]:
    found = release.packages if release else ()
    return sorted(found, key=lambda each: (not _is_own(each, agent), [*SYSTEMS].index(each.system)))


def _row(package: Package, agent: str) -> dict[str, object]:
    name, systems, _mark = SYSTEMS[package.system]
    return {
        "package": package,
        "name": name,
        "systems": systems,
        "is_own": _is_own(package, agent),
        "size": f"{package.size / 1_000_000:.1f} MB",
    }


def _is_own(package: Package, agent: str) -> bool:
    return SYSTEMS[package.system][2] in agent and "Android" not in agent
