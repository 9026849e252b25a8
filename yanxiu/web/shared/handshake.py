"""Shake hands with the desktop client: it tells its version, and is told when it is too old."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from yanxiu.foundation import versions
from yanxiu.foundation.facts import spoken
from yanxiu.foundation.refusals import Refused
from yanxiu.foundation.versions import Version
from yanxiu.web.shared import refusals, releases

AGENT = re.compile(r"\bYanxiuDesktop(?:/(\S*))?")
# Where an old client is led to, and what it needs to show that.
SERVED_ANYWAY = ("/clients/", "/app/", "/help/", "/sign-out/", "/worker.js")


class ClientTooOld(Refused):
    """Send away a client that cannot do what the pages need, saying which version can, and why."""

    code = "client_too_old"
    status = HTTPStatus.FORBIDDEN
    sentence = _(
        "您的桌面端版本是 %(has)s，需要 %(least)s 或更新的版本：%(why)s。"
        "已看过的时长没有丢失。请下载并安装新版本，安装后不用重新登录。"
    )


def version(request: HttpRequest) -> Version | None:
    """Return the version of the desktop client that asks; None for everything else that asks."""
    told = AGENT.search(request.headers.get("User-Agent", ""))
    if told is None:
        return None
    try:
        return versions.read(told[1] or "")
    except ValueError:
        return versions.UNKNOWN


def served(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show an old client what it needs in place of any page; what it sends is taken anyway."""

    def shaken(request: HttpRequest) -> HttpResponse:
        has = version(request)
        if has is None or has >= settings.YANXIU_DESKTOP_LEAST.version or not _is_page(request):
            return answer(request)
        least = settings.YANXIU_DESKTOP_LEAST
        known = str(has) if has != versions.UNKNOWN else _("未知")
        refused = ClientTooOld(has=known, least=least.version, why=spoken(least.why))
        return refusals.shown(request, refused, "old_client.html")

    return shaken


def facts(request: HttpRequest) -> dict[str, object]:
    """Return what the frame of a page needs: the client that shows it, and a newer one if any."""
    has = version(request)
    newest = releases.newest() if has else None
    is_newer = newest is not None and has is not None and newest.is_newer_than(has)
    return {
        "client": str(has) if has is not None else "",
        "newer_client": newest.version if newest and is_newer else "",
    }


def _is_page(request: HttpRequest) -> bool:
    """Tell whether a person looks; a lesson that plays on must get its spans through."""
    is_look = request.method in {"GET", "HEAD"} and not refusals.is_program(request)
    return is_look and not request.path.startswith(SERVED_ANYWAY)
