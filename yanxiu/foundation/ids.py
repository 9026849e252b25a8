"""Make identifiers that tell nothing and sort by the time they were made."""

import secrets
import uuid

from yanxiu.foundation import clock


def uuid7() -> uuid.UUID:
    """Return a version 7 UUID: 48 bits of Unix milliseconds, the rest random (RFC 9562)."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def token() -> str:
    """Return 128 random bits as 22 characters that may stand in an address."""
    return secrets.token_urlsafe(16)
