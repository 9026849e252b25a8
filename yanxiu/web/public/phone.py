"""Make the platform an app on a phone: how to install it, its icons, its frame without network."""

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.foundation import paper
from yanxiu.training.people import languages
from yanxiu.web.shared import built, platform_frame, qr

# Source: the sizes that Chromium and iOS ask for.
SIZES = (180, 192, 512)
ICON = "art/site-icon.svg"
PAPER, SHEET = "#f7f5f0", "#ffffff"
# The style of every page, which the page in place of others has too.
FRAME = (
    "tokens",
    "base",
    "layout",
    "components",
    "progress",
    "lists",
    "forms",
    "print",
    "saved",
    "player",
    "portfolio",
)
# How the worker asks for the pages that it keeps: they know nobody and say so to their scripts.
KEPT = "kept"
PAGES = {
    "app_offline": "public/offline.html",
    "app_saved": "public/saved.html",
    "app_saved_lesson": "public/saved_lesson.html",
}
A_DAY = "public, max-age=86400"


@require_safe
def install(request: HttpRequest) -> HttpResponse:
    """Show how the platform comes onto a phone, with a code that leads there."""
    address = f"{settings.YANXIU_ADDRESS}{reverse('app')}"
    facts = {"code": qr.picture(address), "address": address}
    return render(request, "public/app.html", facts)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Say what the app is called and how it looks: a web app manifest."""
    name = platform_frame.here(request).name
    icons = [
        {
            "src": reverse("app_icon", args=[size]),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in SIZES[1:]
        for purpose in ("any", "maskable")
    ]
    document = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": languages.tag(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": SHEET,
        "categories": ["education"],
        "icons": icons,
        "shortcuts": [
            {"name": _("我的培训"), "url": reverse("my_trainings")},
            {"name": _("消息"), "url": reverse("my_notices")},
        ],
    }
    return JsonResponse(
        document,
        content_type="application/manifest+json",
        headers={"Cache-Control": A_DAY},
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """Hand out the icon at one of its sizes, in pixels."""
    del request
    if size not in SIZES:
        raise Http404
    return HttpResponse(_icon(size), content_type="image/png", headers={"Cache-Control": A_DAY})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show what stands in place of any page while there is no network; nobody's name is on it."""
    response = _device_page(request, "app_offline", is_kept=True)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Show the lessons that are saved on the device, which alone knows them."""
    return _device_page(request, "app_saved", is_kept=KEPT in request.GET)


@require_safe
def saved_lesson(request: HttpRequest) -> HttpResponse:
    """Show the player of one of them."""
    return _device_page(request, "app_saved_lesson", is_kept=KEPT in request.GET)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the script that keeps the frame on the device; another frame is another version."""
    return HttpResponse(
        _worker(_language(request, "language")),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@cache
def _worker(language: str) -> bytes:
    """Return the script with what it keeps; a browser asks for it with every page that it opens."""
    script = built.read("built/app-worker.js")
    said = json.dumps(_shell(language))
    pages = "".join(map(_source, (*PAGES.values(), "public/device_base.html", "base.html")))
    # The same version in another language is no new one.
    same = json.dumps(_shell("")) + pages
    version = hashlib.sha256(same.encode() + script).hexdigest()[:12]
    facts = f"SHELL={said},VERSION={json.dumps(version)},LANGUAGE={json.dumps(language)}"
    return f"const {facts};\n".encode() + script


def _shell(language: str) -> list[str]:
    return [
        *(f"{reverse(name)}?{KEPT}={language}" for name in PAGES),
        *(staticfiles_storage.url(f"css/{name}.css") for name in FRAME),
        *(staticfiles_storage.url(name) for name in (ICON, "art/favicon.svg", "art/icons.svg")),
        staticfiles_storage.url("art/empty-calm.svg"),
        *(staticfiles_storage.url(f"built/{name}.js") for name in ("app", "saved", "player")),
    ]


def _device_page(request: HttpRequest, name: str, *, is_kept: bool) -> HttpResponse:
    """Render a page; one to be kept is asked for without cookies, so it names its language."""
    with translation.override(_language(request, KEPT)):
        return render(request, PAGES[name], {"kept": is_kept})


def _language(request: HttpRequest, name: str) -> str:
    """Return the language that an address names: what a worker asks for is nobody's."""
    wanted = request.GET.get(name, "")
    known = wanted in dict(settings.LANGUAGES)
    return wanted if known else translation.get_language() or settings.LANGUAGE_CODE


def _source(name: str) -> str:
    template: Any = loader.get_template(name)
    return str(template.template.source)


@cache
def _icon(size: int) -> bytes:
    return paper.picture(built.read(ICON).decode(), size=size)
