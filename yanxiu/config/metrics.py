"""Answer `/metrics`: to whoever shows the key, or without one to this machine alone."""

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import PlainTextResponse, Response

from yanxiu.foundation import environment
from yanxiu.training.learning import gauges

PATH = "/metrics"

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request; to strangers nothing is here."""
    key = environment.text("YANXIU_METRICS_KEY", "")
    headers = dict(scope["headers"])
    is_known = _shows(headers, key) if key else _is_beside(scope, headers)
    known = Response(gauges.text(), media_type=CONTENT_TYPE_LATEST)
    nothing = PlainTextResponse(status_code=HTTPStatus.NOT_FOUND)
    await (known if is_known else nothing)(scope, receive, send)


def _shows(headers: dict[bytes, bytes], key: str) -> bool:
    return hmac.compare_digest(headers.get(b"authorization", b""), f"Bearer {key}".encode())


def _is_beside(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """Tell whether the request was made on this machine, and not handed on by a proxy on it."""
    host, _port = scope.get("client") or ("", 0)
    try:
        is_local = ip_address(host).is_loopback
    except ValueError:
        return False
    return is_local and not headers.keys() & {b"x-forwarded-for", b"forwarded", b"x-real-ip"}
