"""Give every request a trace number, and keep what is private out of caches."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yanxiu.foundation import ids

type Answer = Callable[[HttpRequest], HttpResponse]

TRACE_CHARACTERS = 10


def trace(answer: Answer) -> Answer:
    """Put a number on each request that the person, the page and the log share."""

    def traced(request: HttpRequest) -> HttpResponse:
        number = ids.token()[:TRACE_CHARACTERS]
        request.META["YANXIU_TRACE"] = number
        # Not unbound at the end: Django logs a refusal when all middleware is done.
        structlog.contextvars.bind_contextvars(trace=number)
        response = answer(request)
        response["X-Trace"] = number
        return response

    return traced


def number(request: HttpRequest) -> str:
    """Return the request's trace number."""
    return str(request.META.get("YANXIU_TRACE", ""))


def private(answer: Answer) -> Answer:
    """Forbid caches to keep a page unless its view has said otherwise."""

    def kept(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return kept


def own_cookies(answer: Answer) -> Answer:
    """Ignore a session's cookie that cannot be ours; one with a zero byte breaks the database."""

    def read(request: HttpRequest) -> HttpResponse:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME, "").isalnum():
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return answer(request)

    return read
