"""Seal a file under a key of its own, and that key under ours: without its key it is nothing."""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yanxiu.foundation import ciphers

KEY_BITS = 256


@dataclass(frozen=True, slots=True)
class Envelope:
    """Hold a sealed content, and the sealed key to it."""

    content: bytes
    key: bytes


def close(plain: bytes, *, purpose: str) -> Envelope:
    """Return the content sealed under a fresh key."""
    key = AESGCM.generate_key(KEY_BITS)
    nonce = secrets.token_bytes(ciphers.NONCE_BYTES)
    content = nonce + AESGCM(key).encrypt(nonce, plain, purpose.encode())
    return Envelope(content, ciphers.seal(key, purpose=purpose))


def opened(envelope: Envelope, *, purpose: str) -> bytes:
    """Return the content; raise `ciphers.Broken` for what was not closed by us, or not for this."""
    key = ciphers.unseal(envelope.key, purpose=purpose)
    nonce, body = envelope.content[: ciphers.NONCE_BYTES], envelope.content[ciphers.NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, purpose.encode())
    except InvalidTag as error:
        raise ciphers.Broken from error
