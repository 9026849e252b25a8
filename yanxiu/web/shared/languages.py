"""Speak the language that somebody has chosen: on her account, else in this browser."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yanxiu.foundation import clock
from yanxiu.training.people import languages
from yanxiu.training.people.models import Account
from yanxiu.web.shared import access, refusals

KEPT_S = 365 * 24 * 3600
# Source: the values of Sec-Fetch-Site in W3C's Fetch Metadata.
ELSEWHERE = {"cross-site", "same-site"}


class LanguageForm(forms.Form):
    """Take one of our languages."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


def spoken(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer in the language of whoever asks, and let no cache mix the languages up."""

    def translated(request: HttpRequest) -> HttpResponse:
        with translation.override(_wanted(request)):
            response = answer(request)
            response.headers.setdefault("Content-Language", languages.tag())
        if not response.get("Cache-Control", "").startswith("public"):
            # What everybody may keep is the same in every language.
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return translated


@require_POST
@csrf_exempt
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a choice in this browser, and on the account of who is signed in; then lead back.

    Its form stands on every page, and a token in it would put a cookie on every visitor: other
    sites are told from ours by what browsers say of themselves, and by the session's own cookie.
    """
    form = LanguageForm(request.POST)
    if not form.is_valid() or request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        raise refusals.Malformed
    language = form.cleaned_data["language"]
    if isinstance(request.user, Account):
        languages.choose(request.user, language, at=clock.now())
    answer = access.see_other(access.onward(request))
    remember(answer, language)
    return answer


def follow(account: Account, *, at: datetime) -> None:
    """Keep for a new account the language in which she has registered, if it is not the usual."""
    current = translation.get_language()
    if current and current != settings.LANGUAGE_CODE:
        languages.choose(account, current, at=at)


def remember(answer: HttpResponse, language: str) -> None:
    """Keep a language in the browser for a year."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=KEPT_S,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def facts() -> dict[str, object]:
    """Return what the frame of a page says of its language, and of those it can be read in."""
    current = translation.get_language() or settings.LANGUAGE_CODE
    others = [
        {"code": code, "name": name, "tag": languages.TAGS[code]}
        for code, name in settings.LANGUAGES
        if code != current
    ]
    name = dict(settings.LANGUAGES)[current]
    return {"language_name": name, "language_tag": languages.tag(), "other_languages": others}


def visitors(request: HttpRequest) -> str:
    """Return the language in which somebody who is not signed in is answered."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in languages.TAGS else _browsers(request)


def _wanted(request: HttpRequest) -> str:
    own = _own(request)
    return own if own in languages.TAGS else visitors(request)


def _own(request: HttpRequest) -> str:
    """Return what the account says; a visitor has none, and nobody while the database is away."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    try:
        return getattr(request.user, "language", "")
    except (OperationalError, InterfaceError):
        # The view meets the same and says so.
        return ""


def _browsers(request: HttpRequest) -> str:
    """Return English for a browser that asks for it and takes no Chinese."""
    usual = str(settings.LANGUAGE_CODE)
    accepted = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower())
    begins = [language.partition("-")[0] for language, _share in accepted]
    takes_english = settings.YANXIU_FOLLOW_BROWSER and "en" in begins and "zh" not in begins
    return "en" if takes_english else usual
