"""Ask more than a code where an account has been idle for long: its number may be another's by now.

The second proof is the password, or name and the last six of the document's number; a second factor
or a passkey is one too. Nothing of hers is shown before. Source: docs/rules/phone-change.md.
"""

from datetime import datetime, timedelta

from django.db import transaction

from yanxiu.foundation.refusals import Refused
from yanxiu.training.people import identities, names, password_rules, refusals, tries
from yanxiu.training.people.hashing import Argon2id
from yanxiu.training.people.models import Account

# Carriers give a number to somebody else 90 days after it was returned.
# Source: 电信网码号资源管理办法; docs/rules/phone-change.md.
AFTER = timedelta(days=90)
TRIES = 5
TAIL = 6

_hasher = Argon2id()


def is_idle(account: Account, *, at: datetime) -> bool:
    """Tell whether nobody has been in the account for 90 days."""
    return at - (account.last_login or account.created_at) >= AFTER


def needs_proof(account: Account, *, at: datetime) -> bool:
    """Tell whether a code alone must not open it: idle, and somebody's by name or by password.

    An account that was never given either holds nothing about anybody, and nothing could prove it.
    """
    if not is_idle(account, at=at):
        return False
    return account.has_usable_password() or identities.current(account.person_id) is not None


def take_password(account: Account, text: str, *, at: datetime) -> None:
    """Take her password as the second proof; raises `WrongProof` or `TooManyProofs`."""
    plain = password_rules.normalise(text[: password_rules.MOST + 1])
    is_right = account.has_usable_password() and _hasher.verify(plain, account.password)
    _settle(account, is_right=is_right, at=at)


def take_identity(account: Account, *, name: str, tail: str, at: datetime) -> None:
    """Take name and the number's last six as the second proof; raises as `take_password` does."""
    _settle(account, is_right=_fits(account, name, tail), at=at)


def is_closed(account: Account, *, at: datetime) -> bool:
    """Tell whether all tries of the day are used up."""
    return tries.count(_key(account), at=at) >= TRIES


def _fits(account: Account, name: str, tail: str) -> bool:
    identity = identities.current(account.person_id)
    if identity is None or len(tail) != TAIL:
        return False
    number = identities.number(identity)
    return names.normalise(name) == identity.name and number[-TAIL:] == tail.upper()


def _settle(account: Account, *, is_right: bool, at: datetime) -> None:
    with transaction.atomic():
        refused = _counted(account, is_right=is_right, at=at)
    if refused:
        raise refused


def _counted(account: Account, *, is_right: bool, at: datetime) -> Refused | None:
    """Count a wrong try; once five were wrong a right one opens nothing either."""
    key = _key(account)
    tries.begin(key)
    wrong = tries.count(key, at=at)
    if wrong >= TRIES:
        return refusals.TooManyProofs()
    if is_right:
        tries.forget(key)
        return None
    tries.add(key, at=at)
    left = TRIES - wrong - 1
    return refusals.WrongProof(left=left) if left else refusals.TooManyProofs()


def _key(account: Account) -> str:
    return f"account:{account.pk}"
