"""Send a body to another machine: one request, no redirects, no proxies, within seconds."""

import http.client
import ssl
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

TIMEOUT_S = 8


class Unreached(Exception):
    """Tell that no answer came."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status of the answer; raise `Unreached` where none comes."""
    parts = urlsplit(url)
    try:
        connection = _connection(parts.scheme, parts.netloc)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("POST", path, body, dict(headers))
            return connection.getresponse().status
        finally:
            connection.close()
    # A bad port or a bad character in the address is a ValueError.
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreached(type(error).__name__) from error


def _connection(scheme: str, host: str) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, timeout=TIMEOUT_S, context=_trust())
    return http.client.HTTPConnection(host, timeout=TIMEOUT_S)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
