"""Be the addresses of the bench of the office: all of the program's, and an empty view beside."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from yanxiu.config.urls import (
    handler400,
    handler403,
    handler404,
    handler500,
)
from yanxiu.config.urls import (
    urlpatterns as ours,
)


def empty(request: HttpRequest) -> HttpResponse:
    """Answer nothing, at once."""
    del request
    return HttpResponse(b"")


urlpatterns = [*ours, path("empty/", empty, name="empty")]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
