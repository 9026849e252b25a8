"""Push a message to a browser: sealed for it alone (RFC 8291), signed as ours (RFC 8292).

The signing key is derived from the installation's secret: nothing to keep, nothing to lose.
"""

import base64
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yanxiu.foundation import environment, posting

# The push services of the browsers; an installation may add its own. `*` stands for one name.
SERVICES = (
    "https://fcm.googleapis.com",
    "https://*.push.services.mozilla.com",
    "https://*.notify.windows.com",
    "https://*.push.apple.com",
    "https://web.push.apple.com",
)
KEY_BYTES, SECRET_BYTES, SALT_BYTES = 65, 16, 16
# A record holds one message; a service takes at most 4,096 bytes in all.
RECORD_BYTES = 4096
# RFC 8292 allows a signature to hold for a day at most.
SIGNED_FOR = timedelta(hours=12)

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True, slots=True)
class Browser:
    """Say where a browser's push service takes messages, and with what they are sealed for it."""

    endpoint: str
    key: bytes
    secret: bytes


class Gone(Exception):
    """Tell that the browser wants no more messages: its subscription has ended."""


class Refused(Exception):
    """Tell that the service will never take this message."""


class NotTaken(Exception):
    """Tell that the service did not take the message this time."""


def is_service(endpoint: str, services: Sequence[str]) -> bool:
    """Tell whether an address is one of a push service: we send nothing anywhere else."""
    parts = urlsplit(endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    names = (re.escape(service).replace(r"\*", "[a-z0-9-]+") for service in services)
    return any(re.fullmatch(name, origin) for name in names)


def is_key(key: bytes) -> bool:
    """Tell whether bytes are a public key that a message can be sealed for."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key)
    except ValueError:
        return False
    return len(key) == KEY_BYTES


def public_key() -> str:
    """Return the key by which push services know us, as browsers want it."""
    return _text(_encoded(_own_key().public_key()))


def send(
    browser: Browser, message: bytes, *, topic: str, ttl: timedelta, sender: str, at: datetime
) -> None:
    """Hand a message over; a later one of the same `topic` takes the place of one that waits.

    Raises `Gone`, `Refused` or `NotTaken`.
    """
    body = sealed(message, browser, own=ec.generate_private_key(_CURVE), salt=_random())
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(ttl // timedelta(seconds=1)),
        "Topic": topic,
        "Urgency": "normal",
        "Authorization": _vapid(browser.endpoint, sender, at),
    }
    try:
        status = posting.post(browser.endpoint, body, headers)
    except posting.Unreached as error:
        raise NotTaken(str(error)) from error
    _judge(status)


def sealed(
    message: bytes, browser: Browser, *, own: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """Return a message as only this browser can open it, in the form aes128gcm (RFC 8188)."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, browser.key)
    ours = _encoded(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + browser.key + ours
    secret = _derived(shared, salt=browser.secret, info=info, length=32)
    key = _derived(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    head = salt + RECORD_BYTES.to_bytes(4) + len(ours).to_bytes(1) + ours
    # One record, the last one: its padding begins with 2.
    return head + AESGCM(key).encrypt(nonce, message + b"\x02", None)


def _judge(status: int) -> None:
    if status in _GONE:
        raise Gone
    if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NotTaken(str(status))
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        raise Refused(str(status))


def _vapid(endpoint: str, sender: str, at: datetime) -> str:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + SIGNED_FOR).timestamp()),
        "sub": sender,
    }
    head = {"typ": "JWT", "alg": "ES256"}
    plain = ".".join(_text(json.dumps(part).encode()) for part in (head, claims))
    r, s = decode_dss_signature(_own_key().sign(plain.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{plain}.{_text(r.to_bytes(32) + s.to_bytes(32))}"
    return f"vapid t={token}, k={public_key()}"


@cache
def _own_key() -> ec.EllipticCurvePrivateKey:
    wide = _derived(environment.secret(), salt=b"yanxiu", info=b"webpush:vapid", length=48)
    return ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, _CURVE)


def _derived(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def _encoded(key: ec.EllipticCurvePublicKey) -> bytes:
    form = serialization.PublicFormat.UncompressedPoint
    return key.public_bytes(serialization.Encoding.X962, form)


def _random() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def _text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()
