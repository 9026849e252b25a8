"""Keep what a browser alone has to know of us, out of reach of scripts and of other sites."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def read(request: HttpRequest, name: str) -> str:
    """Return what the browser keeps under this name; "" where it keeps nothing."""
    return request.COOKIES.get(_whole(name), "")


def keep[Answer: HttpResponse](
    response: Answer, name: str, value: str, *, lasts: timedelta
) -> Answer:
    """Let the browser keep a value and bring it along with every request for so long."""
    response.set_cookie(
        _whole(name),
        value,
        max_age=lasts,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget[Answer: HttpResponse](response: Answer, name: str) -> Answer:
    """Let the browser forget what it keeps under this name."""
    return keep(response, name, "", lasts=timedelta(0))


def _whole(name: str) -> str:
    # With this prefix no neighbour under the same domain can put its own in our place.
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name
