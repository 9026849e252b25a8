"""Count wrong proofs of whose an account is, by what is tried and from where.

Source: docs/rules/phone-change.md.
"""

from datetime import datetime, timedelta

from yanxiu.foundation import ciphers
from yanxiu.training.people import turns
from yanxiu.training.people.models import ProofTry

PERIOD = timedelta(hours=24)


def begin(key: str) -> None:
    """Let tries at the same thing go one after the other until the transaction ends."""
    turns.wait(f"proof:{key}")


def count(key: str, *, at: datetime) -> int:
    """Return how many wrong tries there were within the last 24 hours."""
    return ProofTry.objects.filter(key=_marked(key), at__gt=at - PERIOD).count()


def add(*keys: str, at: datetime) -> None:
    """Note a wrong try."""
    ProofTry.objects.bulk_create(ProofTry(key=_marked(key), at=at) for key in keys)


def forget(key: str) -> None:
    """Forget the tries at something: the right proof was given."""
    ProofTry.objects.filter(key=_marked(key)).delete()


def sweep(*, at: datetime) -> int:
    """Delete the tries that no limit looks at any more."""
    return ProofTry.objects.filter(at__lte=at - PERIOD).delete()[0]


def _marked(key: str) -> bytes:
    return ciphers.fingerprint(key, purpose="proof try")
