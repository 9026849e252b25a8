"""Seal what must not be read and fingerprint what must be compared, with keys made for a purpose.

AES-256-GCM and HMAC-SHA256; every key is derived from the installation's secret by HKDF-SHA256.
"""

import hmac
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yanxiu.foundation import environment

NONCE_BYTES, KEY_BYTES = 12, 32
VERSION = b"\x01"


class Broken(Exception):
    """Tell that a sealed value was not made by us, or not for this purpose."""


def seal(plain: bytes, *, purpose: str) -> bytes:
    """Return `plain` encrypted and authenticated: a version byte, a nonce, the ciphertext."""
    return _closed(_box(purpose), plain)


def unseal(sealed: bytes | memoryview, *, purpose: str) -> bytes:
    """Return what was sealed; raise `Broken` for anything else."""
    return _opened(_box(purpose), bytes(sealed))


def fresh_key() -> bytes:
    """Return a key of its own for one thing: once it is deleted, nobody opens that thing again."""
    return secrets.token_bytes(KEY_BYTES)


def seal_under(key: bytes, plain: bytes) -> bytes:
    """Return `plain` as `seal` does, under a key that lies elsewhere."""
    return _closed(AESGCM(key), plain)


def unseal_under(key: bytes, sealed: bytes | memoryview) -> bytes:
    """Return what `seal_under` has closed; raise `Broken` for anything else."""
    return _opened(AESGCM(key), bytes(sealed))


def fingerprint(text: str, *, purpose: str) -> bytes:
    """Return 32 bytes that are equal for equal texts and tell nothing without the key."""
    return hmac.digest(_key(f"fingerprint:{purpose}"), text.encode(), "sha256")


def _closed(box: AESGCM, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + box.encrypt(nonce, plain, VERSION)


def _opened(box: AESGCM, sealed: bytes) -> bytes:
    if sealed[:1] != VERSION:
        raise Broken
    nonce, body = sealed[1 : NONCE_BYTES + 1], sealed[NONCE_BYTES + 1 :]
    try:
        return box.decrypt(nonce, body, VERSION)
    except (InvalidTag, ValueError) as error:
        raise Broken from error


@cache
def _box(purpose: str) -> AESGCM:
    return AESGCM(_key(f"seal:{purpose}"))


@cache
def _key(use: str) -> bytes:
    derivation = HKDF(
        algorithm=hashes.SHA256(), length=KEY_BYTES, salt=b"yanxiu", info=use.encode()
    )
    return derivation.derive(environment.secret())
