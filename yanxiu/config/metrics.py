"""Answer `/metrics`: to whoever shows the key, or without one to this machine alone."""

import hmac
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, Protocol

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from yanxiu.foundation import environment
from yanxiu.training.learning import gauges

PATH = "/metrics"
# What a proxy says of whom it asks for.
HANDED_ON = ("x-forwarded-for", "forwarded", "x-real-ip")

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Headers(Protocol):
    """Be a request's headers, their names in small letters."""

    def get(self, name: str, /) -> str | None:
        """Return a header's value."""

    def __contains__(self, name: str, /) -> bool: ...


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request of ASGI."""
    headers = words(scope["headers"])
    host, _port = scope.get("client") or ("", 0)
    status, kinds, text = told(headers, host)
    await Response(text, status, dict(kinds))(scope, receive, send)


def words(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers as they came over the wire as text."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}


def told(headers: Headers, host: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and text of the answer; to strangers nothing is here."""
    key = environment.text("YANXIU_METRICS_KEY", "")
    if _shows(headers, key) if key else _is_beside(headers, host):
        return HTTPStatus.OK, [("content-type", CONTENT_TYPE_LATEST)], gauges.text()
    return HTTPStatus.NOT_FOUND, [("content-type", "text/plain; charset=utf-8")], b""


def _shows(headers: Headers, key: str) -> bool:
    shown = headers.get("authorization") or ""
    return hmac.compare_digest(shown.encode(), f"Bearer {key}".encode())


def _is_beside(headers: Headers, host: str) -> bool:
    """Tell whether the request was made on this machine, and not handed on by a proxy on it."""
    try:
        is_local = ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
    return is_local and not any(name in headers for name in HANDED_ON)
