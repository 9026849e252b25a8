"""Sign papers in tests: they run as pages do, and pages cannot read the key."""

from datetime import datetime

from yanxiu.training.certificates import signers, signing
from yanxiu.training.certificates.signers import Pen


def pen() -> Pen:
    """Return what signs, read as the owner of the tables."""
    return signers.pen(using=signers.OWNER)


def sign_due(*, at: datetime) -> int:
    """Print and sign what waits, as the `work` process would; return how many papers."""
    return signing.sign(pen(), at=at)
