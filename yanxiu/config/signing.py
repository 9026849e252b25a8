"""Show who signs certificates, and let another one sign: for whoever holds the database."""

import sys
from pathlib import Path

from yanxiu.foundation import clock
from yanxiu.foundation.refusals import Refused
from yanxiu.training.certificates import signers


def change(*, renew: bool, take: Path | None) -> str:
    """Change who signs where that is asked for; return who signs now, in a few lines."""
    try:
        if renew:
            signers.renew(at=clock.now())
        elif take:
            signers.take(take.read_bytes(), at=clock.now())
    except (Refused, OSError) as error:
        sys.exit(f"yanxiu: {error.message if isinstance(error, Refused) else error}")
    return _described()


def _described() -> str:
    signer = signers.current()
    own, *_others, root = (*signers.chain(signer), signers.chain(signer)[-1])
    lines = {
        "signer": own.subject.rfc4514_string(),
        "root": root.subject.rfc4514_string(),
        "until": f"{own.not_valid_after_utc:%Y-%m-%d}",
        "SHA-256": signer.fingerprint,
    }
    return "\n".join(f"{name:8} {value}" for name, value in lines.items())
