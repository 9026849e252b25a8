"""Be the pool of pages as `yanxiu serve pages` is, with a view beside them that answers nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from yanxiu.config import serving
from yanxiu.config.wsgi import application

__all__ = ["application"]

EMPTY = "/bench/empty/"


def empty(_request: HttpRequest) -> HttpResponse:
    """Answer nothing."""
    return HttpResponse()


def extend() -> None:
    """Add the empty view, before the first request is routed."""
    from yanxiu.config import urls

    urls.urlpatterns.append(path(EMPTY.lstrip("/"), empty))


if __name__ == "__main__":
    serving.pages("bench.pool:application")
else:
    extend()
