"""Keep pages that are the same for every visitor rendered, for some seconds.

Before a deadline most who come are visitors who look at the same few pages. A page is kept for so
short a time that nobody waits for news: a new training, a changed rule, an hour at which the help
line opens. What is kept stands before all that looks at who asks, so it costs nothing of that.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from yanxiu.foundation import clock
from yanxiu.web.shared import handshake, languages

# Pages times languages times encodings; whoever asks under many names of a host begins it anew.
MOST = 256
_SAME = "is_same_for_visitors"


class Key(NamedTuple):
    """Be all on which a visitor's page depends."""

    host: str
    path: str
    language: str
    takes_gzip: bool


class Kept(NamedTuple):
    """Be a page as it was answered."""

    until: datetime
    headers: dict[str, str]
    body: bytes


_kept: dict[Key, Kept] = {}
_lock = Lock()


def same_for_visitors[**P, R: HttpResponseBase](view: Callable[P, R]) -> Callable[P, R]:
    """Say of a view that it shows every visitor the same."""
    setattr(view, _SAME, True)
    return view


def served(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer visitors with the page as it was rendered some seconds ago, where one is kept."""

    def shown(request: HttpRequest) -> HttpResponse:
        lasts = timedelta(seconds=settings.YANXIU_PAGES_KEPT_S)
        key = _key(request) if lasts else None
        if key is None:
            return answer(request)
        now = clock.now()
        found = take(key, at=now)
        if found:
            return found
        response = answer(request)
        if _may_be_kept(request, response):
            put(key, response, until=now + lasts)
        return response

    return shown


def take(key: Key, *, at: datetime) -> HttpResponse | None:
    """Return the page that is kept under a key, unless its time is over."""
    found = _kept.get(key)
    if found is None or found.until <= at:
        return None
    return HttpResponse(found.body, headers=found.headers)


def put(key: Key, response: HttpResponse, *, until: datetime) -> None:
    """Keep a page as it was answered."""
    page = Kept(until, dict(response.items()), response.content)
    with _lock:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = page


def forget() -> None:
    """Let go of all pages."""
    _kept.clear()


def _key(request: HttpRequest) -> Key | None:
    """Return where a visitor's page is kept; None for everybody else, and for what is asked."""
    asks = request.META
    if request.method != "GET" or asks.get("QUERY_STRING") or "HTTP_HX_REQUEST" in asks:
        return None
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    if handshake.AGENT.search(asks.get("HTTP_USER_AGENT", "")):
        return None
    takes_gzip = "gzip" in asks.get("HTTP_ACCEPT_ENCODING", "")
    return Key(asks.get("HTTP_HOST", ""), request.path, languages.visitors(request), takes_gzip)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and getattr(match.func, _SAME, False)
        and response.status_code == HTTPStatus.OK
        and not response.cookies
    )
