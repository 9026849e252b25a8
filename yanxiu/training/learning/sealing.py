"""Seal a lease so that a beat needs to look nothing up, and open it again.

The token is AES-256-GCM over MessagePack: whoever presents it credits its owner only, and nobody
but us can make or change one.
"""

import binascii

import msgspec

from yanxiu.foundation import ciphers
from yanxiu.training.learning import allowance

# After a week the player asks for a new lease under which it offers what is left.
LIFE_MS = 7 * 24 * 3_600_000

_PURPOSE = "lease"


class Unknown(Exception):
    """Tell that a token is not a lease of ours."""


class Lease(allowance.Terms, frozen=True, kw_only=True, array_like=True, gc=False):
    """Hold who may report which lesson from which player, under which terms.

    `person` and `lesson` are the 16 bytes of their ids; `issued_at_ms` is the database's clock;
    `identity_version` is as whom she watches, None without a name and in leases sealed before;
    `asks` tells that the rulebook wants questions, so that nothing counts where no gate is known.
    """

    person: bytes
    lesson: bytes
    player: str
    media_version: int
    duration_ms: int
    issued_at_ms: int
    identity_version: int | None = None
    asks: bool = False

    def is_over(self, now_ms: int) -> bool:
        """Tell whether the lease has outlived its week."""
        return now_ms - self.issued_at_ms > LIFE_MS


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Lease)


def seal(lease: Lease) -> str:
    """Return the lease as a token: base64, for JSON."""
    return text(ciphers.seal(_encoder.encode(lease), purpose=_PURPOSE))


def text(sealed: bytes) -> str:
    """Return sealed bytes as the characters of a token."""
    return binascii.b2a_base64(sealed, newline=False).decode()


def unseal(token: str) -> Lease:
    """Return the lease in a token; raise `Unknown` for whatever we did not seal."""
    try:
        sealed = binascii.a2b_base64(token, strict_mode=True)
        return _decoder.decode(ciphers.unseal(sealed, purpose=_PURPOSE))
    except (ciphers.Broken, ValueError) as error:
        raise Unknown from error
