"""Be the other end of a message: a push service and its browser, a gateway for texts."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, cast

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from yanxiu.foundation import webpush

CURVE = ec.SECP256R1()


@dataclass
class Asked:
    """Be one request that came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """Be a server of ours: what it answers next, the last answer for good; what it was asked."""

    address: str = ""
    answers: list[int] = field(default_factory=lambda: [201])
    asked: list[Asked] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    service: ClassVar[Service]

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.service.asked.append(Asked(self.path, headers, self.rfile.read(length)))
        answers = self.service.answers
        self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Keep quiet."""


@contextmanager
def serving() -> Iterator[Service]:
    """Have a server on a port of its own for the time of the block."""
    service = Service()
    handler = cast("type[_Handler]", type("Handler", (_Handler,), {"service": service}))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        service.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()


class Browser:
    """Be a browser that has subscribed: it alone opens what is pushed to it."""

    def __init__(self, service: Service, name: str = "phone") -> None:
        self.own = ec.generate_private_key(CURVE)
        self.secret = bytes(range(16))
        self.key = self.own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = webpush.Browser(f"{service.address}/{name}", self.key, self.secret)

    def opened(self, body: bytes) -> dict[str, str]:
        """Return the message in a body, by RFC 8291 and 8188."""
        salt, size = body[:16], body[20]
        theirs, sealed = body[21 : 21 + size], body[21 + size :]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
        info = b"WebPush: info\0" + self.key + theirs
        secret = derived(self.own.exchange(ec.ECDH(), sender), self.secret, info, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02")
        return cast("dict[str, str]", json.loads(plain[:-1]))


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims(authorization: str) -> dict[str, Any]:
    """Return what the sender claims of itself once its signature is proved; by RFC 8292."""
    token, key = (
        part.split("=", 1)[1] for part in authorization.removeprefix("vapid ").split(", ")
    )
    signed, _, signature = token.rpartition(".")
    r, s = (int.from_bytes(half) for half in (plain(signature)[:32], plain(signature)[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, plain(key))
    public.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
    assert key == webpush.public_key()
    return cast("dict[str, Any]", json.loads(plain(signed.split(".")[1])))
