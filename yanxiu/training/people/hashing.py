"""Hash passwords with Argon2id, as Django keeps them: OWASP's parameters, a few at a time.

Each takes 19 MiB and about 25 ms of a processor, so no more run side by side than there are
processors: whoever floods the sign-in waits in line and leaves the rest of the platform alone.
Source: OWASP Password Storage Cheat Sheet, Argon2id m = 19 MiB, t = 2, p = 1.
"""

import os
import threading
from typing import Any

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id as Derivation
from django.contrib.auth.hashers import BasePasswordHasher

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
SALT_BYTES, HASH_BYTES = 16, 32

_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)


class Argon2id(BasePasswordHasher):
    """Write hashes as Django's own hasher of this name does, without another dependency."""

    algorithm = "argon2"

    def encode(self, password: str, salt: str | bytes = b"") -> str:
        """Return the hash of a password with its parameters and a fresh salt."""
        salted = salt.encode() if isinstance(salt, str) and salt else os.urandom(SALT_BYTES)
        derivation = Derivation(
            salt=salted,
            length=HASH_BYTES,
            iterations=PASSES,
            lanes=LANES,
            memory_cost=MEMORY_KIB,
        )
        with _AT_ONCE:
            return f"{self.algorithm}{derivation.derive_phc_encoded(password.encode())}"

    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether the hash is of this password."""
        with _AT_ONCE:
            try:
                Derivation.verify_phc_encoded(
                    password.encode(), encoded.removeprefix(self.algorithm)
                )
            except InvalidKey:
                return False
        return True

    def must_update(self, encoded: str) -> bool:
        """Tell whether a hash was made with other parameters."""
        return f"$m={MEMORY_KIB},t={PASSES},p={LANES}$" not in encoded

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: every sign-in hashes once, whoever is there (`people.passwords`)."""

    def safe_summary(self, encoded: str) -> dict[str | Any, Any]:
        """Return what may be shown of a hash."""
        return {"algorithm": self.algorithm, "length": len(encoded)}
