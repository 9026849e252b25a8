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

NONCE_BYTES = 12
VERSION = b"\x01"


class Broken(Exception):
    """Tell that a sealed value was not made by us, or not for this purpose."""


def seal(plain: bytes, *, purpose: str) -> bytes:
    """Return `plain` encrypted and authenticated: a version byte, a nonce, the ciphertext."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + _box(purpose).encrypt(nonce, plain, VERSION)


def unseal(sealed: bytes | memoryview, *, purpose: str) -> bytes:
    """Return what was sealed; raise `Broken` for anything else."""
    sealed = bytes(sealed)
    if sealed[:1] != VERSION:
        raise Broken
    nonce, body = sealed[1 : NONCE_BYTES + 1], sealed[NONCE_BYTES + 1 :]
    try:
        return _box(purpose).decrypt(nonce, body, VERSION)
    except (InvalidTag, ValueError) as error:
        raise Broken from error


def fingerprint(text: str, *, purpose: str) -> bytes:
    """Return 32 bytes that are equal for equal texts and tell nothing without the key."""
    return hmac.digest(_key(f"fingerprint:{purpose}"), text.encode(), "sha256")


@cache
def _box(purpose: str) -> AESGCM:
    return AESGCM(_key(f"seal:{purpose}"))


@cache
def _key(use: str) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"yanxiu", info=use.encode())
    return derivation.derive(environment.secret())
