"""Hash passwords with Argon2id, as Django keeps them: OWASP's parameters, one at a time.

Each takes 7 MiB and about 17 ms of a processor, so a process, of which a pool has one for each
processor, computes one after the other: whoever floods the sign-in waits in line and leaves the
rest of the platform alone, and no hash pushes another's memory away from the processor.
Source: OWASP Password Storage Cheat Sheet, Argon2id m = 7 MiB, t = 5, p = 1, which it holds as
good as 19 MiB in 2 passes; docs/decisions/0012-hashing-of-our-own.md has what each costs.
"""

import threading
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher
from nacl.exceptions import InvalidkeyError
from nacl.pwhash import argon2id

MEMORY_KIB, PASSES, LANES = 7_168, 5, 1

_one_at_a_time = threading.Lock()


class Argon2id(BasePasswordHasher):
    """Write hashes in the text form of Django's own hasher of this name, by libsodium."""

    algorithm = "argon2"

    def encode(self, password: str, salt: str | bytes = b"") -> str:  # noqa: ARG002 - Django's
        """Return the hash of a password with its parameters and a fresh salt, never a given one."""
        with _one_at_a_time:
            hashed = argon2id.str(password.encode(), opslimit=PASSES, memlimit=MEMORY_KIB * 1024)
        return f"{self.algorithm}{hashed.decode()}"

    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether the hash is of this password, whatever its parameters."""
        hashed = encoded.removeprefix(self.algorithm).encode()
        with _one_at_a_time:
            try:
                return argon2id.verify(hashed, password.encode())
            except InvalidkeyError:
                return False

    def must_update(self, encoded: str) -> bool:
        """Tell whether a hash was made with other parameters."""
        return f"$m={MEMORY_KIB},t={PASSES},p={LANES}$" not in encoded

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: every sign-in hashes once, whoever is there (`people.passwords`)."""

    def safe_summary(self, encoded: str) -> dict[str | Any, Any]:
        """Return what may be shown of a hash."""
        return {"algorithm": self.algorithm, "length": len(encoded)}
